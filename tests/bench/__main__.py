"""python -m tests.bench [--only NAME ...] [--seconds S] [--rounds N] [--out FILE]"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import pkgutil
import platform
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console
from rich.table import Table

import tests.bench
from shared.embedded import NatsServer, PostgresServer
from tests.bench.harness import Bench, BenchServers, Result, run

ROOT = Path(__file__).parent.parent.parent
DEPLOYED = {"shared_buffers": "256MB", "max_wal_size": "1GB"}
"""as docker-compose.yml has them: the 32 MB of one machine hold no index of a million events"""


def benches() -> list[Bench]:
    names = [m.name for m in pkgutil.iter_modules(tests.bench.__path__) if m.name.endswith("_bench")]
    return [importlib.import_module(f"tests.bench.{name}").BENCH for name in sorted(names)]


async def measure(chosen: list[Bench], seconds: float, console: Console) -> list[Result]:
    (ROOT / ".cache").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / ".cache"))
    postgres = PostgresServer(folder / "postgres", durable=True, settings=DEPLOYED | {"max_connections": "300"})
    nats = NatsServer(folder / "nats", durable=True)
    try:
        postgres.start()
        nats.start()
        servers = BenchServers(folder, postgres, nats)
        with console.status("...") as status:
            return [await run(b, servers, seconds, status.update) for b in chosen]
    finally:
        postgres.stop()
        nats.stop()
        shutil.rmtree(folder, ignore_errors=True)


def show(results: list[Result], console: Console) -> bool:
    """Prints figures and targets. True when every target that was measured is reached."""
    all_reached = True
    for result in results:
        fsync = sorted(result.fsync_us)
        figures = Table(
            title=f"{result.bench.name} (fdatasync {fsync[0]:,.0f}-{fsync[-1]:,.0f} us)", title_justify="left"
        )
        figures.add_column("figure")
        for heading in ("median", "lowest", "highest"):
            figures.add_column(heading, justify="right")
        for name, values in result.samples.items():
            figures.add_row(name, *(_number(v) for v in (result.medians[name], min(values), max(values))))
        for name, why in result.missing.items():
            figures.add_row(name, "not here", why, "")
        console.print(figures)
        if result.bench.targets:
            targets = Table(title="targets", title_justify="left")
            for heading in ("to reach", "reached", ""):
                targets.add_column(heading)
            for target in result.bench.targets:
                value, good = target.reached(result.medians)
                all_reached = all_reached and good is not False
                verdict = {True: "yes", False: "[bold red]NO[/]", None: "not measured"}[good]
                targets.add_row(target.words(), "" if value is None else _number(value), verdict)
            console.print(targets)
    return all_reached


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


def as_json(results: list[Result]) -> dict[str, Any]:
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cpus": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
        "benches": [
            {
                "name": r.bench.name,
                "fdatasync_us": r.fsync_us,
                "figures": {n: {"median": r.medians[n], "samples": v} for n, v in r.samples.items()},
                "missing": r.missing,
                "targets": [
                    {"to_reach": t.words(), "value": t.reached(r.medians)[0], "reached": t.reached(r.medians)[1]}
                    for t in r.bench.targets
                ],
            }
            for r in results
        ],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of benches")
    parser.add_argument("--seconds", type=float, default=2.0, help="per measure and round")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--out", type=Path, default=ROOT / "bench-results.json")
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    given = parser.parse_args()
    chosen = [b for b in benches() if not given.only or b.name in given.only]
    if given.rounds:
        chosen = [dataclasses.replace(b, rounds=given.rounds) for b in chosen]
    console = Console()
    results = uvloop.run(measure(chosen, given.seconds, console))
    all_reached = show(results, console)
    given.out.write_text(json.dumps(as_json(results), indent=1) + "\n")
    console.print(f"written to {given.out}")
    return 0 if all_reached or not given.strict else 1


if __name__ == "__main__":
    sys.exit(main())
