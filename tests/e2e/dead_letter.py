"""A dead letter of the rounds service on a running platform, of an event that identity's log really holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import asyncpg

from services.cli.machine import addresses
from services.home import Home

_REGISTERED = (
    "select log_seq, event_id from event_log join events using (position) where type = 'DistrictRegistered' "
    "order by log_seq"
)


def at(home: Path, service: str, *statements: tuple[str, tuple[object, ...]]) -> list[asyncpg.Record]:
    """Runs SQL in the service's database; the rows of the last statement."""

    async def work() -> list[asyncpg.Record]:
        conn = await asyncpg.connect(addresses(Home(home), service)[0])
        try:
            rows: list[asyncpg.Record] = []
            for sql, values in statements:
                rows = await conn.fetch(sql, *values)
            return rows
        finally:
            await conn.close()

    # In a thread of its own: browser tests have a loop that runs in theirs.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work()).result()


def set_aside(home: Path) -> int:
    """The event that told of the district, set aside by rounds; its number in identity's log."""
    (event,) = at(home, "identity", (_REGISTERED, ()))[:1]
    seq, event_id = int(event["log_seq"]), UUID(str(event["event_id"]))
    at(
        home,
        "rounds",
        (
            "insert into dead_letters (source, log_seq, event_id, type, error) "
            "values ('identity', $1, $2, 'DistrictRegistered', $3)",
            (seq, event_id, "RuntimeError('the table of Alder District was away')"),
        ),
    )
    return seq


@contextmanager
def no_reaction_works(home: Path) -> Iterator[None]:
    """Rounds cannot write what it knows of districts meanwhile."""
    at(home, "rounds", ("alter table districts rename to districts_away", ()))
    try:
        yield
    finally:
        at(home, "rounds", ("alter table districts_away rename to districts", ()))
