-- The event store of one service: history that the database itself refuses to change.
-- Run once by the revision event_store_1; a change is a new revision, never an edit.

CREATE TABLE events (
    position       bigserial   PRIMARY KEY,
    xid            xid8        NOT NULL DEFAULT pg_current_xact_id(),
    event_id       uuid        NOT NULL UNIQUE,
    stream         text COLLATE "C" NOT NULL,
    version        int         NOT NULL CHECK (version > 0),
    type           text COLLATE "C" NOT NULL,
    schema_version int         NOT NULL DEFAULT 1,
    district_id    uuid        NOT NULL,
    data           jsonb       NOT NULL CHECK (jsonb_typeof(data) = 'object'),
    meta           jsonb       NOT NULL DEFAULT '{}',
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (stream, version)
);
-- The log is read in this order: see read_log.sql.
CREATE INDEX events_log ON events (xid, position);

-- The relay gives each published event its dense number here, once.
CREATE TABLE event_log (
    log_seq  bigint PRIMARY KEY CHECK (log_seq > 0),
    position bigint NOT NULL UNIQUE
);

CREATE FUNCTION refuse_to_change_history() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: history is only added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history();
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history();
-- ALWAYS: a session that plays replica does not slip past.
ALTER TABLE events ENABLE ALWAYS TRIGGER history_stays;
ALTER TABLE event_log ENABLE ALWAYS TRIGGER history_stays;

ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON events TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY own_district ON events FOR SELECT TO rondo_reader, rondo_writer USING (district_id = current_district());
CREATE POLICY appends ON events FOR INSERT TO rondo_appender WITH CHECK (true);
CREATE POLICY checks ON events FOR SELECT TO rondo_appender USING (true);

GRANT SELECT ON events TO rondo_reader, rondo_writer;
GRANT INSERT ON events TO rondo_appender;
GRANT SELECT (event_id, stream, version, district_id, type, data) ON events TO rondo_appender;
GRANT USAGE ON SEQUENCE events_position_seq TO rondo_appender;
