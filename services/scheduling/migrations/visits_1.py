"""What rounds holds of each planned round, and whether its visit has begun."""

from shared.migrations import enable_rls, execute_script

revision = "visits_1"
down_revision = "planned_rounds_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE held_rounds (
            round_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            day date NOT NULL,
            instrument text NOT NULL,
            instrument_version int NOT NULL,
            begun boolean NOT NULL DEFAULT false
        );
        """
    )
    enable_rls("held_rounds")
