"""Proposals, the jobs that make them, and what was published of them."""

from shared.migrations import enable_rls, execute_script

revision = "plans_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE proposals (
            proposal_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            owner_id uuid NOT NULL,
            parent_id uuid,
            kind text NOT NULL CHECK (kind IN ('plan', 'what_if', 'repair')),
            name text NOT NULL,
            first_day date NOT NULL,
            last_day date NOT NULL,
            status text NOT NULL,
            cost double precision,
            gap double precision,
            rounds int NOT NULL DEFAULT 0,
            published_version int,
            asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            version int NOT NULL
        );
        CREATE INDEX proposals_newest ON proposals (district_id, owner_id, proposal_id DESC);

        -- A job goes on after a restart: its instance and the best plan so far stand here, not in memory.
        CREATE TABLE plan_jobs (
            proposal_id uuid PRIMARY KEY REFERENCES proposals,
            district_id uuid NOT NULL,
            actor_id uuid,
            status text NOT NULL CHECK (status IN ('waiting', 'running', 'done')),
            instance bytea NOT NULL, -- zlib-compressed JSON
            best bytea,              -- the same, of the best plan so far
            progress jsonb NOT NULL DEFAULT '{}',
            seconds double precision NOT NULL DEFAULT 0, -- worked so far, over all attempts
            attempts int NOT NULL DEFAULT 0,
            stop_asked boolean NOT NULL DEFAULT false,
            leased_until timestamptz NOT NULL DEFAULT '-infinity',
            changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        CREATE INDEX plan_jobs_open ON plan_jobs (leased_until) WHERE status <> 'done';

        CREATE TABLE publications (
            district_id uuid NOT NULL,
            version int NOT NULL,
            proposal_id uuid NOT NULL,
            kind text NOT NULL CHECK (kind IN ('plan', 'repair', 'undo')),
            undone int,
            published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            actor_id uuid,
            changes int NOT NULL,
            people int NOT NULL,
            schedule_version int NOT NULL,
            PRIMARY KEY (district_id, version)
        );
        """
    )
    for table in ("proposals", "plan_jobs", "publications"):
        enable_rls(table)
