"""Pins of the planning board."""

from shared.migrations import enable_rls, execute_script

revision = "pins_1"
down_revision = "planned_rounds_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE board_pins (
            pin_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            school_id uuid NOT NULL,
            day date NOT NULL,
            round_id uuid -- null: the school hosts none on that day
        );
        CREATE UNIQUE INDEX board_pins_round ON board_pins (district_id, round_id) WHERE round_id IS NOT NULL;
        CREATE UNIQUE INDEX board_pins_day ON board_pins (district_id, school_id, day) WHERE round_id IS NULL;
        """
    )
    enable_rls("board_pins")
