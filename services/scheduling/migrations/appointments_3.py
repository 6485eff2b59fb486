"""Whether the day of a meeting was closed after it was fixed."""

from shared.migrations import execute_script

revision = "appointments_3"
down_revision = "appointments_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script("ALTER TABLE appointments ADD COLUMN no_school boolean NOT NULL DEFAULT false")
