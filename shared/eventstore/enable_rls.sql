-- Binds <table> (district_id uuid not null) to the district that a transaction serves.
ALTER TABLE <table> ENABLE ROW LEVEL SECURITY;
ALTER TABLE <table> FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON <table> TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY own_district ON <table> TO rondo_reader, rondo_writer
    USING (district_id = current_district()) WITH CHECK (district_id = current_district());
GRANT SELECT ON <table> TO rondo_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON <table> TO rondo_writer;
DO $$
DECLARE
    owned text;
BEGIN
    FOR owned IN
        SELECT d.objid::regclass::text FROM pg_depend AS d JOIN pg_class AS c ON c.oid = d.objid
        WHERE d.refobjid = '<table>'::regclass AND c.relkind = 'S'
    LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO rondo_writer', owned);
    END LOOP;
END
$$;
