"""Many appends at once, with what is the same for all events of an append sent once."""

from pathlib import Path

from shared.migrations import execute_script

revision = "event_store_2"
down_revision = "event_store_1"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent


def upgrade() -> None:
    execute_script((_SQL / "append_batch.sql").read_text("utf-8"))


def downgrade() -> None:
    raise NotImplementedError("history is not taken down; drop the database instead")
