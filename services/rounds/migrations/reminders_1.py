"""The reminders of meetings that people put aside, each for the time that the meeting then had."""

from shared.migrations import enable_rls, execute_script

revision = "reminders_1"
down_revision = "coaching_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE reminders_put_aside (
            person_id uuid NOT NULL,
            meeting_id uuid NOT NULL,
            district_id uuid NOT NULL,
            starts_at timestamptz NOT NULL,
            PRIMARY KEY (person_id, meeting_id)
        );
        CREATE INDEX reminders_put_aside_of_meeting ON reminders_put_aside (meeting_id);
        """
    )
    enable_rls("reminders_put_aside")
