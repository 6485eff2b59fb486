"""Districts, accounts, sessions, keys, the security log."""

from pathlib import Path

from shared.migrations import enable_rls, execute_script

revision = "identity_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(Path(__file__).with_suffix(".sql").read_text("utf-8"))
    for table in ("districts", "accounts", "grants", "sessions", "oidc_subjects", "password_links", "security_log"):
        enable_rls(table)
