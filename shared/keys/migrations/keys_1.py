"""The table of subjects' keys."""

from importlib.resources import files

from shared.migrations import enable_rls, execute_script

revision = "keys_1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script((files("shared.eventstore") / "roles.sql").read_text("utf-8"))
    execute_script((files("shared.keys") / "schema.sql").read_text("utf-8"))
    enable_rls("subject_keys")


def downgrade() -> None:
    raise NotImplementedError("keys are not taken down: what they sealed would be lost")
