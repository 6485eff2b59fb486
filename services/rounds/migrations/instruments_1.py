"""The districts' own instruments: published versions whole, drafts by title. The documents' history is the log."""

from shared.migrations import enable_rls, execute_script

revision = "instruments_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE instruments (
            district_id uuid NOT NULL,
            key text NOT NULL,
            version int NOT NULL,
            document text NOT NULL,
            PRIMARY KEY (district_id, key, version)
        );
        CREATE TABLE instrument_drafts (
            district_id uuid NOT NULL,
            key text NOT NULL,
            title text NOT NULL,
            PRIMARY KEY (district_id, key)
        );
        """
    )
    for table in ("instruments", "instrument_drafts"):
        enable_rls(table)
