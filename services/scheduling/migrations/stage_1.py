"""What planning reads: terms, marked days, bells, classrooms, hosts, observers, networks, travel, pairs. All of it
can be made anew from the streams; what was there before this revision is."""

from shared.migrations import enable_rls, execute_script

revision = "stage_1"
down_revision = "planned_rounds_1"
branch_labels = None
depends_on = None

_TABLES = (
    "terms",
    "marked_days",
    "bell_schedules",
    "school_stage",
    "cover_limits",
    "disliked_days",
    "classrooms",
    "observers",
    "certifications",
    "unavailable",
    "networks",
    "network_members",
    "network_schools",
    "travel_minutes",
    "pairs",
)


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE terms (
            term_id uuid PRIMARY KEY, district_id uuid NOT NULL,
            name text NOT NULL, starts_on date NOT NULL, ends_on date NOT NULL
        );
        CREATE TABLE marked_days (
            district_id uuid NOT NULL, school_id uuid, day date NOT NULL, kind text NOT NULL, title text NOT NULL,
            UNIQUE NULLS NOT DISTINCT (district_id, school_id, day)
        );
        CREATE TABLE bell_schedules (
            schedule_id uuid PRIMARY KEY, district_id uuid NOT NULL, school_id uuid NOT NULL,
            name text NOT NULL, day_type text NOT NULL,
            periods jsonb NOT NULL -- [{name, starts "08:05:00", ends, kind}] in order
        );
        CREATE INDEX bell_schedules_by_school ON bell_schedules (school_id);
        CREATE TABLE school_stage (
            school_id uuid PRIMARY KEY, district_id uuid NOT NULL,
            region text, cover_per_day int, cycle text[] NOT NULL DEFAULT '{}', cycle_from date
        );
        CREATE TABLE cover_limits (
            school_id uuid NOT NULL, day date NOT NULL, district_id uuid NOT NULL, people int NOT NULL,
            PRIMARY KEY (school_id, day)
        );
        CREATE TABLE disliked_days (
            school_id uuid NOT NULL, day date NOT NULL, district_id uuid NOT NULL, steps int NOT NULL,
            PRIMARY KEY (school_id, day)
        );
        CREATE TABLE classrooms (
            classroom_id uuid PRIMARY KEY, district_id uuid NOT NULL, school_id uuid NOT NULL,
            room text NOT NULL, grade_band text NOT NULL, subject text NOT NULL,
            wing text, free_periods text[] NOT NULL, teacher_id uuid
        );
        CREATE INDEX classrooms_by_school ON classrooms (school_id);
        CREATE TABLE observers (
            person_id uuid PRIMARY KEY, district_id uuid NOT NULL, role text NOT NULL, home_school_id uuid,
            observes boolean NOT NULL, facilitates boolean NOT NULL, max_month int, max_term int
        );
        CREATE TABLE certifications (
            person_id uuid NOT NULL, protocol text NOT NULL, district_id uuid NOT NULL,
            valid_from date, valid_until date,
            PRIMARY KEY (person_id, protocol)
        );
        CREATE TABLE unavailable (
            person_id uuid NOT NULL, district_id uuid NOT NULL,
            starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, source text NOT NULL,
            PRIMARY KEY (person_id, source, starts_at)
        );
        CREATE INDEX unavailable_by_time ON unavailable (district_id, starts_at, ends_at);
        CREATE TABLE networks (network_id uuid PRIMARY KEY, district_id uuid NOT NULL, name text NOT NULL);
        CREATE TABLE network_members (
            network_id uuid NOT NULL, person_id uuid NOT NULL, district_id uuid NOT NULL,
            PRIMARY KEY (network_id, person_id)
        );
        CREATE TABLE network_schools (
            network_id uuid NOT NULL, school_id uuid NOT NULL, district_id uuid NOT NULL,
            PRIMARY KEY (network_id, school_id)
        );
        CREATE TABLE travel_minutes (
            from_school uuid NOT NULL, to_school uuid NOT NULL, district_id uuid NOT NULL, minutes int NOT NULL,
            PRIMARY KEY (from_school, to_school)
        );
        CREATE TABLE pairs (
            pair_id uuid PRIMARY KEY, district_id uuid NOT NULL,
            person_a uuid NOT NULL, person_b uuid NOT NULL, kind text NOT NULL CHECK (kind IN ('together', 'apart'))
        );

        INSERT INTO marked_days (district_id, school_id, day, kind, title)
        SELECT district_id, NULL, (data ->> 'day')::date, data ->> 'kind', data ->> 'title'
        FROM (
            SELECT DISTINCT ON (stream, data ->> 'day') district_id, type, data FROM events
            WHERE type IN ('DayMarked', 'DayCleared') ORDER BY stream, data ->> 'day', version DESC
        ) AS newest
        WHERE type = 'DayMarked';

        INSERT INTO classrooms (
            classroom_id, district_id, school_id, room, grade_band, subject, wing, free_periods, teacher_id
        )
        SELECT (data ->> 'classroom_id')::uuid, district_id, (data ->> 'school_id')::uuid, data ->> 'room',
               data ->> 'grade_band', data ->> 'subject', NULL, '{}', (data ->> 'teacher_id')::uuid
        FROM (
            SELECT DISTINCT ON (data ->> 'classroom_id') district_id, type, data FROM events
            WHERE type IN ('ClassroomListed', 'ClassroomDelisted') ORDER BY data ->> 'classroom_id', version DESC
        ) AS newest
        WHERE type = 'ClassroomListed';
        """
    )
    for table in _TABLES:
        enable_rls(table)
