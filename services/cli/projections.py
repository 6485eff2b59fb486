"""`rondo projections`: the read models of reporting, rebuilt from the logs and compared with them.

The platform may run meanwhile; the owners of the logs must, as they hand them out.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.cli.machine import HomeOption, addresses
from services.home import Home
from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.database import Database
from shared.election import Election
from shared.errors import Conflict, NotFound, Unavailable
from shared.jetstream import Link
from shared.projections import builds, jobs
from shared.projections.projection import Projection
from shared.projections.rebuild import verify as compare
from shared.refill import OwnerSilent, Refill

PROJECTIONS: dict[str, Projection] = {p.name: p for p in (SchoolPatterns(),)}
T = TypeVar("T")
_Name = Annotated[str, typer.Argument(help=f"One of: {', '.join(PROJECTIONS)}.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Read models: state, rebuild, proof.")
    group.command("list")(show)
    group.command()(rebuild)
    group.command()(rollback)
    group.command()(verify)
    app.add_typer(group, name="projections")


def show(home: HomeOption = None) -> None:
    """Each projection's builds, how far behind its sources it is, its gaps, and what was set aside."""

    async def work(db: Database, refill: Refill) -> list[str]:
        return [line for name in PROJECTIONS for line in await _told(db, refill, name)]

    sys.stdout.write("\n".join(_run(home, work)) + "\n")


async def _told(db: Database, refill: Refill, name: str) -> list[str]:
    async with db.system() as conn:
        live, previous = await builds.live_build(conn, name), await builds.previous_build(conn, name)
        if live is None:
            return [f"{name}: not built"]
        rows = await conn.fetch(
            "select source, log_seq, gaps, refilled from projections.checkpoints where schema = $1 order by source",
            live.schema,
        )
        aside, job = await jobs.set_aside(conn, name), await jobs.newest(conn, name)
        now = await conn.fetchval("select clock_timestamp()")
    lines = [f"{name}: {live.schema}" + (f" (before: {previous.schema})" if previous else "")]
    for r in rows:
        head = await refill.head(r["source"])
        lines.append(
            f"  {r['source']:<12} {r['log_seq']:>12,} of {head:>12,}   {max(head - r['log_seq'], 0):,} behind"
            f"   {r['gaps']:,} gaps, {r['refilled']:,} entries refilled"
        )
    lines += [f"  set aside: {a['source']} entry {a['log_seq']:,}, {a['type']}: {a['error']}" for a in aside]
    if job is not None:
        lines.append(f"  {job.kind}: {job.state}, {job.applied:,} of {job.total or 0:,} entries")
        if job.stands_still(now):
            why = job.error or "no reason is known: does reporting run, does a transaction hold a lock?"
            lines.append(f"  {job.kind} stands still for {job.still_for(now):,.0f} s: {why}")
    return lines


_Pace = Annotated[int | None, typer.Option(min=1, help="Entries per second at most; without it, as fast as it goes.")]


def rebuild(name: _Name, home: HomeOption = None, rate: _Pace = None) -> None:
    """Builds the read model anew beside the live one, and swaps it in. The one before is kept.

    The operators' page shows it and can pause or stop it; when this command is ended, the platform goes on with it."""
    _work_on(name, home, "rebuild", rate)


def rollback(name: _Name, home: HomeOption = None) -> None:
    """Brings the build before up to date and goes back to it. Another `rollback` comes back here."""
    _work_on(name, home, "rollback", None)


def _work_on(name: str, home: Path | None, kind: jobs.Kind, rate: int | None) -> None:
    projection = _named(name)

    async def work(db: Database, refill: Refill) -> jobs.Job:
        async with db.system() as conn:
            await jobs.ask(conn, projection, kind, events_per_second=rate)
        election = Election(db)
        rebuilder = jobs.Rebuilder(db, refill, election, [projection])
        await rebuilder.start()
        try:
            return await _watch(db, name)
        finally:
            await rebuilder.stop()
            await election.close()

    job = _run(home, work)
    if job.state != "live":
        raise Conflict(f"The {kind} of {name} was {job.state}{': ' + job.error if job.error else ''}.")
    sys.stdout.write(f"{name}: {job.schema} is live\n")


async def _watch(db: Database, name: str) -> jobs.Job:
    shown = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with shown:
        bar = shown.add_task(name, total=None)
        while True:
            async with db.system() as conn:
                job = await jobs.newest(conn, name)
            assert job is not None
            shown.update(bar, completed=job.applied, total=job.total, description=f"{name} ({job.state})")
            if not job.open:
                return job
            await asyncio.sleep(jobs.LOOK_SECONDS)


def verify(name: _Name, home: HomeOption = None) -> None:
    """Rebuilds into a scratch schema and compares it with the live one, row for row. Ends with 1 when they
    differ."""
    projection = _named(name)

    async def work(db: Database, refill: Refill) -> tuple[list[str], int]:
        found = await compare(db, refill, projection, _progress)
        async with db.system() as conn:
            aside = await jobs.set_aside(conn, name)
        return [f"{d.table}: {d.extra:,} rows too many, {d.missing:,} missing" for d in found], len(aside)

    differences, aside = _run(home, work)
    if differences:
        raise Conflict(
            f"{name} is not what its events say: {'; '.join(differences)}.",
            mend=f"Run `rondo projections rebuild {name}`.",
        )
    but = f", but for {aside:,} that are set aside (`rondo projections list`)" if aside else ""
    sys.stdout.write(f"{name}: equal to its events, row for row{but}\n")


def _named(name: str) -> Projection:
    if name not in PROJECTIONS:
        raise NotFound(f"There is no projection {name}.", mend=f"Name one of: {', '.join(PROJECTIONS)}.")
    return PROJECTIONS[name]


def _progress(source: str, at: int, head: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{source}: {at:,} of {head:,}\033[K")


def _run(home: Path | None, work: Callable[[Database, Refill], Awaitable[T]]) -> T:
    database_url, nats_url = addresses(Home(home), "reporting")

    async def connected() -> T:
        link = Link(nats_url, "rondo projections", on_closed=lambda: None)
        db = Database.open(database_url, pool_size=4, name="rondo projections")
        try:
            await link.connect(patience=5)
            await builds.prepare(db)
            return await work(db, Refill(link, "cli"))
        except TimeoutError:
            raise Unavailable("NATS does not answer.", mend="Is the platform running?") from None
        except OwnerSilent as error:
            raise Unavailable(f"A log cannot be read: {error}.", mend="Is the platform running?") from None
        except builds.NotBuilt as error:
            raise NotFound(f"{error}.", mend="Wait until the platform is ready.") from None
        finally:
            await link.close()
            await db.close()

    return asyncio.run(connected())
