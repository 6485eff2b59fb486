"""Schools, people and imports. Names and addresses of people stand in `people` alone, where they can be erased."""

from shared.migrations import enable_rls, execute_script

revision = "imports_1"
down_revision = "event_store_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(
        """
        CREATE TABLE schools (
            school_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            name text NOT NULL,
            nces_id text,
            grade_low text,
            grade_high text,
            latitude double precision,
            longitude double precision,
            source text NOT NULL CHECK (source IN ('directory', 'roster')),
            active boolean NOT NULL
        );
        CREATE INDEX schools_by_name ON schools (district_id, lower(name), school_id);

        CREATE TABLE people (
            person_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            sourced_id text NOT NULL,
            given_name text NOT NULL,
            family_name text NOT NULL,
            email text,
            roles text[] NOT NULL,
            school_ids uuid[] NOT NULL,
            placements jsonb NOT NULL, -- id of the role in the roster -> [role, organisation]
            active boolean NOT NULL,
            UNIQUE (district_id, sourced_id)
        );
        CREATE INDEX people_by_name ON people (district_id, lower(family_name), lower(given_name), person_id);
        CREATE INDEX people_by_school ON people USING gin (school_ids);

        CREATE TABLE roster_orgs (
            district_id uuid NOT NULL,
            sourced_id text NOT NULL,
            kind text NOT NULL,
            parent text,
            school_id uuid,
            PRIMARY KEY (district_id, sourced_id)
        );

        CREATE TABLE imports (
            import_id uuid PRIMARY KEY,
            district_id uuid NOT NULL,
            kind text NOT NULL CHECK (kind IN ('roster', 'schools')),
            status text NOT NULL CHECK (status IN ('applied', 'held', 'rejected')),
            sha256 text NOT NULL,
            file_name text NOT NULL,
            created_at timestamptz NOT NULL,
            decided_at timestamptz,
            report jsonb NOT NULL, -- without anybody's name or address
            plan bytea             -- what a held import would do; emptied when it is decided
        );
        CREATE INDEX imports_newest ON imports (district_id, created_at DESC, import_id DESC);
        """
    )
    for table in ("schools", "people", "roster_orgs", "imports"):
        enable_rls(table)
