"""What a leader's counts were when they were told: each is told anew when five or more have come or gone since."""

from shared.migrations import execute_script

revision = "coaching_2"
down_revision = "coaching_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script("ALTER TABLE progress_snapshots ADD COLUMN basis jsonb NOT NULL DEFAULT '{}'")
