"""The event store's tables, roles and functions: the base on which every service's own revisions stand."""

from pathlib import Path

from shared.migrations import enable_rls, execute_script

revision = "event_store_1"
down_revision = None
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent
_PARTS = ("roles", "schema", "idempotency", "append", "append_fast", "append_rights", "read_stream")


def upgrade() -> None:
    for name in _PARTS:
        execute_script((_SQL / f"{name}.sql").read_text("utf-8"))
    enable_rls("idempotent_answers")


def downgrade() -> None:
    raise NotImplementedError("history is not taken down; drop the database instead")
