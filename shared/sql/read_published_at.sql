-- The entries $1 of the published log, in its order.
select l.log_seq, e.event_id, e.stream, e.version, e.type, e.schema_version, e.district_id,
       convert_to(e.data::text, 'UTF8') as data, convert_to(e.meta::text, 'UTF8') as meta, e.recorded_at
from event_log as l
join events as e on e.position = l.position
where l.log_seq = any($1::bigint[])
order by l.log_seq
