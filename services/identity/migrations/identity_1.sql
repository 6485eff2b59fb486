-- Districts and accounts as requests need them; they change with the event, in one transaction.
CREATE TABLE districts (
    district_id    uuid PRIMARY KEY,
    name           text NOT NULL,
    timezone       text NOT NULL,
    slot_minutes   int  NOT NULL,
    min_visits     int  NOT NULL,
    min_classrooms int  NOT NULL,
    min_observers  int  NOT NULL,
    version        int  NOT NULL
);

-- Who a person is: the one place that knows, so that it can be forgotten.
CREATE TABLE accounts (
    person_id     uuid PRIMARY KEY,
    district_id   uuid NOT NULL REFERENCES districts,
    email         text,
    email_key     text,
    name          text,
    password_hash text,
    active        boolean NOT NULL,
    version       int  NOT NULL,
    UNIQUE (district_id, email_key)
);
CREATE INDEX accounts_by_email ON accounts (email_key);

CREATE TABLE grants (
    person_id   uuid NOT NULL REFERENCES accounts,
    district_id uuid NOT NULL,
    role        text NOT NULL,
    school_id   uuid,
    UNIQUE NULLS NOT DISTINCT (person_id, role, school_id)
);

-- A sign-in on one device; its refresh tokens are one family.
CREATE TABLE sessions (
    session_id  uuid PRIMARY KEY,
    district_id uuid NOT NULL,
    person_id   uuid NOT NULL REFERENCES accounts,
    method      text NOT NULL,
    started_at  timestamptz NOT NULL,
    used_at     timestamptz NOT NULL,
    ended_at    timestamptz,
    ended_why   text
);
CREATE INDEX sessions_of_person ON sessions (person_id) WHERE ended_at IS NULL;

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

CREATE TABLE password_links (
    token_hash  bytea PRIMARY KEY,
    district_id uuid NOT NULL,
    person_id   uuid NOT NULL REFERENCES accounts,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX password_links_of_person ON password_links (person_id);

-- Which subject of a district's own sign-in an account belongs to: an e-mail address may pass on to
-- another person, the provider's subject does not.
CREATE TABLE oidc_subjects (
    provider    text NOT NULL,
    subject     text NOT NULL,
    district_id uuid NOT NULL,
    person_id   uuid NOT NULL REFERENCES accounts,
    PRIMARY KEY (provider, subject),
    UNIQUE (provider, person_id)
);

-- Private halves are sealed; the key to the seal is not in this database.
CREATE TABLE signing_keys (
    kid        text PRIMARY KEY,
    public_jwk text  NOT NULL,
    sealed_jwk bytea NOT NULL,
    made_at    timestamptz NOT NULL
);

CREATE TABLE security_log (
    entry_id    uuid PRIMARY KEY,
    district_id uuid NOT NULL,
    at          timestamptz NOT NULL,
    kind        text NOT NULL,
    person_id   uuid,
    actor_id    uuid,
    session_id  uuid,
    address     text,
    detail      jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX security_log_of_district ON security_log (district_id, entry_id DESC);
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON security_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history();

-- Counters of a few minutes: after a crash they may be gone.
CREATE UNLOGGED TABLE rate_limits (
    key     text PRIMARY KEY,
    hits    int  NOT NULL,
    ends_at timestamptz NOT NULL
);
