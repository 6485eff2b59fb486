-- The events `p`, in their order, as one row of columns: fixed-width ones as one string of bytes, bodies as lines (a
-- jsonb's text holds no line break; one string of them costs a third of an array) of the fields that are read
-- (shared/stored_words.py).
string_agg(int8send(p.log_seq), '') as log_seqs,
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
string_agg(:body, E'\n') as bodies
