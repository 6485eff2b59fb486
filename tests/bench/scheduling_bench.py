"""The optimiser on invented districts by seed: how near to a proven bound, in what time, beside its rivals.

Every plan is believed only after the independent checker. `gap` is the share by which it may at most be too dear.
RONDO_BENCH_SIZES=large,city,rows adds the sizes and the public instances that take minutes. Rivals: the whole as one
integer programme, given as it is to HiGHS and to CP-SAT, and the same with the days of the greedy plan.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import msgspec

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.generate import generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import Pin
from services.scheduling.planning.messages import Progress
from services.scheduling.planning.plan import Plan, gap_of
from services.scheduling.planning.repair.disruption import Disruption
from services.scheduling.planning.repair.tasks import Repair, repair_task
from services.scheduling.planning.rows.check import broken
from services.scheduling.planning.rows.roster import cost, read
from services.scheduling.planning.supervise import run, running
from services.scheduling.planning.visit_day import tasks as days
from services.scheduling.planning.visit_day.check import check_day
from services.scheduling.planning.visit_day.generate import SIZES, generate_day
from tests.bench.harness import Bench, BenchServers, Measure, NotHere, Target

YEARS = {  # size: (seconds, gap that is wanted by then)
    "small": (5.0, 0.01),
    "medium": (15.0, 0.005),
    "small-tight": (90.0, 0.03),
    "medium-tight": (90.0, 0.03),
}
LONG = {"large": (150.0, 0.005), "city": (240.0, 0.01)}
ON_THE_WAY = {"large": (40.0, 0.05)}  # what is wanted of the same search before its end
GAP = "{} year, gap to the bound after {:g} s"
COST = "{} year, points"
GREEDY = "{} year, points, greedy"
RIVAL = "{} year, points, {} ({}) after {:g} s"
RIVALS = {"rival_highs": "plain HiGHS", "rival_cpsat": "joint CP-SAT"}
RIVAL_MB = 4000
DAY_GAP = "visit day of {} rooms-teams, gap after 20 s"
DAY_FIRST = "visit day of {} rooms-teams, seconds to a valid plan"
REPAIR = "medium, an observer out: seconds"
TOLD = "medium, an observer out: people told"
EXPLAIN = "medium, two pins too near: seconds to rules and relaxations"
BENCHMARKS = Path(__file__).resolve().parents[3] / "shared" / "data" / "benchmarks"
PROVED = {2: 828, 3: 1001, 4: 1716}
NEAR = {5: 1143, 6: 1950, 7: 1056, 9: 439, 10: 4631}
ROWS = "public instance {}, cost over the best known, 60 s"
ROWS_GAP = "public instance {}, gap to the bound after 60 s"
MEMORY = "{} year, peak MB"


def _long() -> dict[str, tuple[float, float]]:
    return {name: LONG[name] for name in _asked() if name in LONG}


def _asked() -> list[str]:
    return os.environ.get("RONDO_BENCH_SIZES", "").split(",")


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    yield {
        **{f"{name} year": partial(year, name, limit) for name, (limit, _) in (YEARS | _long()).items()},
        **{
            f"{name} year by {words}": partial(rival, name, kind, words)
            for name in YEARS | _long()
            for kind, words in RIVALS.items()
        },
        **{f"visit day {name}": partial(visit_day, name) for name in SIZES},
        "repair": repair,
        "explanation": explanation,
        **{f"public instance {n}": partial(rows, n) for n in (PROVED | NEAR if "rows" in _asked() else {})},
    }


async def year(name: str, limit: float, seconds: float) -> dict[str, float]:
    instance = generate(name)
    then, _ = ON_THE_WAY.get(name, (0.0, 0.0))
    early: list[Progress] = []
    async with running("year", to_json(instance), seconds=limit, memory_mb=4000) as job:
        early += [p async for p in job.progress() if p.seconds <= then]
    outcome = job.outcome
    plan = outcome.plan
    if plan is None or (verdict := check(instance, plan)).violations:
        raise NotHere(f"no sound plan: {outcome.words or verdict.violations[0].sentence}")
    bound = outcome.bound if outcome.bound is not None else 0.0
    return {
        **({GAP.format(name, then): _gap_of(early)} if then else {}),
        GAP.format(name, limit): gap_of(plan.cost, bound),
        COST.format(name): plan.cost,
        GREEDY.format(name): greedy(instance).cost,
        MEMORY.format(name): float(outcome.peak_mb),
    }


def _gap_of(told: list[Progress]) -> float:
    """By the cheapest plan and the best bound of all that was told; 1 where one of the two was not there yet."""
    costs = [p.cost for p in told if p.cost is not None]
    bounds = [p.bound for p in told if p.bound is not None]
    return gap_of(min(costs), max(bounds)) if costs and bounds else 1.0


async def rival(name: str, kind: str, words: str, seconds: float) -> dict[str, float]:
    """Points of what it found in the time and memory that our way has. All but the small ones are given the greedy
    plan's days: days and people at once are too many columns there."""
    instance = generate(name)
    limit, _ = (YEARS | LONG)[name]
    given = not name.startswith("small")
    task = msgspec.json.encode({"instance": msgspec.Raw(to_json(instance)), "days_given": given})
    outcome = await run(kind, task, seconds=limit, memory_mb=RIVAL_MB, grace=60)
    plan = msgspec.json.decode(outcome.result, type=Plan | None) if outcome.result else None
    if plan is None or check(instance, plan).violations:
        raise NotHere(outcome.words or f"no plan after {limit:g} s")
    return {RIVAL.format(name, words, "on greedy days" if given else "days and people", limit): plan.cost}


async def visit_day(name: str, seconds: float) -> dict[str, float]:
    day = generate_day(*SIZES[name])
    first = None
    async with running("visit_day", days.to_json(day), seconds=20) as job:
        async for progress in job.progress():
            if first is None and progress.cost is not None:
                first = progress.seconds
    if job.outcome.result is None or first is None:
        raise NotHere(job.outcome.words)
    plan = msgspec.json.decode(job.outcome.result, type=days.DayPlan)
    if found := check_day(day, plan):
        raise NotHere(found[0].sentence)
    return {DAY_GAP.format(name): gap_of(plan.cost, plan.bound), DAY_FIRST.format(name): first}


async def repair(seconds: float) -> dict[str, float]:
    instance = generate("medium")
    plan = greedy(instance)
    hit = plan.rounds[5]
    day = hit.day or date.min
    out = Disruption(kind="person_out", day=day, person=hit.observers[0])
    task = repair_task(instance, plan, day - timedelta(10), [out])
    started = time.perf_counter()
    outcome = await run("repair", task, seconds=30)
    took = time.perf_counter() - started
    if outcome.result is None:
        raise NotHere(outcome.words)
    told = msgspec.json.decode(outcome.result, type=Repair)
    return {REPAIR: took, TOLD: float(len(told.notify))}


async def explanation(seconds: float) -> dict[str, float]:
    instance = generate("medium")
    first, second = (r.id for r in instance.rounds if r.host == "s0")
    pins = (Pin(id="a", round=first, day=date(2027, 5, 4)), Pin(id="b", round=second, day=date(2027, 5, 6)))
    started = time.perf_counter()
    outcome = await run("explain", to_json(replace(instance, pins=pins)), seconds=30)
    if outcome.result is None or msgspec.json.decode(outcome.result)["possible"]:
        raise NotHere(outcome.words or "the collision was not found")
    return {EXPLAIN: time.perf_counter() - started}


async def rows(number: int, seconds: float) -> dict[str, float]:
    path = BENCHMARKS / f"schedulingbenchmarks_Instance{number}.txt"
    if not path.is_file():
        raise NotHere("the public instances are not beside the project")
    outcome = await run("rows", msgspec.json.encode(str(path)), seconds=60)
    told = msgspec.json.decode(outcome.result) if outcome.result else None
    if told is None:
        raise NotHere(outcome.words or "no roster in the time given")
    roster, taken = read(path), frozenset((p, d, s) for p, d, s in told["taken"])
    if wrong := broken(roster, taken):
        raise NotHere(wrong[0])
    points, best = cost(roster, taken), (PROVED | NEAR)[number]
    return {ROWS.format(number): points / best, ROWS_GAP.format(number): gap_of(points, told["bound"])}


BENCH = Bench(
    "scheduling",
    measures,
    [
        *(Target(GAP.format(name, limit), at_most=gap) for name, (limit, gap) in (YEARS | LONG).items()),
        *(Target(GAP.format(name, then), at_most=gap) for name, (then, gap) in ON_THE_WAY.items()),
        Target(MEMORY.format("city"), at_most=4000),
        *(Target(DAY_FIRST.format(name), at_most=1) for name in SIZES),
        *(Target(DAY_GAP.format(name), at_most=0.05) for name in SIZES),
        Target(REPAIR, at_most=1),
        Target(TOLD, at_most=2),
        Target(EXPLAIN, at_most=2),
        *(Target(ROWS_GAP.format(n), at_most=0) for n in PROVED),
        *(Target(ROWS.format(n), at_most=1.01) for n in NEAR),
    ],
    rounds=1,
)
