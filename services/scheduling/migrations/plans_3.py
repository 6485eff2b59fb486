"""Of a proposal that went out: which of its publications was taken back last, and which stands."""

from shared.migrations import execute_script

revision = "plans_3"
down_revision = "plans_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        ALTER TABLE proposals ADD COLUMN undone_version int;
        UPDATE proposals p SET
            undone_version = (
                SELECT max(undone) FROM publications u
                WHERE u.district_id = p.district_id AND u.proposal_id = p.proposal_id
            ),
            published_version = (
                SELECT max(version) FROM publications u
                WHERE u.district_id = p.district_id AND u.proposal_id = p.proposal_id AND u.kind <> 'undo'
                AND NOT EXISTS (SELECT FROM publications o WHERE o.district_id = p.district_id AND o.undone = u.version)
            );
        """
    )
