from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from shared import migrations
from shared.database import Database
from shared.migrations import NewerSchema, enable_rls, revisions, upgrade
from shared.testing.servers import Servers

SERVICES = sorted(p.parent.name for p in (Path(migrations.__file__).parent.parent / "services").glob("*/migrations"))
VERSIONS = "SELECT array_agg(version_num ORDER BY version_num) FROM alembic_version"


async def test_every_service_starts_on_an_empty_server_at_once_and_twice(servers: Servers) -> None:
    """Four services, two processes each, one server: whoever comes second waits and finds it done."""
    names = [*SERVICES, "keys"]
    urls = {name: servers.postgres_url() for name in names}
    await asyncio.gather(*(upgrade(urls[name], name) for name in names for _ in range(2)))
    for name in names:
        conn = await asyncpg.connect(urls[name])
        assert await conn.fetchval(VERSIONS) == sorted(revisions(name).get_heads())
        await conn.close()
        servers.drop_database(urls[name])


async def test_a_revision_that_fails_leaves_nothing_behind(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad_1.py").write_text(
        "from shared.migrations import execute_script\n"
        "revision, down_revision, branch_labels, depends_on = 'bad_1', 'event_store_1', None, None\n"
        "def upgrade():\n    execute_script('CREATE TABLE half (id int); SELECT 1 / 0')\n"
    )
    url = servers.postgres_url()
    whole = revisions("event store")
    broken = ScriptDirectory(whole.dir, version_locations=[*(str(p) for p in whole._version_locations), str(tmp_path)])
    monkeypatch.setattr(migrations, "revisions", lambda _: broken)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await upgrade(url, "event store")
    conn = await asyncpg.connect(url)
    assert await conn.fetchval("SELECT to_regclass('events') IS NULL AND to_regclass('half') IS NULL")
    await conn.close()
    monkeypatch.undo()
    await upgrade(url, "event store")
    db = Database.open(url)
    async with db.system() as system:
        assert await system.fetchval("SELECT count(*) FROM events") == 0
    await db.close()
    servers.drop_database(url)


async def test_a_database_of_a_newer_version_is_told_from_a_broken_one(servers: Servers) -> None:
    url = servers.postgres_url()
    await upgrade(url, "rounds")
    conn = await asyncpg.connect(url)
    await conn.execute("update alembic_version set version_num = 'words_99' where version_num = 'words_2'")
    await conn.close()
    with pytest.raises(NewerSchema, match="rounds: words_99"):
        await upgrade(url, "rounds")
    servers.drop_database(url)


async def test_every_table_with_a_district_is_bound_to_it(servers: Servers) -> None:
    """Whoever adds a table with a district_id and forgets enable_rls hears of it here."""
    for name in [*SERVICES, "keys"]:
        url = servers.postgres_url()
        await upgrade(url, name)
        conn = await asyncpg.connect(url)
        unbound = await conn.fetch(
            """SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
               WHERE c.relkind = 'r' AND a.attname = 'district_id' AND c.relnamespace = 'public'::regnamespace
                 AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
        )
        await conn.close()
        servers.drop_database(url)
        assert [r["relname"] for r in unbound] == [], f"{name}: call enable_rls in the revision"


def test_only_a_plain_table_name_is_bound() -> None:
    with pytest.raises(ValueError, match="plain table name"):
        enable_rls("events; DROP TABLE events")
