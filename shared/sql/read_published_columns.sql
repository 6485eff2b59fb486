-- The published log between log_seq $1 (exclusive) and $2 (inclusive): up to $3 events in their dense order, as one
-- row of columns: fixed-width ones as one string of bytes, bodies as lines (a jsonb's text holds no line break; one string
-- of them costs a third of an array). Nothing but the bodies is looked at on their way to a reader.
-- With the types $4 (NULL: all) only events of these are given.
select string_agg(int8send(p.log_seq), '') as log_seqs,
       string_agg(uuid_send(p.event_id), '') as event_ids,
       string_agg(int4send(p.version), '') as versions,
       string_agg(uuid_send(p.district_id), '') as districts,
       string_agg(timestamptz_send(p.recorded_at), '') as times,
       string_agg(uuid_send(coalesce(p.meta ->> 'correlation_id', '00000000-0000-0000-0000-000000000000')::uuid), '')
           as correlations,
       array_agg(p.stream) as streams,
       array_agg(p.meta ->> 'traceparent') as traces,
       array_agg(p.type) as types,
       array_agg(p.schema_version) as schema_versions,
       string_agg(p.data::text, E'\n') as bodies
from (
    select l.log_seq, e.event_id, e.stream, e.version, e.type, e.schema_version, e.district_id, e.data, e.meta,
           e.recorded_at
    from event_log as l
    join events as e on e.position = l.position
    where l.log_seq > $1 and l.log_seq <= $2 and ($4::text[] is null or e.type = any($4::text[]))
    order by l.log_seq
    limit $3
) as p
