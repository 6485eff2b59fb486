"""The newest proposals in the order in which they are listed: by the moment of asking."""

from shared.migrations import execute_script

revision = "plans_2"
down_revision = "plans_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        DROP INDEX proposals_newest;
        CREATE INDEX proposals_newest ON proposals (district_id, asked_at DESC, proposal_id DESC);
        """
    )
