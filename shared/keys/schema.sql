-- One key per subject of sealed text, wrapped by the master key. This database has a backup of its own,
-- kept for a short time: a key that is destroyed here must not live on in an archive.
CREATE TABLE subject_keys (
    district_id  uuid        NOT NULL,
    subject      text        NOT NULL,
    wrapped      bytea,                 -- NULL: destroyed; the row stays as tombstone
    master_id    text        NOT NULL,  -- which master key wrapped it
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    forgotten_at timestamptz,
    PRIMARY KEY (district_id, subject),
    CHECK ((wrapped IS NULL) = (forgotten_at IS NOT NULL))
);

CREATE FUNCTION refuse_to_revive() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the subject was forgotten: its tombstone stays' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER tombstones_stay BEFORE UPDATE OR DELETE ON subject_keys
    FOR EACH ROW WHEN (old.forgotten_at IS NOT NULL) EXECUTE FUNCTION refuse_to_revive();
