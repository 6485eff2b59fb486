-- When the build last made a step: entries applied, or a wait that a person asked for. What keeps it waiting stands in
-- `error` meanwhile.
alter table projections.rebuilds add column if not exists progressed_at timestamptz not null default clock_timestamp();
