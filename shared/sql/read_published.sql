-- The published log between log_seq $1 (exclusive) and $2 (inclusive): up to $3 events in their dense order.
select l.log_seq, e.event_id, e.stream, e.version, e.type, e.schema_version, e.district_id,
       convert_to(e.data::text, 'UTF8') as data, convert_to(e.meta::text, 'UTF8') as meta, e.recorded_at
from (
    select log_seq, position from event_log where log_seq > $1 and log_seq <= $2 order by log_seq limit $3
) as l
join events as e on e.position = l.position
order by l.log_seq
