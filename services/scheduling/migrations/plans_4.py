"""What happened that a repair answers: its name is told in the reader's language. Older ones stay as named."""

from shared.migrations import execute_script

revision = "plans_4"
down_revision = "plans_3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script("ALTER TABLE proposals ADD COLUMN disruption jsonb")
