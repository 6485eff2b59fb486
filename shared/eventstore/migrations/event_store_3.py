"""Many appends at once, their columns of text joined."""

from pathlib import Path

from shared.migrations import execute_script

revision = "event_store_3"
down_revision = "event_store_2"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent


def upgrade() -> None:
    execute_script((_SQL / "append_joined.sql").read_text("utf-8"))


def downgrade() -> None:
    raise NotImplementedError("history is not taken down; drop the database instead")
