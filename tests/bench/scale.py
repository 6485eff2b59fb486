"""The scale generator: `python -m tests.bench.scale DATABASE_URL [--statements N] [--schools N] [--years N] [--seed N]`
writes the log of a large district into a migrated database of rounds; the same seed gives the same events."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg

from shared.migrations import upgrade
from tests.support.published import DISTRICT

CHUNK = 100_000
WRITERS = 2
_NUMBER = """
    insert into event_log (log_seq, position)
    select n, n from generate_series(1, (select max(position) from events)) as n;
    select setval(pg_get_serial_sequence('events', 'position'), (select max(position) from events))
"""
_INDEXES = """
    select format('alter table events drop constraint %I', conname) as less,
           format('alter table events add constraint %I %s', conname, pg_get_constraintdef(oid)) as more
    from pg_constraint where conrelid = 'events'::regclass and contype in ('p', 'u')
    union all
    select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid) from pg_index
    where indrelid = 'events'::regclass and indexrelid not in (select conindid from pg_constraint)
"""
"""How each index of the log goes and comes. They are made after the rows: ids that lie anywhere, put into an index one
by one, write a page of it each."""
_FILL = (Path(__file__).parent / "scale_fill.sql").read_text("utf-8")


async def generate(
    url: str,
    statements: int,
    *,
    schools: int = 1_500,
    years: int = 3,
    seed: int = 1,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Writes `statements` statements (a multiple of 500) and the rounds that they belong to."""
    await upgrade(url, "rounds")
    fixed = {
        ":seed": str(seed), ":schools": str(schools), ":years": str(years), ":district": f"'{DISTRICT}'::uuid",
    }  # fmt: skip
    chunks = iter(range(0, statements, CHUNK))
    done = 0

    async def fill() -> None:
        nonlocal done
        for first in chunks:
            last = min(first + CHUNK, statements)
            script = _FILL
            for name, value in {**fixed, ":first": str(first), ":last": str(last)}.items():
                script = script.replace(name, value)
            conn = await asyncpg.connect(url)  # one each: the functions are temporary
            try:
                await conn.execute(script)
            finally:
                await conn.close()
            done += last - first
            tell(done)

    conn = await asyncpg.connect(url)
    try:
        indexes = await conn.fetch(_INDEXES)
        await conn.execute(";".join(index["less"] for index in indexes))
        await asyncio.gather(*(fill() for _ in range(WRITERS)))
        await conn.execute("set maintenance_work_mem = '512MB'")
        for index in indexes:
            await conn.execute(index["more"])
        await conn.execute(_NUMBER)
        await conn.execute("vacuum analyze events, event_log")
    finally:
        await conn.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--statements", type=int, default=20_000_000)
    parser.add_argument("--schools", type=int, default=1_500)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.monotonic()

    def tell(done: int) -> None:
        sys.stderr.write(f"\r{done:,} of {given.statements:,}, {time.monotonic() - started:,.0f} s\033[K")

    asyncio.run(
        generate(
            given.url, given.statements, schools=given.schools, years=given.years, seed=given.seed, tell=tell
        )
    )  # fmt: skip
    sys.stderr.write("\n")


if __name__ == "__main__":
    main()
