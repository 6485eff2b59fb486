"""Where people meet, sealed, and under which key."""

from shared.migrations import execute_script

revision = "appointments_4"
down_revision = "appointments_3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        "ALTER TABLE appointments ADD COLUMN place text NOT NULL DEFAULT '', "
        "ADD COLUMN place_key text NOT NULL DEFAULT ''"
    )
