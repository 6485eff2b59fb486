"""Where people meet, sealed."""

from shared.migrations import execute_script

revision = "coaching_4"
down_revision = "coaching_3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script("ALTER TABLE meetings ADD COLUMN place text NOT NULL DEFAULT ''")
