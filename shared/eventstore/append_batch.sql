-- The common case of many appends at once, in a fraction of append_events' time: what fits is stored, and nothing
-- is said of the rest, which is then sent to append_events to be judged. For the group commit alone: it serves every
-- district, and checks each append's against its stream's.
--
-- What is the same for all events of an append comes once: its stream, expected version (-1: any), district and meta.
-- Of each event come the number of its append (1 ...), its place in it (1 ...), id, type, schema version and data.
-- Answers the number of each append that was stored, and its stream's version before. Fails (unique_violation) when a
-- fitting event's id is stored already.
DROP FUNCTION append_many;

CREATE FUNCTION append_batch(
    p_streams text[], p_expected int[], p_districts uuid[], p_metas text[],
    p_append int[], p_nth int[], p_ids uuid[], p_types text[], p_schema_versions int[], p_data text[]
) RETURNS TABLE (n int, head int)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
-- The plan is cached and must not remember that the table was small once.
SET enable_seqscan = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RETURN; -- see append.sql: the locks would come too late
    END IF;
    PERFORM public.lock_streams(p_streams);
    RETURN QUERY
    WITH fits AS MATERIALIZED (
        SELECT a.n::int AS n, coalesce(h.version, 0) AS head, a.stream, a.district_id, a.meta::jsonb AS meta
        FROM unnest(p_streams, p_expected, p_districts, p_metas)
            WITH ORDINALITY AS a (stream, expected, district_id, meta, n)
        LEFT JOIN LATERAL (
            SELECT e.version, e.district_id FROM events AS e
            WHERE e.stream = a.stream ORDER BY e.version DESC LIMIT 1
        ) AS h ON true
        WHERE a.expected IN (-1, coalesce(h.version, 0)) AND coalesce(h.district_id = a.district_id, true)
    ), stored AS (
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT g.event_id, f.stream, f.head + g.nth, g.type, g.schema_version, f.district_id, g.data::jsonb, f.meta
        FROM unnest(p_append, p_nth, p_ids, p_types, p_schema_versions, p_data)
            WITH ORDINALITY AS g (n, nth, event_id, type, schema_version, data, i)
        JOIN fits AS f ON f.n = g.n
        ORDER BY g.i
    )
    SELECT f.n, f.head FROM fits AS f;
END
$$;

REVOKE ALL ON FUNCTION append_batch FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO rondo_appender;
ALTER FUNCTION append_batch OWNER TO rondo_appender;
REVOKE CREATE ON SCHEMA public FROM rondo_appender;
DO $$
DECLARE
    me text := current_user;
BEGIN
    SET LOCAL ROLE rondo_appender;
    EXECUTE format('GRANT EXECUTE ON FUNCTION append_batch TO %I', me);
    RESET ROLE;
END
$$;
