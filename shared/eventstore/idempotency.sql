-- Answers already given, by the client's own key, to be given again. Rows older than a day may go.
CREATE TABLE idempotent_answers (
    district_id  uuid        NOT NULL,
    actor_id     uuid        NOT NULL,
    key          uuid        NOT NULL,
    request_hash bytea       NOT NULL,
    status       int,                  -- NULL: the first request is under way, or died on its way
    headers      jsonb       NOT NULL DEFAULT '{}',
    body         bytea       NOT NULL DEFAULT '',
    begun_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (district_id, actor_id, key)
);
CREATE INDEX idempotent_answers_age ON idempotent_answers (begun_at);
