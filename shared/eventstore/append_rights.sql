-- The append functions run as the role that can insert events and check, and do nothing else.
REVOKE ALL ON FUNCTION append_events, append_one, append_many FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO rondo_appender;
ALTER FUNCTION append_events OWNER TO rondo_appender;
ALTER FUNCTION append_one OWNER TO rondo_appender;
ALTER FUNCTION append_many OWNER TO rondo_appender;
REVOKE CREATE ON SCHEMA public FROM rondo_appender;
DO $$
DECLARE
    me text := current_user;
BEGIN
    SET LOCAL ROLE rondo_appender;
    EXECUTE format('GRANT EXECUTE ON FUNCTION append_events TO rondo_writer, %I', me);
    EXECUTE format('GRANT EXECUTE ON FUNCTION append_one, append_many TO %I', me);
    RESET ROLE;
END
$$;
