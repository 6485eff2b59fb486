-- append_batch, with columns of text joined into one: an array costs its sender a check of every element, a text does
-- not, and PostgreSQL parts it as fast as it reads an array.
--
-- What is the same for all events of an append comes once: its stream, expected version (-1: any), district and meta.
-- Of each event come the number of its append (1 ...), its place in it (1 ...), id, type, schema version and data.
-- Columns that are texts are joined by the character 30, which cannot stand in JSON. One element stands for all where all
-- are the same (expected, district, type, schema version); no numbers of appends and no places: one event each.
-- Answers, in one row, the numbers of the appends that were stored, and their streams' versions before; NULLs when
-- there are none. Fails (unique_violation) when a fitting event's id is stored already.
DROP FUNCTION append_batch;

CREATE FUNCTION append_joined(
    p_streams text, p_expected int[], p_districts uuid[], p_metas text,
    p_append int[], p_nth int[], p_ids text, p_types text[], p_schema_versions int[], p_data text
) RETURNS TABLE (numbers int[], heads int[])
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
-- The plan is cached and must not remember that the table was small once.
SET enable_seqscan = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    streams text[] := string_to_array(p_streams, E'\x1e');
    expected_by_all int := CASE WHEN cardinality(p_expected) = 1 THEN p_expected[1] END;
    district_of_all uuid := CASE WHEN cardinality(p_districts) = 1 THEN p_districts[1] END;
    type_of_all text := CASE WHEN cardinality(p_types) = 1 THEN p_types[1] END;
    shape_of_all int := CASE WHEN cardinality(p_schema_versions) = 1 THEN p_schema_versions[1] END;
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RETURN; -- see append.sql: the locks would come too late
    END IF;
    PERFORM public.lock_streams(streams);
    RETURN QUERY
    WITH given AS (
        SELECT a.n::int AS n, a.stream, coalesce(a.expected, expected_by_all) AS expected,
               coalesce(a.district_id, district_of_all) AS district_id, a.meta
        FROM unnest(streams, p_expected, p_districts, string_to_array(p_metas, E'\x1e'))
            WITH ORDINALITY AS a (stream, expected, district_id, meta, n)
    ), fits AS MATERIALIZED (
        SELECT a.n, coalesce(h.version, 0) AS head, a.stream, a.district_id, a.meta::jsonb AS meta
        FROM given AS a
        LEFT JOIN LATERAL (
            SELECT e.version, e.district_id FROM events AS e
            WHERE e.stream = a.stream ORDER BY e.version DESC LIMIT 1
        ) AS h ON true
        WHERE a.expected IN (-1, coalesce(h.version, 0)) AND coalesce(h.district_id = a.district_id, true)
    ), stored AS (
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT g.event_id::uuid, f.stream, f.head + coalesce(g.nth, 1), coalesce(g.type, type_of_all),
               coalesce(g.schema_version, shape_of_all), f.district_id, g.data::jsonb, f.meta
        FROM unnest(
            p_append, p_nth, string_to_array(p_ids, E'\x1e'), p_types, p_schema_versions, string_to_array(p_data, E'\x1e')
        ) WITH ORDINALITY AS g (n, nth, event_id, type, schema_version, data, i)
        JOIN fits AS f ON f.n = coalesce(g.n, g.i::int)
        ORDER BY g.i
    )
    SELECT array_agg(f.n), array_agg(f.head) FROM fits AS f;
END
$$;

REVOKE ALL ON FUNCTION append_joined FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO rondo_appender;
ALTER FUNCTION append_joined OWNER TO rondo_appender;
REVOKE CREATE ON SCHEMA public FROM rondo_appender;
DO $$
DECLARE
    me text := current_user;
BEGIN
    SET LOCAL ROLE rondo_appender;
    EXECUTE format('GRANT EXECUTE ON FUNCTION append_joined TO %I', me);
    RESET ROLE;
END
$$;
