"""What each import of observations told, for the list of imports."""

from shared.migrations import enable_rls, execute_script

revision = "imports_2"
down_revision = "imports_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE observation_imports (
            import_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            created_at timestamptz NOT NULL,
            report jsonb NOT NULL
        );
        CREATE INDEX observation_imports_newest ON observation_imports (district_id, created_at DESC, import_id DESC);
        """
    )
    enable_rls("observation_imports")
