"""`rondo up`, and for many machines `rondo serve`, `rondo provision`, `rondo bootstrap`."""

from __future__ import annotations

import asyncio
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from services.compose import SERVICES
from services.home import Home


def register(app: typer.Typer) -> None:
    app.command("up")(up)
    app.command("serve")(serve)
    app.command("provision")(provision_databases)
    app.command("bootstrap")(bootstrap)


def up(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8000,
    empty: Annotated[bool, typer.Option("--empty", help="Without the demo district.")] = False,
    district: Annotated[str, typer.Option(help="With --empty: the name of the first district.")] = "My district",
    timezone: Annotated[str | None, typer.Option(help="With --empty: its IANA time zone, America/New_York.")] = None,
    home: Annotated[Path | None, typer.Option(help="Folder of the data; RONDO_HOME, else .rondo.")] = None,
) -> None:
    """Runs everything on this machine until Ctrl-C."""
    from services.local import Platform, serve_platform
    from services.logs import configure
    from services.server import run
    from shared.embedded import AlreadyRunning

    held = Home(home).prepare()
    began = datetime.now()
    configure(held.folder / "rondo.log")

    def ready(platform: Platform) -> None:
        seconds = (datetime.now() - began).total_seconds()
        _say(f"\nRondo is up at {platform.url}  (ready after {seconds:.1f} s; data in {held.folder}; Ctrl-C stops it)")
        _say(_sign_ins(held))

    async def work(stop: asyncio.Event) -> None:
        first = (district, timezone or _zone_of_this_machine()) if empty else None
        await serve_platform(held, port, stop, ready, _say, district=first)

    try:
        with held.held():
            _say("Starting Rondo ...")
            run(work)
            _say("\nRondo has stopped; its data stays.")
    except AlreadyRunning as error:
        _say(error.detail)


def serve(
    service: Annotated[str, typer.Argument(help=" | ".join(SERVICES))],
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Runs one service as a process of its own; its settings come from the environment (docs/settings.md)."""
    from services.logs import configure
    from services.server import run
    from services.single import serve_one

    if service not in SERVICES:
        raise typer.BadParameter(f"{service} is not one of {', '.join(SERVICES)}")
    configure()
    run(lambda stop: serve_one(service, host, port, stop))


def provision_databases(
    admin_url: Annotated[str, typer.Option(envvar="RONDO_PROVISION_ADMIN_URL", help="PostgreSQL's superuser.")],
) -> None:
    """Makes each service's database and login. Passwords: RONDO_PROVISION_IDENTITY_PASSWORD and so on."""
    from shared.provision import provision, wanted_passwords

    asyncio.run(provision(admin_url, wanted_passwords()))
    _say("Every service has its database.")


def bootstrap(
    district: Annotated[str, typer.Option(help="Name of the district.")],
    timezone: Annotated[str, typer.Option(help="Its IANA time zone, America/New_York.")],
    email: Annotated[str, typer.Option(help="Of its first administrator.")],
    password: Annotated[str | None, typer.Option(envvar="RONDO_BOOTSTRAP_PASSWORD", help="Else made.")] = None,
) -> None:
    """The first district and its administrator, with the identity service's settings (compose stack)."""
    from services.compose import build, settings_of
    from services.identity.identity import bootstrap as register_first
    from services.logs import configure
    from shared.tokens import TokenVerifier

    configure()
    chosen = password or secrets.token_urlsafe(12)
    settings = settings_of("identity")

    async def work() -> None:
        service = build("identity", settings, TokenVerifier.at(settings.jwks_url))
        await service.start()
        try:
            await register_first(
                service, district_name=district, timezone=timezone, admin_email=email, admin_password=chosen
            )
        finally:
            await service.stop()

    asyncio.run(work())
    _say(f"{district}: {email} is its administrator." + ("" if password else f" Password: {chosen}"))


def _sign_ins(home: Home) -> str:
    rows = [(s.role.replace("_", " "), s.email, s.password) for s in home.sign_ins()]
    if not rows:
        rows = [("district administrator", a.email, a.password) for a in home.administrators()]
    widths = [max(len(row[n]) for row in rows) for n in range(2)] if rows else [0, 0]
    return "\n".join(f"  {role:<{widths[0]}}  {email:<{widths[1]}}  {password}" for role, email, password in rows)


def _zone_of_this_machine() -> str:
    """IANA name of the machine's time zone, UTC where it has none."""
    from zoneinfo import available_timezones

    place = str(Path("/etc/localtime").resolve())
    name = place.split("/zoneinfo/")[-1] if "/zoneinfo/" in place else "UTC"
    return name if name in available_timezones() else "UTC"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
