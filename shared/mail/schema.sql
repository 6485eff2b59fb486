-- Mail that waits, was sent, or could not be. It names people by id: an address is looked up when the mail leaves,
-- so that erasing the person is enough.
CREATE TABLE mail_outbox (
    mail_id uuid PRIMARY KEY,
    district_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    about uuid NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    calendar bytea,
    method text CHECK (method IN ('REQUEST', 'CANCEL')),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'kept', 'replaced', 'dead')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts int NOT NULL DEFAULT 0,
    ended_at timestamptz,
    error text
);
CREATE INDEX mail_outbox_due ON mail_outbox (due_at) WHERE state = 'waiting';
CREATE INDEX mail_outbox_about ON mail_outbox (about, person_id) WHERE state = 'waiting';
CREATE INDEX mail_outbox_newest ON mail_outbox (district_id, created_at DESC, mail_id DESC);
