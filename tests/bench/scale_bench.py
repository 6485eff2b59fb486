"""A rebuild of `school_patterns` from the log of a large district, beside one plain SQL aggregation of the same events,
beside plain SQL that writes the same rows of its tables from the log itself, and beside the projection runner of the
`eventsourcing` library on the same kind of work; then releases and pages on it.

RONDO_BENCH_STATEMENTS sets the size: 200,000 unless it says otherwise; 1,000,000, 5,000,000 and 20,000,000 are meant.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import perf_counter

import asyncpg

from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.collector import settle_collector
from shared.database import Database
from shared.jetstream import Link
from shared.migrations import upgrade
from shared.projections import builds
from shared.projections.rebuild import build_and_swap
from shared.refill import Refill
from tests.bench.append_bench import PEERS, _output
from tests.bench.harness import Bench, BenchServers, Measure, NotHere, Target
from tests.bench.scale import generate
from tests.bench.scale_asks import AS_OF, LIVE, RELEASE, SUMMARY, asks

STATEMENTS = int(os.environ.get("RONDO_BENCH_STATEMENTS", "200000"))
REBUILD = f"school_patterns rebuilt from a log of {STATEMENTS:,} statements, events/s"
FLOOR = "one plain SQL aggregation of the same events, events/s"
SAME_TABLES = "the same rows written by plain SQL in the log's own database, events/s"
LIBRARY = "eventsourcing's projection runner, events/s"
MEMORY = "highest memory of the rebuilding process so far, MB"
_FLOOR = """
    create temporary table floor on commit drop as
    select data #>> '{visit,round_id}' as round_id, data #>> '{visit,slot_id}' as slot_id,
           data #>> '{visit,observer_id}' as observer_id, (data #>> '{content,judgmental}')::boolean as judgmental,
           data #>> '{content,core_element}' as core_element, count(*) as n
    from events where type = 'EvidenceRecorded' group by 1, 2, 3, 4, 5
"""
_SAME_TABLES = """
    insert into visit
    select distinct on (slot_id, observer_id) e.district_id,
           (visit ->> 'round_id')::uuid, (visit ->> 'school_id')::uuid, (visit ->> 'slot_id')::uuid as slot_id,
           (visit ->> 'observer_id')::uuid as observer_id, (visit ->> 'classroom_id')::uuid,
           visit ->> 'grade_band', visit ->> 'subject', (visit ->> 'day')::date,
           l.log_seq, e.recorded_at
    from events as e join event_log as l using (position) cross join lateral (select e.data -> 'visit' as visit) as v
    where e.type = 'EvidenceRecorded'
    order by slot_id, observer_id, l.log_seq;

    insert into statement
    select e.district_id, (e.data #>> '{visit,round_id}')::uuid, (e.data ->> 'statement_id')::uuid, l.log_seq,
           (e.data #>> '{visit,slot_id}')::uuid, (e.data #>> '{visit,observer_id}')::uuid, false,
           e.data #>> '{content,core_element}',
           array(select jsonb_array_elements_text(e.data #> '{content,focus_question_ids}'))::uuid[],
           array(select jsonb_array_elements_text(e.data #> '{content,look_for_ids}')),
           (e.data #>> '{content,minute}')::int, (e.data #>> '{content,judgmental}')::boolean,
           (e.data #>> '{receipt,device_time}')::timestamptz, e.recorded_at
    from events as e join event_log as l using (position)
    where e.type = 'EvidenceRecorded'
    order by l.log_seq;

    insert into tally
    select district_id, round_id, slot_id, observer_id, kind, tag, '', count(*)
    from (
        select *, case when judgmental then 'judgmental' else 'core' end as kind,
               case when judgmental then '' else core_element end as tag
        from statement
    ) as counted
    group by 1, 2, 3, 4, 5, 6
"""
"""Of statements as the generator makes them: none is amended, none has focus questions or look-fors."""
_ROWS = """
    select (select count(*) from visit) as visits, (select sum(hashtextextended(v::text, 0)) from visit as v) as visit,
           (select count(*) from tally) as tallies, (select sum(hashtextextended(t::text, 0)) from tally as t) as tally,
           (select count(*) from statement) as statements,
           (select sum(hashtextextended(s::text, 0)) from statement as s where log_seq <= 100000) as statement
"""
"""What the two must agree on; of statements the first ones in full."""


class _Rounds(SchoolPatterns):
    """Reads the log of rounds alone: the other services have none here."""

    sources: tuple[str, ...] = ("rounds",)


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    log_url, reader_url, library_url = [
        await servers.database(name) for name in ("scale_rounds", "scale_reporting", "scale_library")
    ]
    await generate(log_url, STATEMENTS)
    await upgrade(reader_url, "reporting")
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.owner", "rounds", log_url, servers.nats.url, "services.rounds.publish",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert owner.stdout is not None
    await owner.stdout.readline()
    reader, link = Database.open(reader_url), await Link.open(servers.nats.url, "scale", on_closed=lambda: None)
    log = await asyncpg.connect(log_url)
    events = await log.fetchval("select count(*) from event_log")
    settle_collector()

    async def rebuild(_seconds: float) -> dict[str, float]:
        started = perf_counter()
        await build_and_swap(reader, Refill(link, "bench"), _Rounds())
        took = perf_counter() - started
        return {REBUILD: events / took, MEMORY: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}

    async def floor(_seconds: float) -> dict[str, float]:
        started = perf_counter()
        async with log.transaction():
            await log.execute("set local max_parallel_workers_per_gather = 0")
            await log.execute(_FLOOR)
        return {FLOOR: events / (perf_counter() - started)}

    async def same_tables(_seconds: float) -> dict[str, float]:
        started = perf_counter()
        async with log.transaction():
            await log.execute("set local max_parallel_workers_per_gather = 0")
            await log.execute("drop schema if exists same_tables cascade; create schema same_tables")
            await log.execute("set local search_path = same_tables, public")
            await log.execute(_Rounds.schema_sql)
            await log.execute(_SAME_TABLES)
        took = perf_counter() - started
        async with log.transaction():
            await log.execute("set local search_path = same_tables, public")
            plain = await log.fetchrow(_ROWS)
        async with reader.system() as live:
            await builds.use_live(live, SchoolPatterns.name)
            ours = await live.fetchrow(_ROWS)
        await log.execute("drop schema same_tables cascade")
        if plain != ours:
            raise NotHere(f"not the same rows as the rebuild's: {dict(plain)} and {dict(ours)}")
        return {SAME_TABLES: events / took}

    async def library(_seconds: float) -> dict[str, float]:
        told = await _output(sys.executable, str(PEERS / "eventsourcing_projection.py"), library_url, "2000")
        return {LIBRARY: json.loads(told.splitlines()[-1])["rate"]}

    async def asked(seconds: float) -> dict[str, float]:
        return await asks(reader_url, servers.nats.url, seconds)

    try:
        yield {"rebuild": rebuild, "floor": floor, "same tables": same_tables, "library": library, "asks": asked}
    finally:
        owner.terminate()
        await owner.wait()
        await log.close()
        await link.close()
        await reader.close()


BENCH = Bench(
    "scale",
    measures,
    [
        Target(REBUILD, over=FLOOR, at_least=0.25),
        Target(REBUILD, over=SAME_TABLES, at_least=0.25),
        Target(REBUILD, over=LIBRARY, at_least=5),
        Target(f"{SUMMARY} p99, ms", at_most=50),
        Target(f"{LIVE} p99, ms", at_most=50),
        Target(f"{AS_OF} p99, ms", at_most=300),
        Target(RELEASE, at_most=2000),
    ],
    rounds=1,
)
