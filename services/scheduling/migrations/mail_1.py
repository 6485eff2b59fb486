"""The outbox of mail."""

from shared.mail.migration import create_outbox

revision = "mail_1"
down_revision = "planned_rounds_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_outbox()
