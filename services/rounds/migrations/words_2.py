"""Erasures of statements' words that are under way."""

from shared.migrations import enable_rls, execute_script

revision = "words_2"
down_revision = "words_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE word_erasures (
            statement_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            round_id uuid NOT NULL,
            observer_id uuid NOT NULL
        );
        """
    )
    enable_rls("word_erasures")
