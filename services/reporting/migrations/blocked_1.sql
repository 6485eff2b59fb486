-- Releases that the audit kept back, with what it found.
CREATE TABLE blocked_releases (
    district_id uuid        NOT NULL,
    round_id    uuid        NOT NULL,
    release     int         NOT NULL CHECK (release > 0),
    school_id   uuid        NOT NULL,
    day         date        NOT NULL,
    as_of       timestamptz NOT NULL,
    findings    text        NOT NULL,
    PRIMARY KEY (round_id, release)
);
CREATE INDEX blocked_releases_of_school ON blocked_releases (district_id, school_id, as_of DESC);
