"""`rondo instruments`: XLSForm in and out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from services.cli.client import connect
from shared.errors import NotFound

_PATH = "/api/rounds/instruments"


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Instruments: list, bring in an XLSForm, write one out, publish.")
    group.command("list")(listed)
    group.command("import")(bring_in)
    group.command("export")(write_out)
    group.command("publish")(publish)
    app.add_typer(group, name="instruments")


def listed(context: typer.Context) -> None:
    """The instruments that rounds can pin, and the district's drafts."""
    page = connect(context).get(_PATH).json()
    table = Table("key", "version", "title", "items", box=None)
    for i in page["items"]:
        table.add_row(i["key"], str(i["version"]), i["title"]["en"], str(i["items"]))
    for d in page["drafts"]:
        table.add_row(d["key"], "draft", d["title"]["en"] or d["title"]["es"], "")
    Console().print(table)


def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An XLSForm: .xlsx or .xls.", show_default=False)],
    key: Annotated[str | None, typer.Option(help="Without it: made of the form's id.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would come in; keep nothing.")] = False,
) -> None:
    """An XLSForm as a draft; what it cannot carry is listed."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.") from None
    params = {"dry_run": str(dry_run).lower()} | ({"key": key} if key else {})
    told = connect(context).post(f"{_PATH}/xlsform", params=params, files={"file": (file.name, data)}).json()
    items = len(told["draft"]["items"])
    sys.stdout.write(f"{'Would keep' if dry_run else 'Kept'} {items} items as the draft “{told['key']}”.\n")
    if told["not_carried"]:
        sys.stdout.write("Not carried:\n")
    for n in told["not_carried"]:
        place = f"{n['sheet']}" + (f" row {n['row']}" if n["row"] else "") + (f" {n['column']}" if n["column"] else "")
        sys.stdout.write(f"  {place}: {n['detail']}\n")
    missing = [k for k in told["lacks"] if k["refuses"]]
    if missing:
        sys.stdout.write("Missing before it can be published:\n")
    for k in missing:
        sys.stdout.write(f"  {k['where']}: {k['detail']}\n")


def write_out(
    context: typer.Context,
    key: str,
    version: int,
    to: Annotated[Path | None, typer.Option("--to", help="The file to write; without it KEY.vN.xlsx here.")] = None,
) -> None:
    """A version as an XLSForm."""
    answer = connect(context).get(f"{_PATH}/{key}/{version}/xlsform")
    target = to or Path(f"{key}.v{version}.xlsx")
    target.write_bytes(answer.content)
    sys.stdout.write(f"Wrote {target}.\n")


def publish(context: typer.Context, key: str) -> None:
    """The draft as the next version, for ever."""
    told = connect(context).post(f"{_PATH}/{key}/publish").json()
    sys.stdout.write(f"Published {told['key']} version {told['version']}.\n")
