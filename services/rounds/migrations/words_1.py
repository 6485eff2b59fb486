"""Words that were sealed again when one statement's words were erased; which key of an observer counts."""

from shared.migrations import enable_rls, execute_script

revision = "words_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE word_keys (
            district_id uuid NOT NULL,
            subject text NOT NULL,
            generation int NOT NULL,
            PRIMARY KEY (district_id, subject)
        );
        CREATE TABLE resealed_words (
            district_id uuid NOT NULL,
            subject text NOT NULL,
            hash bytea NOT NULL,
            box text NOT NULL,
            PRIMARY KEY (district_id, hash)
        );
        CREATE INDEX resealed_words_by_subject ON resealed_words (district_id, subject);
        """
    )
    for table in ("word_keys", "resealed_words"):
        enable_rls(table)
