-- The published log between log_seq $1 (exclusive) and $2 (inclusive): up to $3 events in their dense order, as columns.
-- Nothing but the bodies is looked at on their way to a reader.
-- With the types $4 (NULL: all) only events of these are given.
select :columns
from (
    select l.log_seq, e.event_id, e.stream, e.version, e.type, e.schema_version, e.district_id, e.data, e.meta,
           e.recorded_at
    from event_log as l
    join events as e on e.position = l.position
    where l.log_seq > $1 and l.log_seq <= $2 and ($4::text[] is null or e.type = any($4::text[]))
    order by l.log_seq
    limit $3
) as p
