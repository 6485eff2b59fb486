-- The events of the streams $1, each stream in its order.
SELECT e.event_id, e.stream, e.version, e.type, e.schema_version, e.data::text AS data, e.recorded_at
FROM events AS e
WHERE e.stream = ANY ($1::text[])
ORDER BY e.stream, e.version
