"""What stands behind each release, kept for later audits."""

from pathlib import Path

from shared.migrations import enable_rls, execute_script

revision = "release_visits_1"
down_revision = "sections_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(Path(__file__).with_suffix(".sql").read_text("utf-8"))
    enable_rls("release_visits")
