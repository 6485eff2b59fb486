-- The log after a cursor ($1 xid, $2 position): up to $3 events, in the order that is final.
--
-- Danger: position alone is not an order of commits. An event is final once every transaction that
-- might still put one before it has ended; that is `xid < pg_snapshot_xmin(...)`, and it holds for the
-- pair (xid, position) only. A cursor of position alone skips events behind this very fence.
SELECT e.xid::text::bigint AS xid, e.position, e.event_id, e.stream, e.version, e.type, e.schema_version,
       e.district_id, convert_to(e.data::text, 'UTF8') AS data, convert_to(e.meta::text, 'UTF8') AS meta,
       e.recorded_at
FROM events AS e
WHERE (e.xid, e.position) > ($1::text::xid8, $2::bigint)
  AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.xid, e.position
LIMIT $3
