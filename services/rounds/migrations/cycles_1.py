"""Cycles and their people; districts' own protocols; erasures that are under way."""

from shared.migrations import enable_rls, execute_script

revision = "cycles_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE cycles (
            cycle_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            protocol text NOT NULL,
            protocol_version int NOT NULL,
            model text NOT NULL,
            school_id uuid,
            stage text,
            turn int NOT NULL DEFAULT 1,
            standing text NOT NULL DEFAULT 'gathering'
        );
        CREATE INDEX cycles_of_district ON cycles (district_id, model);
        CREATE TABLE cycle_people (
            cycle_id uuid NOT NULL REFERENCES cycles,
            person_id uuid NOT NULL,
            district_id uuid NOT NULL,
            role text NOT NULL,
            standing text NOT NULL,
            PRIMARY KEY (cycle_id, person_id)
        );
        CREATE INDEX cycles_of_person ON cycle_people (person_id, standing);
        CREATE TABLE cycle_shown (
            artefact_id uuid NOT NULL,
            person_id uuid NOT NULL,
            cycle_id uuid NOT NULL REFERENCES cycles,
            district_id uuid NOT NULL,
            PRIMARY KEY (person_id, artefact_id)
        );
        CREATE TABLE cycle_reports (
            artefact_id uuid PRIMARY KEY,
            cycle_id uuid NOT NULL REFERENCES cycles,
            district_id uuid NOT NULL
        );
        CREATE TABLE cycle_erasures (
            subject text PRIMARY KEY,
            district_id uuid NOT NULL
        );
        CREATE TABLE partner_profiles (
            person_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            school_id uuid,
            profile jsonb NOT NULL,
            listed_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE district_protocols (
            district_id uuid NOT NULL,
            key text NOT NULL,
            version int NOT NULL,
            text text NOT NULL,
            PRIMARY KEY (district_id, key, version)
        );
        """
    )
    for table in (
        "cycles",
        "cycle_people",
        "cycle_shown",
        "cycle_reports",
        "cycle_erasures",
        "partner_profiles",
        "district_protocols",
    ):
        enable_rls(table)
