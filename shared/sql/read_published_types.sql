-- The published log between log_seq $1 (exclusive) and $2 (inclusive), of the types $4 only: up to $3 events.
select l.log_seq, e.event_id, e.stream, e.version, e.type, e.schema_version, e.district_id,
       convert_to(e.data::text, 'UTF8') as data, convert_to(e.meta::text, 'UTF8') as meta, e.recorded_at
from event_log as l
join events as e on e.position = l.position
where l.log_seq > $1 and l.log_seq <= $2 and e.type = any($4::text[])
order by l.log_seq
limit $3
