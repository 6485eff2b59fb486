-- As published_columns.sql, of what is folded from columns alone: without ids, streams and trails.
string_agg(int8send(p.log_seq), '') as log_seqs,
string_agg(uuid_send(p.district_id), '') as districts,
string_agg(timestamptz_send(p.recorded_at), '') as times,
array_agg(p.type) as types,
array_agg(p.schema_version) as schema_versions,
string_agg(:body, E'\n') as bodies
