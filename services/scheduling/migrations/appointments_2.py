"""Where and when a round is talked over, for calendars and mail."""

from shared.migrations import execute_script

revision = "appointments_2"
down_revision = "appointments_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        ALTER TABLE appointments ADD COLUMN debrief_room text, ADD COLUMN debrief_at timestamptz;
        """
    )
