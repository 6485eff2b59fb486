-- One stream's events of one district, in order: a single round trip that row-level security binds
-- like any other reader's. The function's own setting of the district ends with it.

CREATE FUNCTION read_stream(p_stream text, p_district uuid, p_after int)
RETURNS TABLE (
    event_id uuid, version int, type text, schema_version int, data bytea, meta bytea, recorded_at timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET rondo.district_id = ''
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('rondo.district_id', p_district::text, true);
    RETURN QUERY
    SELECT e.event_id, e.version, e.type, e.schema_version,
           convert_to(e.data::text, 'UTF8'), convert_to(e.meta::text, 'UTF8'), e.recorded_at
    FROM events AS e
    WHERE e.stream = p_stream AND e.version > p_after
    ORDER BY e.version;
END
$$;

REVOKE ALL ON FUNCTION read_stream FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO rondo_reader;
ALTER FUNCTION read_stream OWNER TO rondo_reader;
REVOKE CREATE ON SCHEMA public FROM rondo_reader;
DO $$
DECLARE
    me text := current_user;
BEGIN
    SET LOCAL ROLE rondo_reader;
    EXECUTE format('GRANT EXECUTE ON FUNCTION read_stream TO rondo_writer, %I', me);
    RESET ROLE;
END
$$;
