"""The schools that scheduling lists, for imported observations."""

from shared.migrations import enable_rls, execute_script

revision = "imports_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE known_schools (
            school_id uuid PRIMARY KEY,
            district_id uuid NOT NULL
        );
        """
    )
    enable_rls("known_schools")
