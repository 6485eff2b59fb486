-- The roles that requests step down to, and the district that they serve. Run first in every database.

-- Roles belong to the whole server: services that start at once race to make them.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['rondo_reader', 'rondo_writer', 'rondo_appender'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- another database's migration made it in the same moment
        END;
        FOR attempt IN 1..20 LOOP
            BEGIN
                IF NOT pg_has_role(current_user, wanted, 'SET') THEN
                    EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE, SET TRUE', wanted);
                END IF;
                EXIT;
            EXCEPTION WHEN unique_violation OR internal_error THEN
                PERFORM pg_sleep(0.01); -- "tuple concurrently updated": the same race
            END;
        END LOOP;
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public TO rondo_reader, rondo_writer, rondo_appender;

-- The district that the running transaction serves; NULL (which matches no row) when none is set.
CREATE FUNCTION current_district() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('rondo.district_id', true), '')::uuid;
