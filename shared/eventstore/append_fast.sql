-- The common case, in half the time of append_events: what fits is stored, and nothing is said of the rest,
-- which is then sent to append_events to be judged. For the group commit alone: it serves every district,
-- and checks each event's against its stream's.

-- One append of one event. The stream's version after it; NULL: nothing is stored.
CREATE FUNCTION append_one(
    p_stream text, p_expected int, p_district uuid, p_meta text,
    p_id uuid, p_type text, p_schema_version int, p_data text
) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off
AS $$
DECLARE
    stored int;
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(p_stream, 0));
    IF p_expected = 0 THEN
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        VALUES (p_id, p_stream, 1, p_type, p_schema_version, p_district, p_data::jsonb, p_meta::jsonb)
        ON CONFLICT DO NOTHING
        RETURNING version INTO stored;
    ELSE
        INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
        SELECT p_id, p_stream, coalesce(h.version, 0) + 1, p_type, p_schema_version, p_district,
               p_data::jsonb, p_meta::jsonb
        FROM (VALUES (1)) AS once (n)
        LEFT JOIN LATERAL (
            SELECT e.version, e.district_id FROM events AS e
            WHERE e.stream = p_stream ORDER BY e.version DESC LIMIT 1
        ) AS h ON true
        WHERE p_expected IN (-1, h.version) AND coalesce(h.district_id = p_district, true)
        ON CONFLICT DO NOTHING
        RETURNING version INTO stored;
    END IF;
    RETURN stored;
END
$$;

-- Many appends, as append_events takes them, but `p_nth` tells which event of its append each is (1 ...).
-- Answers the events that were stored. Fails (unique_violation) when a fitting event's id is stored already.
CREATE FUNCTION append_many(
    p_nth int[], p_streams text[], p_expected int[], p_districts uuid[], p_metas text[],
    p_ids uuid[], p_types text[], p_schema_versions int[], p_data text[]
) RETURNS TABLE (stream text, version int)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM public.lock_streams(p_streams);
    RETURN QUERY
    INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
    SELECT g.event_id, g.stream, coalesce(h.version, 0) + g.nth, g.type, g.schema_version, g.district_id,
           g.data::jsonb, g.meta::jsonb
    FROM unnest(p_nth, p_streams, p_expected, p_districts, p_metas, p_ids, p_types, p_schema_versions, p_data)
        WITH ORDINALITY AS g (nth, stream, expected, district_id, meta, event_id, type, schema_version, data, i)
    LEFT JOIN LATERAL (
        SELECT e.version, e.district_id FROM events AS e
        WHERE e.stream = g.stream ORDER BY e.version DESC LIMIT 1
    ) AS h ON true
    WHERE g.expected IN (-1, coalesce(h.version, 0)) AND coalesce(h.district_id = g.district_id, true)
    ORDER BY g.i
    RETURNING events.stream, events.version;
END
$$;
