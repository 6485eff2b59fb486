-- Facts keep every revision with its place in its owner's log (log_seq), when it happened and when it was
-- recorded, so that "as it was known on DATE" and "as of log_seq" are WHERE clauses. Nothing is overwritten
-- but `round` (the newest of what round_event holds) and `tally` (sums of the standing facts).

create table district (
    district_id    uuid        not null,
    log_seq        bigint      not null,
    name           text        not null,
    timezone       text        not null,
    min_visits     int         not null,
    min_classrooms int         not null,
    min_observers  int         not null,
    recorded_at    timestamptz not null,
    primary key (district_id, log_seq)
);

create table school (
    district_id uuid        not null,
    school_id   uuid        not null,
    log_seq     bigint      not null,
    listed      boolean     not null,
    name        text,
    recorded_at timestamptz not null,
    primary key (school_id, log_seq)
);
create index on school (district_id);

-- Seldom events of a round, whole.
create table round_event (
    district_id uuid        not null,
    round_id    uuid        not null,
    log_seq     bigint      not null,
    type        text        not null,
    body        jsonb       not null,
    recorded_at timestamptz not null,
    primary key (round_id, type, log_seq)
);

create table round (
    district_id        uuid    not null,
    round_id           uuid    primary key,
    school_id          uuid    not null,
    day                date,
    facilitator_id     uuid,
    instrument         text,
    instrument_version int,
    slots_planned      int     not null default 0,
    observers_planned  int     not null default 0,
    stage              text    not null default 'prepare',
    withdrawn          boolean not null default false,
    closed             boolean not null default false,
    log_seq            bigint  not null
);

-- One observer in one classroom slot, from the first thing that he or she recorded there.
create table visit (
    district_id  uuid        not null,
    round_id     uuid        not null,
    school_id    uuid        not null,
    slot_id      uuid        not null,
    observer_id  uuid        not null,
    classroom_id uuid        not null,
    grade_band   text        not null,
    subject      text        not null,
    day          date        not null,
    log_seq      bigint      not null,
    recorded_at  timestamptz not null,
    primary key (slot_id, observer_id)
);
create index on visit (round_id);

create table statement (
    district_id        uuid        not null,
    round_id           uuid        not null,
    statement_id       uuid        not null,
    log_seq            bigint      not null,
    slot_id            uuid        not null,
    observer_id        uuid        not null,
    withdrawn          boolean     not null,
    core_element       text        not null,
    focus_question_ids uuid[]      not null,
    look_for_ids       text[]      not null,
    minute             int,
    judgmental         boolean     not null,
    happened_at        timestamptz,
    recorded_at        timestamptz not null,
    primary key (round_id, log_seq)  -- no index on statement_id: its entries would lie all over it
);

create table rating (
    district_id uuid        not null,
    round_id    uuid        not null,
    slot_id     uuid        not null,
    observer_id uuid        not null,
    look_for_id text        not null,
    log_seq     bigint      not null,
    kind        text,  -- null, as the value: the answer was taken back
    value       text,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (slot_id, observer_id, look_for_id, log_seq)
);
create index on rating (round_id, log_seq);

create table submission (
    district_id uuid        not null,
    round_id    uuid        not null,
    slot_id     uuid        not null,
    observer_id uuid        not null,
    log_seq     bigint      not null,
    statements  int         not null,
    ratings     int         not null,
    recorded_at timestamptz not null,
    primary key (slot_id, observer_id, log_seq)
);
create index on submission (round_id, log_seq);

-- What stands now, summed per slot and observer: kind is core, focus, tag (statements that are evidence),
-- judgmental (statements that are not) or answer (ratings; value is the code).
create table tally (
    district_id uuid   not null,
    round_id    uuid   not null,
    slot_id     uuid   not null,
    observer_id uuid   not null,
    kind        text   not null,
    tag         text   not null,
    value       text   not null,
    n           int    not null,
    primary key (round_id, slot_id, observer_id, kind, tag, value)
);
