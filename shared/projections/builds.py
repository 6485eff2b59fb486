"""The schemas that hold read models: making, finding, swapping, dropping them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from asyncpg import Connection

from shared.database import Database
from shared.projections.projection import Projection
from shared.subscription import CheckpointMoved, Ended

EVERYTHING = "*"
_SCRIPTS = {
    "schema": "to_regclass('projections.live') is not null",
    "machine_room": "to_regclass('projections.rebuilds') is not null",
    "standing_still": "exists (select from pg_attribute where attrelid = to_regclass('projections.rebuilds') "
    "and attname = 'progressed_at')",
}
"""How each is known to have run, in their order."""


class NotBuilt(Exception):
    """The projection has no live build yet."""


class Swapped(Ended):
    """Another build of the projection went live: leave the old one alone."""


@dataclass(frozen=True, slots=True)
class Build:
    name: str
    version: int
    schema: str


async def prepare(db: Database) -> None:
    """Makes the tables in which projections keep account of themselves."""
    async with db.system() as conn:
        await conn.execute("select pg_advisory_xact_lock(hashtext('rondo projections schema'))")
        for script, there in _SCRIPTS.items():
            if not await conn.fetchval(f"select {there}"):
                await conn.execute((files("shared.projections") / f"{script}.sql").read_text("utf-8"))


async def use_live(conn: Connection, name: str) -> None:
    """Sets the transaction's search_path to the live build's schema, so that queries name tables plainly. Asked anew
    each time: from a swap on the build before stands still, and would say of what came since that it is not there.
    Raises NotBuilt."""
    path = await conn.fetchval(
        "select set_config('search_path', quote_ident(schema) || ', public', true) from projections.live "
        "where name = $1",
        name,
    )
    if path is None:
        raise NotBuilt(f"the projection {name} is not built yet")


async def set_path(conn: Connection, *schemas: str) -> None:
    path = ", ".join([*(quoted(s) for s in schemas), "public"])
    await conn.execute(f"set local search_path to {path}")


def quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


async def live_build(conn: Connection, name: str) -> Build | None:
    row = await conn.fetchrow(
        "select b.name, b.version, b.schema from projections.live as l join projections.builds as b using (schema) "
        "where l.name = $1",
        name,
    )
    return Build(row["name"], row["version"], row["schema"]) if row else None


async def previous_build(conn: Connection, name: str) -> Build | None:
    """The build that was live before, kept to go back to."""
    row = await conn.fetchrow(
        "select b.name, b.version, b.schema from projections.live as l "
        "join projections.builds as b on b.schema = l.previous where l.name = $1",
        name,
    )
    return Build(row["name"], row["version"], row["schema"]) if row else None


async def create(conn: Connection, projection: Projection, *, suffix: str = "") -> Build:
    """An empty build: its schema and tables, guarded by district, its checkpoints at 0.

    Schema names are `<name>_v<N>`; a further build of the same version gets `_r2`, `_r3` ...
    """
    base = f"{projection.name}_v{projection.version}{suffix}"
    taken = {r["schema"] for r in await conn.fetch("select schema from projections.builds where schema ^@ $1", base)}
    schema, n = base, 1
    while schema in taken:
        n += 1
        schema = f"{base}_r{n}"
    await conn.execute(f"create schema {quoted(schema)}")
    await set_path(conn, schema)
    await conn.execute(projection.schema_sql)
    await conn.execute("set local search_path to default")
    await _guard(conn, schema)
    await conn.execute(
        "insert into projections.builds (schema, name, version) values ($1, $2, $3)",
        schema,
        projection.name,
        projection.version,
    )
    await conn.executemany(
        "insert into projections.checkpoints (schema, source) values ($1, $2)",
        [(schema, source) for source in projection.sources],
    )
    return Build(projection.name, projection.version, schema)


async def tables_of(conn: Connection, schema: str) -> list[str]:
    rows = await conn.fetch("select tablename from pg_tables where schemaname = $1 order by tablename", schema)
    return [str(r["tablename"]) for r in rows]


async def _guard(conn: Connection, schema: str) -> None:
    """Readers see their district's rows; a table without a district_id they cannot read at all."""
    await conn.execute(f"grant usage on schema {quoted(schema)} to rondo_reader, rondo_writer")
    for table in await tables_of(conn, schema):
        name = f"{quoted(schema)}.{quoted(table)}"
        has_district = await conn.fetchval(
            "select exists (select from information_schema.columns "
            "where table_schema = $1 and table_name = $2 and column_name = 'district_id')",
            schema,
            table,
        )
        if not has_district:
            continue
        await conn.execute(
            # Not FORCEd as elsewhere: the owner, who serves every district, fills these tables by COPY, which
            # PostgreSQL refuses under row-level security. Readers never are the owner.
            f"alter table {name} enable row level security; "
            f"create policy own_district on {name} for select to rondo_reader, rondo_writer "
            f"using (district_id = current_district()); "
            f"grant select on {name} to rondo_reader, rondo_writer"
        )


async def checkpoints(conn: Connection, schema: str) -> dict[str, int]:
    rows = await conn.fetch("select source, log_seq from projections.checkpoints where schema = $1", schema)
    return {r["source"]: r["log_seq"] for r in rows}


async def checkpoint(conn: Connection, schema: str, source: str) -> int:
    """Raises Swapped when the build is gone."""
    found = await conn.fetchval(
        "select log_seq from projections.checkpoints where schema = $1 and source = $2", schema, source
    )
    if found is None:
        found = await conn.fetchval(
            "insert into projections.checkpoints (schema, source) select schema, $2 from projections.builds "
            "where schema = $1 on conflict (schema, source) do update set source = excluded.source returning log_seq",
            schema,
            source,
        )
    if found is None:
        raise Swapped(schema)
    return int(found)


async def advance(conn: Connection, build: Build, source: str, seen: int, now: int, *, live: bool) -> None:
    """Moves the checkpoint from `seen` to `now` in the transaction that applies the events, and points it at
    the build's tables. Raises CheckpointMoved when it stands elsewhere; with `live`, Swapped when the build
    is not the live one any more."""
    await conn.execute(
        "select pg_advisory_xact_lock_shared(hashtextextended($1, 0)), set_config('search_path', $2, true), "
        "case when $3 then '' else set_config('synchronous_commit', 'off', true) end",
        freeze_name(build.name),
        f"{quoted(build.schema)}, public",
        live,  # what a crash takes of another build, it takes with its checkpoint; the swap is durable
    )
    row = await conn.fetchrow(
        "with moved as ("
        "  update projections.checkpoints set log_seq = $4, applied_at = clock_timestamp()"
        "  where schema = $1 and source = $2 and log_seq = $3 returning true"
        ") select exists (select from moved) as moved,"
        " exists (select from projections.live where name = $5 and schema = $1) as live",
        build.schema,
        source,
        seen,
        now,
        build.name,
    )
    if live and not row["live"]:
        raise Swapped(build.schema)
    if not row["moved"]:
        raise CheckpointMoved(f"{build.schema} is not at {seen} of {source}")


def freeze_name(name: str) -> str:
    """The advisory lock that appliers share, and that a swap or a comparison holds alone."""
    return f"rondo projection tables {name}"


async def freeze(conn: Connection, name: str) -> None:
    """Until the end of the transaction nothing is applied to any build of `name`."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", freeze_name(name))


async def go_live(conn: Connection, build: Build) -> None:
    """Swaps; the build that was live is kept as `previous`, older ones are dropped."""
    await conn.execute(
        "insert into projections.live (name, schema) values ($1, $2) "
        "on conflict (name) do update set schema = excluded.schema, swapped_at = clock_timestamp(), previous = "
        "case when live.schema = excluded.schema then live.previous else live.schema end",
        build.name,
        build.schema,
    )
    await conn.execute("select pg_notify($1, $2)", channel(build.name), EVERYTHING)
    stale = await conn.fetch(
        "select b.schema from projections.builds as b join projections.live as l on l.name = b.name "
        "where b.name = $1 and b.schema not in (l.schema, coalesce(l.previous, '')) "
        "and not exists (select from projections.rebuilds as r where r.schema = b.schema and r.state in "
        "('running', 'paused'))",
        build.name,
    )
    await drop(conn, [r["schema"] for r in stale])


def channel(name: str) -> str:
    """Where each change of what the live build of the projection says is told, in every process that listens: the keys
    that the projection's `touched` names, or EVERYTHING, as at a swap."""
    return f"projection_{name}"


async def drop(conn: Connection, schemas: Sequence[str]) -> None:
    for schema in schemas:
        await conn.execute(f"drop schema if exists {quoted(schema)} cascade")
        await conn.execute("delete from projections.builds where schema = $1", schema)
