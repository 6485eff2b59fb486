-- Where projections keep account of themselves. Their own tables live in schemas named <name>_v<N>.
create schema if not exists projections;
create table if not exists projections.builds (
    schema text primary key,
    name text not null,
    version int not null,
    built_at timestamptz not null default clock_timestamp()
);
-- The log_seq of `source` through which the tables of `schema` are complete.
create table if not exists projections.checkpoints (
    schema text not null references projections.builds on delete cascade,
    source text not null,
    log_seq bigint not null default 0,
    applied_at timestamptz not null default clock_timestamp(),
    primary key (schema, source)
);
-- Which build answers queries, and which one to go back to.
create table if not exists projections.live (
    name text primary key,
    schema text not null references projections.builds,
    previous text references projections.builds,
    swapped_at timestamptz not null default clock_timestamp()
);
grant usage on schema projections to rondo_reader, rondo_writer;
grant select on all tables in schema projections to rondo_reader, rondo_writer;
