"""Who keeps keys in memory; keys that open but take nothing more."""

from shared.migrations import execute_script

revision = "keys_2"
down_revision = "keys_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        ALTER TABLE subject_keys ADD COLUMN closed_at timestamptz;  -- opens what it sealed, seals no more
        CREATE TABLE key_news (number bigint NOT NULL);
        INSERT INTO key_news VALUES (0);
        CREATE TABLE key_holders (
            holder uuid PRIMARY KEY,
            seen bigint NOT NULL,
            renewed_at timestamptz NOT NULL
        );
        """
    )


def downgrade() -> None:
    raise NotImplementedError("keys are not taken down: what they sealed would be lost")
