-- Released figures as they are served. `body` is the snapshot's JSON, byte for byte as it was frozen.
CREATE TABLE releases (
    district_id uuid        NOT NULL,
    round_id    uuid        NOT NULL,
    release     int         NOT NULL CHECK (release > 0),
    snapshot_id uuid        NOT NULL UNIQUE,
    school_id   uuid        NOT NULL,
    day         date        NOT NULL,
    as_of       timestamptz NOT NULL,
    log_seq     bigint      NOT NULL,
    body        text        NOT NULL,
    frozen_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (round_id, release)
);
CREATE INDEX releases_of_school ON releases (district_id, school_id, day DESC, round_id, release DESC);
