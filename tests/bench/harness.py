"""Benches: measures that run interleaved, medians, and the ratios that they must reach.

    # tests/bench/log_bench.py
    @asynccontextmanager
    async def measures(servers: BenchServers) -> AsyncIterator[dict[str, Measure]]:
        ...set up...
        async def read(seconds: float) -> dict[str, float]:
            return {"log read, events/s": n / took}
        yield {"read": read}

    BENCH = Bench("log", measures, [Target("log read, events/s", at_least=60_000)])

A measure answers one or more figures by name, unit included. All measures of a bench run once per round, one
after the other, in every round from another start, so that a slow moment of the machine hits all alike.
"""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from shared.embedded import NatsServer, PostgresServer

Measure = Callable[[float], Awaitable[Mapping[str, float]]]
"""Runs for about so many seconds; answers figures by name."""


@dataclass(frozen=True, slots=True)
class BenchServers:
    """Durable servers (fsync on, synchronous_commit on) in `folder`, which lies on the measured disk."""

    folder: Path
    postgres: PostgresServer
    nats: NatsServer

    async def database(self, name: str) -> str:
        """URL of a new, empty database."""
        import asyncpg

        conn = await asyncpg.connect(self.postgres.url())
        try:
            await conn.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            await conn.execute(f'CREATE DATABASE "{name}"')
        finally:
            await conn.close()
        return self.postgres.url(name)


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, or its ratio to another (`over`), that must reach `at_least` or stay within `at_most`."""

    figure: str
    over: str | None = None
    at_least: float | None = None
    at_most: float | None = None

    def reached(self, medians: Mapping[str, float]) -> tuple[float | None, bool | None]:
        """The value, and whether it is good; None for what was not measured."""
        figure = medians.get(self.figure)
        if figure is None:
            return None, None
        if self.over is not None:
            under = medians.get(self.over)
            if not under:
                return None, None
            figure /= under
        good = (self.at_least is None or figure >= self.at_least) and (self.at_most is None or figure <= self.at_most)
        return figure, good

    def words(self) -> str:
        bound = f">= {self.at_least:,g}" if self.at_least is not None else f"<= {self.at_most:,g}"
        return f"{self.figure} : {self.over} {bound}" if self.over else f"{self.figure} {bound}"


@dataclass(frozen=True, slots=True)
class Bench:
    """`measures` opens what it needs and yields the measures by name. `rounds`: how often each runs."""

    name: str
    measures: Callable[[BenchServers], AbstractAsyncContextManager[Mapping[str, Measure]]]
    targets: Sequence[Target] = ()
    rounds: int = 3


@dataclass(slots=True)
class Result:
    bench: Bench
    samples: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[str, str] = field(default_factory=dict)
    fsync_us: list[float] = field(default_factory=list)

    @property
    def medians(self) -> dict[str, float]:
        return {name: statistics.median(values) for name, values in self.samples.items()}


class NotHere(Exception):
    """This machine cannot run the measure; its text says why in one line."""


async def run(bench: Bench, servers: BenchServers, seconds: float, tell: Callable[[str], None]) -> Result:
    result = Result(bench)
    async with bench.measures(servers) as measures:
        names = list(measures)
        for turn in range(bench.rounds):
            result.fsync_us.append(fsync_microseconds(servers.folder))
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                if name in result.missing:
                    continue
                tell(f"{bench.name}, round {turn + 1} of {bench.rounds}: {name}")
                try:
                    figures = await measures[name](seconds)
                except NotHere as why:
                    result.missing[name] = str(why)
                    continue
                for figure, value in figures.items():
                    result.samples[figure].append(value)
    return result


def fsync_microseconds(folder: Path, times: int = 100) -> float:
    """The median time of an 8 KB write with fdatasync in `folder`."""
    took = []
    path = folder / "fsync-probe"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        for n in range(times):
            started = time.perf_counter()
            os.pwrite(handle, b"x" * 8192, (n % 64) * 8192)
            os.fdatasync(handle)
            took.append(time.perf_counter() - started)
    finally:
        os.close(handle)
        path.unlink()
    return statistics.median(took) * 1e6
