"""`rondo dead-letters`: events to which a service could not react after five tries.

The list and another try go over HTTP, as the desk does. What an event failed on may tell of other districts, and
giving it up is for good: both need the service's database, that is, the machine or container that runs it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from services.cli.client import Refusal, connect
from services.cli.machine import HomeOption, addresses
from services.home import Home
from shared.database import Database
from shared.errors import NotFound
from shared.reaction_log import ReactionLog

SERVICES = ("scheduling", "rounds", "reporting")
T = TypeVar("T")
_Service = Annotated[str, typer.Argument(help=f"Which could not react: {', '.join(SERVICES)}.")]
_Source = Annotated[str, typer.Argument(help="The service whose event it is.")]
_Entry = Annotated[int, typer.Argument(min=1, help="Its number in that service's log.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Events to which a service could not react.")
    group.command("list")(listed)
    group.command()(show)
    group.command()(retry)
    group.command("retry-all")(retry_all)
    group.command()(drop)
    app.add_typer(group, name="dead-letters")


def listed(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False
) -> None:
    """Those of all services, the newest 200 of each. Ends with 0 also when there are some."""
    items = _all(context)
    if as_json:
        sys.stdout.write(json.dumps(items, indent=1) + "\n")
        return
    table = Table("service", "source", "entry", "event", "error", "put aside", box=None)
    for i in items:
        table.add_row(i["service"], i["source"], str(i["log_seq"]), i["type"], i["error"], i["put_aside_at"][:19])
    # Piped output keeps its lines whole.
    Console(width=None if sys.stdout.isatty() else 200, highlight=False).print(
        table if items else "There are no dead letters."
    )


def show(service: _Service, source: _Source, entry: _Entry, home: HomeOption = None) -> None:
    """One of them with the words of its error, which HTTP keeps to itself: run it where the service runs."""

    async def work(db: Database) -> str:
        async with db.system() as conn:
            r = await conn.fetchrow(
                "select event_id, type, error, put_aside_at from dead_letters where source = $1 and log_seq = $2",
                source,
                entry,
            )
        if r is None:
            raise _unknown(service, source, entry)
        return (
            f"{service} could not react to {source} entry {entry}, {r['type']} ({r['event_id']})\n"
            f"put aside {r['put_aside_at']:%Y-%m-%d %H:%M:%S} UTC\n{r['error']}"
        )

    sys.stdout.write(_on_database(service, home, work) + "\n")


def retry(context: typer.Context, service: _Service, source: _Source, entry: _Entry) -> None:
    """Reacts to it once more; it leaves the list when that works."""
    _retry(context, _named(service), source, entry)
    sys.stdout.write(f"{service} has reacted to {source} entry {entry}.\n")


def retry_all(context: typer.Context) -> None:
    """Reacts once more to each, in the order of their logs. Ends with 1 when some fail again."""
    items = sorted(_all(context), key=lambda i: (i["service"], i["source"], i["log_seq"]))
    failed = 0
    for i in items:
        said = f"{i['service']}, {i['source']} entry {i['log_seq']}, {i['type']}"
        try:
            _retry(context, i["service"], i["source"], i["log_seq"])
            sys.stdout.write(f"{said}: done\n")
        except Refusal as refusal:
            failed += 1
            sys.stdout.write(f"{said}: {refusal.detail}\n")
    if failed:
        sys.stderr.write(f"{failed} of {len(items)} stay; `rondo dead-letters show` tells the error of one.\n")
        raise typer.Exit(1)
    if not items:
        sys.stdout.write("There are no dead letters.\n")


def drop(
    service: _Service,
    source: _Source,
    entry: _Entry,
    home: HomeOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Gives it up: the service will never react to it. The event itself stays in its log."""
    _named(service)
    if not yes:
        typer.confirm(f"{service} will never react to {source} entry {entry}. Give it up?", abort=True)

    async def work(db: Database) -> bool:
        return await ReactionLog(db, source).settle(entry)

    if not _on_database(service, home, work):
        raise _unknown(service, source, entry)
    sys.stdout.write(f"{service} has given up {source} entry {entry}.\n")


def _all(context: typer.Context) -> list[dict[str, Any]]:
    client = connect(context)
    return [
        {"service": service} | item
        for service in SERVICES
        for item in client.get(f"/api/{service}/operations/dead-letters").json()["items"]
    ]


def _retry(context: typer.Context, service: str, source: str, entry: int) -> None:
    connect(context).post(f"/api/{service}/operations/dead-letters/{source}/{entry}/retry")


def _on_database(service: str, home: Any, work: Callable[[Database], Awaitable[T]]) -> T:
    database_url, _ = addresses(Home(home), _named(service))

    async def connected() -> T:
        db = Database.open(database_url, pool_size=1, name="rondo dead-letters")
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(connected())


def _named(service: str) -> str:
    if service not in SERVICES:
        raise NotFound(f"No service {service} reacts to events.", mend=f"Name one of: {', '.join(SERVICES)}.")
    return service


def _unknown(service: str, source: str, entry: int) -> NotFound:
    return NotFound(
        f"{service} has no dead letter {source} {entry}.", mend="`rondo dead-letters list` names those there are."
    )
