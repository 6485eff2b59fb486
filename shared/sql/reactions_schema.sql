-- How far this service has reacted to each other service's log, and what it had to put aside.
create table if not exists reaction_checkpoints (
    source text primary key,
    log_seq bigint not null default 0,
    -- Failed tries of the first event behind log_seq.
    failing bigint,
    attempts int not null default 0
);
-- What came to react with a later version of the product, and has been told of what the log held before it.
create table if not exists reactions_told (
    source text not null,
    name text not null,
    primary key (source, name)
);
create table if not exists dead_letters (
    source text not null,
    log_seq bigint not null,
    event_id uuid not null,
    type text not null,
    error text not null,
    put_aside_at timestamptz not null default clock_timestamp(),
    primary key (source, log_seq)
);
