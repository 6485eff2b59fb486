"""Meetings and people's busy times, school days, trainings, the weekly counts."""

from shared.migrations import enable_rls, execute_script

revision = "coaching_1"
down_revision = "cycles_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE meetings (
            meeting_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            cycle_id uuid NOT NULL,
            person_ids uuid[] NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL
        );
        CREATE INDEX meetings_of_people ON meetings USING gin (person_ids);
        CREATE TABLE busy_times (
            person_id uuid NOT NULL,
            district_id uuid NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            brought_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX busy_times_of_person ON busy_times (person_id);
        CREATE TABLE marked_days (
            district_id uuid NOT NULL,
            school_id uuid,
            day date NOT NULL,
            kind text NOT NULL
        );
        CREATE INDEX marked_days_by_day ON marked_days (district_id, day);
        CREATE TABLE trainings (
            person_id uuid NOT NULL,
            training text NOT NULL,
            district_id uuid NOT NULL,
            day date NOT NULL,
            PRIMARY KEY (person_id, training)
        );
        CREATE TABLE progress_snapshots (
            district_id uuid NOT NULL,
            week date NOT NULL,
            body jsonb NOT NULL,
            PRIMARY KEY (district_id, week)
        );
        """
    )
    for table in ("meetings", "busy_times", "marked_days", "trainings", "progress_snapshots"):
        enable_rls(table)
