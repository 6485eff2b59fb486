"""Of which token each refresh token is the successor: an answer that was lost may be asked for again."""

from alembic import op

revision = "identity_2"
down_revision = "identity_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE refresh_tokens ADD COLUMN follows bytea")
    op.execute("CREATE INDEX refresh_tokens_that_follow ON refresh_tokens (follows) WHERE follows IS NOT NULL")
