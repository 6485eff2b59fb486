"""The districts' own instruments, as far as rounds has told of them."""

from shared.migrations import enable_rls, execute_script

revision = "instruments_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE known_instruments (
            district_id uuid NOT NULL,
            key text NOT NULL,
            newest int NOT NULL,
            PRIMARY KEY (district_id, key)
        );
        """
    )
    enable_rls("known_instruments")
