-- Stores many appends in one go: all events of an append or none, and each append judged for itself.
--
-- One array element per event, in order: the number of its append (1 ...), the append's stream, expected
-- version (-1: any), district and meta, the event's id, type, schema version and data. Two appends never
-- have the same stream. Answers one row per append, in order:
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
    p_append int[], p_streams text[], p_expected int[], p_districts uuid[], p_metas text[],
    p_ids uuid[], p_types text[], p_schema_versions int[], p_data text[]
) RETURNS TABLE (outcome text, version int)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
-- The plan is cached and must not remember that the table was small once.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
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
    IF served <> ALL (p_districts) THEN
        RAISE EXCEPTION 'an event of another district than the transaction serves'
            USING ERRCODE = 'insufficient_privilege';
    END IF;

    PERFORM public.lock_streams(p_streams);

    -- A statement of its own: its snapshot is younger than the locks.
    RETURN QUERY
    WITH given AS MATERIALIZED (
        SELECT g.n, g.i, g.stream, g.expected, g.district_id, g.meta, g.event_id, g.type, g.schema_version, g.data,
               h.version AS head, h.district_id AS owner, d.version AS held, d.same
        FROM unnest(p_append, p_streams, p_expected, p_districts, p_metas, p_ids, p_types, p_schema_versions, p_data)
            WITH ORDINALITY AS g (n, stream, expected, district_id, meta, event_id, type, schema_version, data, i)
        LEFT JOIN LATERAL (
            SELECT e.version, e.district_id FROM events AS e
            WHERE e.stream = g.stream ORDER BY e.version DESC LIMIT 1
        ) AS h ON true
        LEFT JOIN LATERAL (
            SELECT e.version, e.stream = g.stream AND e.type = g.type AND e.data = g.data::jsonb AS same
            FROM events AS e WHERE e.event_id = g.event_id
        ) AS d ON true
    ), judged AS MATERIALIZED (
        SELECT g.*, coalesce(g.head, 0) AS at,
               row_number() OVER within AS nth,
               count(*) OVER whole AS events,
               max(g.held) OVER whole AS newest,
               CASE
                   WHEN g.owner <> g.district_id THEN 'foreign'
                   WHEN count(g.held) OVER whole > 0 THEN
                       CASE WHEN bool_and(coalesce(g.same, false)) OVER whole THEN 'duplicate' ELSE 'reused' END
                   WHEN g.expected NOT IN (-1, coalesce(g.head, 0)) THEN 'conflict'
                   ELSE 'stored'
               END AS outcome
        FROM given AS g
        WINDOW within AS (PARTITION BY g.n ORDER BY g.i),
               whole AS (PARTITION BY g.n ORDER BY g.i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ), stored AS (
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT j.event_id, j.stream, j.at + j.nth, j.type, j.schema_version, j.district_id, j.data::jsonb, j.meta::jsonb
        FROM judged AS j
        WHERE j.outcome = 'stored'
        ORDER BY j.i
    )
    SELECT j.outcome, CASE j.outcome
        WHEN 'stored' THEN j.at + j.events::int
        WHEN 'duplicate' THEN j.newest
        WHEN 'foreign' THEN 0
        ELSE j.at
    END
    FROM judged AS j WHERE j.nth = 1 ORDER BY j.n;
END
$$;

