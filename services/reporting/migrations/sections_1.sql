-- Figures by grade band and subject as they are served. `body` is the section's JSON as it was frozen.
CREATE TABLE sections (
    district_id uuid        NOT NULL,
    section_id  uuid        PRIMARY KEY,
    since       date        NOT NULL,
    until       date        NOT NULL CHECK (until >= since),
    release     int         NOT NULL CHECK (release > 0),
    as_of       timestamptz NOT NULL,
    body        text        NOT NULL,
    UNIQUE (district_id, since, until, release)
);
CREATE INDEX sections_of_district ON sections (district_id, since DESC, release DESC);
