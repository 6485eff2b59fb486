"""Where the servers of the platform are, for commands that work on them directly: on the machine that runs it, or
in a service's container."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from services.home import Home
from shared.errors import Unavailable

HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of the data; RONDO_HOME, else .rondo.")]


def addresses(home: Home, service: str) -> tuple[str, str]:
    """PostgreSQL and NATS of `service`: from its environment, else from the platform that runs on this machine.
    Raises Unavailable where there is neither."""
    database, nats = f"RONDO_{service.upper()}_DATABASE_URL", f"RONDO_{service.upper()}_NATS_URL"
    database_url, nats_url = os.environ.get(database), os.environ.get(nats)
    if database_url and nats_url:
        return database_url, nats_url
    try:
        port = int((home.folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[3])
        conf = json.loads((home.folder / "nats" / "nats.conf").read_text())
        user, password = conf["authorization"]["user"], conf["authorization"]["password"]
    except (OSError, ValueError, LookupError):
        raise Unavailable(
            f"No platform runs in {home.folder}.", mend=f"Start it with `make up`, or set {database} and {nats}."
        ) from None
    secret = quote(home.secret(service), safe="")
    return (
        f"postgresql://rondo_{service}:{secret}@127.0.0.1:{port}/{service}",
        f"nats://{user}:{quote(password, safe='')}@{conf['host']}:{conf['port']}",
    )
