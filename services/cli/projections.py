"""`rondo projections`: the read models of reporting, rebuilt from the logs and compared with them.

The platform may run meanwhile; the owners of the logs must, as they hand them out.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import quote

import typer

from services.home import Home
from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.database import Database
from shared.errors import Conflict, NotFound, Unavailable
from shared.jetstream import Link
from shared.projections import builds
from shared.projections.projection import Projection
from shared.projections.rebuild import build_and_swap
from shared.projections.rebuild import verify as compare
from shared.refill import OwnerSilent, Refill

PROJECTIONS: dict[str, Projection] = {p.name: p for p in (SchoolPatterns(),)}
T = TypeVar("T")
_Home = Annotated[Path | None, typer.Option(help="Folder of the data; RONDO_HOME, else .rondo.")]
_Name = Annotated[str, typer.Argument(help=f"One of: {', '.join(PROJECTIONS)}.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Read models: state, rebuild, proof.")
    group.command("list")(show)
    group.command()(rebuild)
    group.command()(verify)
    app.add_typer(group, name="projections")


def show(home: _Home = None) -> None:
    """Each projection's live build and how far behind its sources it is."""

    async def work(db: Database, refill: Refill) -> list[str]:
        lines = []
        for name in PROJECTIONS:
            async with db.system() as conn:
                live = await builds.live_build(conn, name)
                held = await builds.checkpoints(conn, live.schema) if live else {}
            lines.append(f"{name}: {live.schema if live else 'not built'}")
            for source, at in sorted(held.items()):
                head = await refill.head(source)
                lines.append(f"  {source:<12} {at:>12,} of {head:>12,}   {max(head - at, 0):,} behind")
        return lines

    sys.stdout.write("\n".join(_run(home, work)) + "\n")


def rebuild(name: _Name, home: _Home = None) -> None:
    """Builds the read model anew beside the live one, and swaps it in. The one before is kept."""
    projection = _named(name)

    async def work(db: Database, refill: Refill) -> str:
        return (await build_and_swap(db, refill, projection, _progress)).schema

    sys.stdout.write(f"{name}: {_run(home, work)} is live\n")


def verify(name: _Name, home: _Home = None) -> None:
    """Rebuilds into a scratch schema and compares it with the live one, row for row. Ends with 1 when they
    differ."""
    projection = _named(name)

    async def work(db: Database, refill: Refill) -> list[str]:
        found = await compare(db, refill, projection, _progress)
        return [f"{d.table}: {d.extra:,} rows too many, {d.missing:,} missing" for d in found]

    differences = _run(home, work)
    if differences:
        raise Conflict(
            f"{name} is not what its events say: {'; '.join(differences)}.",
            mend=f"Run `rondo projections rebuild {name}`.",
        )
    sys.stdout.write(f"{name}: equal to its events, row for row\n")


def _named(name: str) -> Projection:
    if name not in PROJECTIONS:
        raise NotFound(f"There is no projection {name}.", mend=f"Name one of: {', '.join(PROJECTIONS)}.")
    return PROJECTIONS[name]


def _progress(source: str, at: int, head: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{source}: {at:,} of {head:,}\033[K")


def _run(home: Path | None, work: Callable[[Database, Refill], Awaitable[T]]) -> T:
    database_url, nats_url = _addresses(Home(home))

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


def _addresses(home: Home) -> tuple[str, str]:
    """From the environment of the reporting service, else from the platform that runs on this machine."""
    database_url = os.environ.get("RONDO_REPORTING_DATABASE_URL")
    nats_url = os.environ.get("RONDO_REPORTING_NATS_URL")
    if database_url and nats_url:
        return database_url, nats_url
    try:
        port = int((home.folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[3])
        nats = json.loads((home.folder / "nats" / "nats.conf").read_text())
        user, password = nats["authorization"]["user"], nats["authorization"]["password"]
    except (OSError, ValueError, LookupError):
        raise Unavailable(
            f"No platform runs in {home.folder}.",
            mend="Start it with `make up`, or set RONDO_REPORTING_DATABASE_URL and RONDO_REPORTING_NATS_URL.",
        ) from None
    secret = quote(home.secret("reporting"), safe="")
    return (
        f"postgresql://rondo_reporting:{secret}@127.0.0.1:{port}/reporting",
        f"nats://{user}:{quote(password, safe='')}@{nats['host']}:{nats['port']}",
    )
