"""`rondo asyncapi`: the events of a service as an AsyncAPI 3 document."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from services.compose import SERVICES


def register(app: typer.Typer) -> None:
    app.command("asyncapi")(asyncapi)


def asyncapi(service: Annotated[str, typer.Argument(help=" | ".join(SERVICES))]) -> None:
    """Prints what a service publishes and what it reacts to, as an AsyncAPI 3 document."""
    if service not in SERVICES:
        raise typer.BadParameter(f"{service} is not one of {', '.join(SERVICES)}")
    from services.openapi import unstarted

    document = unstarted(service).asyncapi()
    sys.stdout.write(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
