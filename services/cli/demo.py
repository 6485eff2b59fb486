"""`rondo demo`: the invented district."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from services.home import Home
from shared.errors import NotFound


def register(app: typer.Typer) -> None:
    demo = typer.Typer(no_args_is_help=True, help="The invented district that `make up` brings.")
    demo.command("sign-ins")(sign_ins)
    demo.callback()(lambda: None)
    app.add_typer(demo, name="demo")


def sign_ins(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    home: Annotated[Path | None, typer.Option(help="Folder of the data; RONDO_HOME, else .rondo.")] = None,
) -> None:
    """Prints one sign-in per role."""
    held = Home(home)
    found = held.sign_ins()
    if not found:
        raise NotFound(f"There is no demo in {held.folder}.", mend="Start the platform with `make up` first.")
    if as_json:
        sys.stdout.write(json.dumps([asdict(s) for s in found], indent=1) + "\n")
        return
    for s in found:
        sys.stdout.write(f"{s.role:<18} {s.name:<26} {s.email:<42} {s.password}\n")
