"""The devices that people capture with, and the names of schools, which the day on a device shows."""

from shared.migrations import enable_rls, execute_script

revision = "capture_1"
down_revision = "imports_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        ALTER TABLE known_schools ADD COLUMN name text NOT NULL DEFAULT '';
        CREATE TABLE capture_devices (
            device_id uuid NOT NULL,
            person_id uuid NOT NULL,
            district_id uuid NOT NULL,
            secret text NOT NULL,
            first_seen timestamptz NOT NULL,
            last_seen timestamptz NOT NULL,
            skew_seconds double precision NOT NULL,
            unsent int NOT NULL,
            attention int NOT NULL,
            oldest_unsent_at timestamptz,
            kept bool,
            installed bool NOT NULL,
            build text NOT NULL,
            kind text NOT NULL,
            PRIMARY KEY (device_id, person_id)
        );
        CREATE INDEX capture_devices_seen ON capture_devices (district_id, last_seen DESC, device_id, person_id);
        """
    )
    enable_rls("capture_devices")
