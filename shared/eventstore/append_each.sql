-- append_joined for appends of one event each, as nearly all are: nothing has to be told of which event is whose, so the
-- statement is a plain one. Arguments as append_joined takes them, the numbers of appends and the places left out.
--
-- Answers, in one row, the streams' versions after it, in their order; where not all were stored `kept` names the
-- streams that were, and the versions are theirs; NULLs when there are none. Fails (unique_violation) when a fitting
-- event's id is stored already, and where all streams should be new (expected is 0) when one is not.
--
-- How the three are planned is set by their caller's connection (PLANNING in appending.py), once and not at each call.
CREATE FUNCTION append_each(
    p_streams text, p_expected int[], p_districts uuid[], p_metas text,
    p_ids text, p_types text[], p_schema_versions int[], p_data text
) RETURNS TABLE (versions int[], kept text[])
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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
    -- As lock_streams does; no stream comes twice.
    PERFORM pg_advisory_xact_lock(k.key)
    FROM (SELECT hashtextextended(s.stream, 0) AS key FROM unnest(streams) AS s (stream) ORDER BY 1) AS k;
    IF expected_by_all = 0 THEN
        -- That a stream has a version 1 already is told by the index on them: nobody has to look.
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT g.event_id::uuid, g.stream, 1, coalesce(g.type, type_of_all), coalesce(g.schema_version, shape_of_all),
               coalesce(g.district_id, district_of_all), g.data::jsonb, g.meta::jsonb
        FROM unnest(
            streams, p_districts, string_to_array(p_metas, E'\x1e'),
            string_to_array(p_ids, E'\x1e'), p_types, p_schema_versions, string_to_array(p_data, E'\x1e')
        ) AS g (stream, district_id, meta, event_id, type, schema_version, data);
        RETURN QUERY SELECT array_fill(1, ARRAY[cardinality(streams)]), NULL::text[];
        RETURN;
    END IF;
    RETURN QUERY
    WITH stored AS (
        INSERT INTO events AS s (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT g.event_id::uuid, g.stream, coalesce(h.version, 0) + 1, coalesce(g.type, type_of_all),
               coalesce(g.schema_version, shape_of_all), coalesce(g.district_id, district_of_all),
               g.data::jsonb, g.meta::jsonb
        FROM unnest(
            streams, p_expected, p_districts, string_to_array(p_metas, E'\x1e'),
            string_to_array(p_ids, E'\x1e'), p_types, p_schema_versions, string_to_array(p_data, E'\x1e')
        ) AS g (stream, expected, district_id, meta, event_id, type, schema_version, data)
        LEFT JOIN LATERAL (
            SELECT e.version, e.district_id FROM events AS e
            WHERE e.stream = g.stream ORDER BY e.version DESC LIMIT 1
        ) AS h ON true
        WHERE coalesce(g.expected, expected_by_all) IN (-1, coalesce(h.version, 0))
          AND coalesce(h.district_id = coalesce(g.district_id, district_of_all), true)
        RETURNING s.stream, s.version
    )
    SELECT array_agg(s.version), CASE WHEN count(*) < cardinality(streams) THEN array_agg(s.stream) END
    FROM stored AS s;
END
$$;

REVOKE ALL ON FUNCTION append_each FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO rondo_appender;
ALTER FUNCTION append_each OWNER TO rondo_appender;
REVOKE CREATE ON SCHEMA public FROM rondo_appender;
DO $$
DECLARE
    me text := current_user;
BEGIN
    SET LOCAL ROLE rondo_appender;
    EXECUTE format('GRANT EXECUTE ON FUNCTION append_each TO %I', me);
    ALTER FUNCTION append_one RESET enable_seqscan;
    ALTER FUNCTION append_joined RESET enable_seqscan RESET enable_mergejoin RESET plan_cache_mode;
    RESET ROLE;
END
$$;
