-- What stands behind each release, for the audit of what is told later: no reader is given any of it. `body`: see
-- sections/kept.py. It can be made again of the tables that the release was made of, and is where it is missing.
CREATE TABLE release_visits (
    district_id uuid   NOT NULL,
    round_id    uuid   NOT NULL,
    log_seq     bigint NOT NULL,
    body        text   NOT NULL,
    PRIMARY KEY (round_id, log_seq)
);
