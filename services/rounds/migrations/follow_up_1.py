"""The checks of rounds' next level of work: when, who is reminded, whether it was held."""

from shared.migrations import enable_rls, execute_script

revision = "follow_up_1"
down_revision = "rounds_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE follow_ups (
            round_id uuid PRIMARY KEY REFERENCES rounds,
            district_id uuid NOT NULL,
            day date NOT NULL,
            people uuid[] NOT NULL,
            commitments int NOT NULL,
            open int NOT NULL,             -- commitments without a status
            held bool NOT NULL
        );
        CREATE INDEX follow_ups_by_day ON follow_ups (district_id, day) WHERE NOT held;
        """
    )
    enable_rls("follow_ups")
