"""Planned rounds, their bookings, and what identity tells of districts and grants."""

from shared.migrations import enable_rls, execute_script

revision = "planned_rounds_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE districts (
            district_id uuid PRIMARY KEY,
            name text NOT NULL,
            timezone text NOT NULL,
            slot_minutes int NOT NULL
        );
        CREATE TABLE person_grants (
            district_id uuid NOT NULL,
            person_id uuid NOT NULL,
            role text NOT NULL,
            school_id uuid,
            UNIQUE NULLS NOT DISTINCT (district_id, person_id, role, school_id)
        );
        CREATE TABLE rounds (
            round_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            school_id uuid NOT NULL,
            day date NOT NULL,
            facilitator_id uuid NOT NULL,
            teams int NOT NULL,
            observers int NOT NULL,
            slots int NOT NULL,
            version int NOT NULL,
            status text NOT NULL CHECK (status IN ('scheduled', 'cancelled'))
        );
        CREATE UNIQUE INDEX rounds_host_day ON rounds (district_id, school_id, day) WHERE status = 'scheduled';
        CREATE INDEX rounds_by_day ON rounds (district_id, day, round_id);
        CREATE TABLE bookings (
            district_id uuid NOT NULL,
            day date NOT NULL,
            person_id uuid NOT NULL,
            round_id uuid NOT NULL REFERENCES rounds,
            CONSTRAINT bookings_one_place_a_day PRIMARY KEY (district_id, day, person_id)
        );
        CREATE INDEX bookings_by_round ON bookings (round_id);
        """
    )
    for table in ("districts", "person_grants", "rounds", "bookings"):
        enable_rls(table)
