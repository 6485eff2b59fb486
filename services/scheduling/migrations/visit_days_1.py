"""The jobs that lay visit days out, and which round each proposal is for."""

from shared.migrations import enable_rls, execute_script

revision = "visit_days_1"
down_revision = "planned_rounds_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE visit_day_jobs (
            proposal_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            round_id uuid NOT NULL,
            actor_id uuid,
            status text NOT NULL CHECK (status IN ('waiting', 'running', 'done')),
            task bytea NOT NULL, -- zlib-compressed JSON
            seconds double precision NOT NULL, -- that it may take
            progress jsonb NOT NULL DEFAULT '{}',
            attempts int NOT NULL DEFAULT 0,
            stop_asked boolean NOT NULL DEFAULT false,
            leased_until timestamptz NOT NULL DEFAULT '-infinity',
            asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        CREATE INDEX visit_day_jobs_open ON visit_day_jobs (leased_until) WHERE status <> 'done';
        CREATE INDEX visit_day_jobs_by_round ON visit_day_jobs (round_id, asked_at DESC);
        """
    )
    enable_rls("visit_day_jobs")
