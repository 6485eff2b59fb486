"""What stands in people's calendars, what each was last told, and the feeds."""

from shared.migrations import enable_rls, execute_script

revision = "appointments_1"
down_revision = "mail_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE appointments (
            about uuid PRIMARY KEY,        -- the round, or the meeting
            district_id uuid NOT NULL,
            kind text NOT NULL,            -- round, or the code of a meeting's title
            school_id uuid,
            day date NOT NULL,
            starts_at timestamptz,         -- null: the whole day
            ends_at timestamptz,
            timezone text NOT NULL,
            sequence int NOT NULL,
            cancelled boolean NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX appointments_by_day ON appointments (district_id, day);
        CREATE INDEX appointments_by_school ON appointments (school_id);
        CREATE TABLE appointment_people (
            about uuid NOT NULL REFERENCES appointments,
            person_id uuid NOT NULL,
            district_id uuid NOT NULL,
            part text NOT NULL,            -- observer, facilitator, host, participant
            gone boolean NOT NULL,
            essence text NOT NULL,         -- when and where it is for this person; 'gone' when it is not
            told text,                     -- the essence that the person was last told; null: nothing
            PRIMARY KEY (about, person_id)
        );
        CREATE INDEX appointment_people_by_person ON appointment_people (person_id);
        CREATE INDEX appointment_people_untold ON appointment_people (about) WHERE told IS DISTINCT FROM essence;
        CREATE TABLE feeds (
            feed_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            owner_id uuid NOT NULL,
            kind text NOT NULL CHECK (kind IN ('personal', 'school', 'network')),
            subject_id uuid NOT NULL,
            language text NOT NULL,
            token_hash bytea NOT NULL UNIQUE,
            created_at timestamptz NOT NULL,
            revoked boolean NOT NULL DEFAULT false,
            read_at timestamptz
        );
        CREATE INDEX feeds_by_owner ON feeds (owner_id);

        -- rounds that were planned before this revision stand in feeds; nobody is told of them anew
        INSERT INTO appointments (about, district_id, kind, school_id, day, timezone, sequence, cancelled, changed_at)
        SELECT r.round_id, r.district_id, 'round', r.school_id, r.day, coalesce(d.timezone, 'UTC'), r.version - 1,
               r.status = 'cancelled', now()
        FROM rounds r LEFT JOIN districts d USING (district_id);
        INSERT INTO appointment_people (about, person_id, district_id, part, gone, essence, told)
        SELECT b.round_id, b.person_id, b.district_id,
               CASE WHEN b.person_id = r.facilitator_id THEN 'facilitator' ELSE 'observer' END,
               false, 'before', 'before'
        FROM bookings b JOIN rounds r USING (round_id);
        """
    )
    for table in ("appointments", "appointment_people", "feeds"):
        enable_rls(table)
