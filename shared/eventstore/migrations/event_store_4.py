"""Many appends of one event each."""

from pathlib import Path

from shared.migrations import execute_script

revision = "event_store_4"
down_revision = "event_store_3"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent


def upgrade() -> None:
    execute_script((_SQL / "append_each.sql").read_text("utf-8"))


def downgrade() -> None:
    raise NotImplementedError("history is not taken down; drop the database instead")
