"""The rounds by school, day and stage; where each slot belongs; what identity tells of districts."""

from shared.migrations import enable_rls, execute_script

revision = "rounds_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE districts (
            district_id uuid PRIMARY KEY,
            timezone text NOT NULL,
            slot_minutes int NOT NULL,
            min_visits int NOT NULL,
            min_classrooms int NOT NULL,
            min_observers int NOT NULL,
            version int NOT NULL
        );
        CREATE TABLE rounds (
            round_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            school_id uuid NOT NULL,
            day date NOT NULL,
            facilitator_id uuid,
            observer_ids uuid[] NOT NULL,
            slots int NOT NULL,
            origin text NOT NULL,
            stage text NOT NULL DEFAULT 'prepare',
            problem_written bool NOT NULL DEFAULT false,
            closed bool NOT NULL DEFAULT false,
            release int NOT NULL DEFAULT 0,
            withdrawn bool NOT NULL DEFAULT false
        );
        CREATE INDEX rounds_by_day ON rounds (district_id, day, round_id);
        CREATE TABLE round_slots (
            slot_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            round_id uuid NOT NULL REFERENCES rounds
        );
        """
    )
    for table in ("districts", "rounds", "round_slots"):
        enable_rls(table)
