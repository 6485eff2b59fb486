"""Schema changes: the event store's revisions, then the service's own, in one transaction under one lock.

A service's revisions are Alembic files in `services/<name>/migrations/` (no env.py). The first says
`down_revision = "event_store_1"`; several may say so, they are applied as branches. Inside a revision
use `alembic.op`, or `execute_script` for SQL, and `enable_rls` for every table that holds a district's rows.

    python -m shared.migrations SERVICE postgresql://...
"""

from __future__ import annotations

import asyncio
import re
import sys
import threading
from pathlib import Path
from typing import Any

import asyncpg
from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.util import await_only

from shared.database import Database

_ROOT = Path(__file__).parent.parent
_EVENT_STORE = _ROOT / "shared" / "eventstore" / "migrations"
_KEYS = _ROOT / "shared" / "keys" / "migrations"
_ONE_AT_A_TIME = threading.Lock()  # alembic.op belongs to the process, not to the connection
_ENABLE_RLS = (_ROOT / "shared" / "eventstore" / "enable_rls.sql").read_text()
_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")


def revisions(service: str) -> ScriptDirectory:
    """The revisions that the database of `service` is made of (`keys`: the privacy keys' database)."""
    own = _ROOT / "services" / service / "migrations"
    places = [_KEYS] if service == "keys" else [_EVENT_STORE, *([own] if own.is_dir() else [])]
    config = Config()
    config.set_main_option("script_location", str(places[0]))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(p) for p in places))
    return ScriptDirectory.from_config(config)


class NewerSchema(Exception):
    """The database has revisions that this version does not know."""


async def upgrade(url: str, service_name: str) -> None:
    """Brings the database at `url` to the newest schema of `service_name`; does nothing when it is there.
    Processes that start at once wait for each other. Raises what the failing statement raises, having
    changed nothing, and NewerSchema."""
    db = Database.open(url, pool_size=1, name=f"rondo {service_name} migrations")
    try:
        async with db.engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('rondo migrations', 0))"))
            script = revisions(service_name)
            held = await connection.run_sync(_heads)
            if held == set(script.get_heads()):
                return
            if unknown := held - {r.revision for r in script.walk_revisions()}:
                raise NewerSchema(f"{service_name}: {', '.join(sorted(unknown))}")
            await asyncio.to_thread(_ONE_AT_A_TIME.acquire)
            try:
                await connection.run_sync(_upgrade, script)
            finally:
                _ONE_AT_A_TIME.release()
    finally:
        await db.close()


def _heads(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _upgrade(connection: Connection, script: ScriptDirectory) -> None:
    def steps(revision: Any, _context: MigrationContext) -> Any:  # Alembic's own types are private
        return script._upgrade_revs("heads", revision)

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def execute_script(sql: str) -> None:
    """Runs SQL of many statements inside the running revision."""
    connection = op.get_bind().connection.driver_connection
    assert isinstance(connection, asyncpg.Connection)
    await_only(connection.execute(sql))


def enable_rls(table: str) -> None:
    """Binds the rows of `table` to their `district_id` (uuid, not null): readers and writers of a district
    see and write that district's rows alone, and the owner's own statements are bound by policy too."""
    if not _NAME.match(table):
        raise ValueError(f"{table} is not a plain table name")
    execute_script(_ENABLE_RLS.replace("<table>", table))


if __name__ == "__main__":
    asyncio.run(upgrade(sys.argv[2], sys.argv[1]))
