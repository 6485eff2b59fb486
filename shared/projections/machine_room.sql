-- What operators see and steer. Not for requests of a district: nothing here is granted to readers.
alter table projections.checkpoints add column if not exists gaps bigint not null default 0;
alter table projections.checkpoints add column if not exists refilled bigint not null default 0;
alter table projections.checkpoints add column if not exists last_gap_at timestamptz;
-- Entries that could not be applied to the tables of `schema`, which are complete but for them.
create table if not exists projections.set_aside (
    schema text not null references projections.builds on delete cascade,
    source text not null,
    log_seq bigint not null,
    event_id uuid not null,
    type text not null,
    district_id uuid not null,
    error text not null,
    put_aside_at timestamptz not null default clock_timestamp(),
    primary key (schema, source, log_seq)
);
-- Builds that were asked for. Whoever wins the election works on them; the row tells how far it is and is told
-- to pause, to go slower or to stop.
create table if not exists projections.rebuilds (
    rebuild_id uuid primary key,
    name text not null,
    kind text not null check (kind in ('rebuild', 'rollback')),
    state text not null default 'running' check (state in ('running', 'paused', 'cancelled', 'live', 'failed')),
    events_per_second int check (events_per_second > 0),
    schema text,
    applied bigint not null default 0,
    total bigint,
    error text,
    asked_by uuid,
    asked_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp()
);
create unique index if not exists one_rebuild_at_a_time on projections.rebuilds (name)
    where state in ('running', 'paused');
create index if not exists rebuilds_by_age on projections.rebuilds (name, asked_at desc);
