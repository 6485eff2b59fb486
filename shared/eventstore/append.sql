-- Stores many appends in one go: all events of an append or none, and each append judged for itself.
--
-- One array element per append: stream, expected version (-1: any), district, meta.
-- One per event, in order: the number of its append (1 ...), id, type, schema version, data.
-- A stream may occur once. Answers one row per append, in order:
--   stored     version after it
--   duplicate  version of its last event, stored by an earlier call
--   reused     an id is stored already, with another content
--   conflict   the stream's version, which is not the expected one
--   foreign    the stream belongs to another district (0)
--
-- Danger: the lock must come before anything that takes a transaction id. A transaction that writes,
-- then waits for the lock, has the older id and would stand in the log before the events that made it
-- wait: version 2 before version 1. A transaction that has written already is therefore refused, unless
-- it took its locks first by lock_streams.

CREATE FUNCTION lock_streams(p_streams text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Sorted, so that two processes with the same streams cannot wait for each other.
    PERFORM pg_advisory_xact_lock(k.key)
    FROM (SELECT DISTINCT hashtextextended(s.stream, 0) AS key FROM unnest(p_streams) AS s (stream) ORDER BY 1) AS k;
END
$$;

CREATE FUNCTION append_events(
    p_streams text[], p_expected int[], p_districts uuid[], p_metas text[],
    p_append int[], p_ids uuid[], p_types text[], p_schema_versions int[], p_data text[]
) RETURNS TABLE (outcome text, version int)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
-- The plan is cached and must not remember that the table was small once.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    served uuid := current_district();
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL AND EXISTS (
        SELECT FROM unnest(p_streams) AS s (stream)
        WHERE NOT EXISTS (
            SELECT FROM pg_locks AS l
            WHERE l.locktype = 'advisory' AND l.pid = pg_backend_pid() AND l.granted AND l.objsubid = 1
              AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(s.stream, 0)
        )
    ) THEN
        RAISE EXCEPTION 'the transaction wrote before it locked the stream'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'append first, or call lock_streams before any write';
    END IF;
    IF served IS NOT NULL AND EXISTS (SELECT FROM unnest(p_districts) AS d (id) WHERE d.id <> served) THEN
        RAISE EXCEPTION 'an event of another district than the transaction serves'
            USING ERRCODE = 'insufficient_privilege';
    END IF;

    IF cardinality(p_streams) = 1 THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_streams[1], 0));
    ELSE
        PERFORM public.lock_streams(p_streams);
    END IF;

    -- A statement of its own: its snapshot is younger than the locks.
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT a.n, a.stream, a.expected, a.district_id, a.meta, coalesce(h.version, 0) AS head, h.district_id AS owner
        FROM unnest(p_streams, p_expected, p_districts, p_metas)
            WITH ORDINALITY AS a (stream, expected, district_id, meta, n)
        LEFT JOIN LATERAL (
            SELECT e.version, e.district_id FROM events AS e
            WHERE e.stream = a.stream ORDER BY e.version DESC LIMIT 1
        ) AS h ON true
    ), given AS MATERIALIZED (
        SELECT g.n::bigint AS n, g.event_id, g.type, g.schema_version, g.data, g.i,
               row_number() OVER (PARTITION BY g.n ORDER BY g.i)::int AS nth
        FROM unnest(p_append, p_ids, p_types, p_schema_versions, p_data)
            WITH ORDINALITY AS g (n, event_id, type, schema_version, data, i)
    ), held AS MATERIALIZED (
        SELECT g.n, g.i, e.version, e.stream, (e.type = g.type AND e.data = g.data::jsonb) AS same
        FROM given AS g JOIN events AS e ON e.event_id = g.event_id
    ), judged AS MATERIALIZED (
        SELECT a.n, a.stream, a.district_id, a.meta, a.head, r.outcome,
               CASE r.outcome
                   WHEN 'stored' THEN a.head + (SELECT count(*)::int FROM given AS g WHERE g.n = a.n)
                   WHEN 'duplicate' THEN (SELECT max(h.version) FROM held AS h WHERE h.n = a.n)
                   WHEN 'foreign' THEN 0
                   ELSE a.head
               END AS result
        FROM asked AS a
        CROSS JOIN LATERAL (
            SELECT CASE
                WHEN a.owner <> a.district_id THEN 'foreign'
                WHEN EXISTS (SELECT FROM held AS h WHERE h.n = a.n) THEN
                    CASE WHEN (SELECT count(*) FROM given AS g WHERE g.n = a.n)
                            = (SELECT count(*) FROM held AS h WHERE h.n = a.n AND h.same AND h.stream = a.stream)
                         THEN 'duplicate' ELSE 'reused' END
                WHEN a.expected NOT IN (-1, a.head) THEN 'conflict'
                ELSE 'stored'
            END AS outcome
        ) AS r
    ), stored AS (
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT g.event_id, j.stream, j.head + g.nth, g.type, g.schema_version, j.district_id, g.data::jsonb, j.meta::jsonb
        FROM given AS g JOIN judged AS j ON j.n = g.n
        WHERE j.outcome = 'stored'
        ORDER BY g.i
    )
    SELECT j.outcome, j.result FROM judged AS j ORDER BY j.n;
END
$$;

REVOKE ALL ON FUNCTION append_events FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO rondo_appender;
ALTER FUNCTION append_events OWNER TO rondo_appender;
REVOKE CREATE ON SCHEMA public FROM rondo_appender;
DO $$
DECLARE
    me text := current_user;
BEGIN
    SET LOCAL ROLE rondo_appender;
    EXECUTE format('GRANT EXECUTE ON FUNCTION append_events TO rondo_writer, %I', me);
    RESET ROLE;
END
$$;
