"""`rondo import`: rosters, schools and earlier observations, from files."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from services.cli import imports_told as told
from services.cli.client import Client, Refusal, connect
from services.cli.sending import told as sending
from shared.errors import Invalid, NotFound

HELD = 5
"""Exit code of an import that waits for approval."""
_SCHEDULING = "/api/scheduling/imports"
_OBSERVATIONS = "/api/rounds/imports/observations"
_NAMED = 12  # schools of a refusal, at most
_VISITS_ADDED = {"kind": "observations", "status": "applied", "changed": 0, "deactivated": 0}

File = Annotated[Path, typer.Argument(help="The file.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before changing anything.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Bring in a district: schools, people, earlier observations.")
    group.command("roster")(roster)
    group.command("schools")(schools)
    group.command("observations")(observations)
    group.command("mapping")(mapping)
    group.command("calendar")(calendar)
    group.command("stage")(stage)
    group.command("list")(history)
    group.command("show")(show)
    group.command("approve")(approve)
    group.command("reject")(reject)
    app.add_typer(group, name="import")


def roster(context: typer.Context, file: File, dry_run: DryRun = False, yes: Yes = False) -> None:
    """A OneRoster 1.1 or 1.2 zip (or a folder with its files), bulk or delta."""
    _send(context, f"{_SCHEDULING}/roster", file, {}, dry_run=dry_run, yes=yes)


def schools(
    context: typer.Context,
    file: File,
    of_district: Annotated[
        str | None, typer.Option("--district", help="Name or code of one district out of a state's file.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="The file lists all schools; others have closed.")] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """A school directory: GeoJSON FeatureCollection or CSV."""
    params = {"full": str(full).lower()} | ({"district": of_district} if of_district else {})
    _send(context, f"{_SCHEDULING}/schools", file, params, dry_run=dry_run, yes=yes)


def observations(
    context: typer.Context,
    file: File,
    instrument: Annotated[str | None, typer.Option(help="The shipped mapping for this form: ipg, ...")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="A mapping of your own (YAML), for a form that none is shipped for.")
    ] = None,
    school: Annotated[str | None, typer.Option(help="School that was visited: its name or id.")] = None,
    school_in_file: Annotated[
        str | None, typer.Option("--school-in-file", help="Its name as the file writes it, where that differs.")
    ] = None,
    day_order: Annotated[str | None, typer.Option(help="dmy or mdy, for dates that the file leaves open.")] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """A spreadsheet of earlier observations (CSV), through the mapping of its form."""
    if (instrument is None) == (mapping is None):
        raise Invalid(
            "Nothing, or two things, say what the columns of the file mean.",
            mend="Name a shipped form with --instrument, or your own with --mapping FILE.yaml.",
        )
    beside = {"mapping": _read(mapping)} if mapping else {}
    client = connect(context)
    params = {"school_id": _school(client, school)} | ({"instrument": instrument} if instrument else {})
    params |= {"school": school_in_file} if school_in_file else {}
    params |= {"day_order": day_order} if day_order else {}
    _send(context, _OBSERVATIONS, file, params, dry_run=dry_run, yes=yes, client=client, beside=beside)


def mapping(
    context: typer.Context,
    instrument: Annotated[str, typer.Argument(help="Key of a published instrument.")],
    version: Annotated[int, typer.Option(help="Which of its versions.")] = 1,
) -> None:
    """Prints a mapping to begin with, for a form whose answers are to feed an instrument."""
    asked = {"instrument": instrument, "version": version}
    sys.stdout.write(connect(context).get("/api/rounds/imports/mappings/template", params=asked).text)


def calendar(
    context: typer.Context,
    file: File,
    full: Annotated[
        bool, typer.Option("--full", help="The file is the whole year: marked days that it lacks are cleared.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """The district's calendar (.ics): days without school, early release, late starts, testing, the school year."""
    _send(context, f"{_SCHEDULING}/calendar", file, {"full": str(full).lower()}, dry_run=dry_run, yes=yes)


def stage(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="observers, availability, bells, classrooms, hosts, travel or networks.")],
    file: File,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """A spreadsheet (CSV) that planning needs; docs/calendars.md lists the columns of each kind."""
    _send(context, f"{_SCHEDULING}/stage/{kind}", file, {}, dry_run=dry_run, yes=yes)


def history(context: typer.Context) -> None:
    """The latest imports of rosters, schools and earlier observations."""
    client = connect(context)
    items = client.get(_SCHEDULING).json()["items"]
    items += [_VISITS_ADDED | i | {"added": i["visits"]} for i in client.get(_OBSERVATIONS).json()["items"]]
    items.sort(key=lambda i: str(i["created_at"]), reverse=True)
    table = Table("import", "when", "kind", "file", "status", "added", "changed", "deactivated", box=None)
    for i in items:
        table.add_row(
            *(str(i[k]) for k in ("import_id", "created_at", "kind", "file_name", "status")),
            *(str(i[k]) for k in ("added", "changed", "deactivated")),
        )
    _console().print(table if items else "Nothing was imported yet.")


def show(context: typer.Context, import_id: UUID) -> None:
    """One import with all that it changed, or would."""
    client = connect(context)
    try:
        body = client.get(f"{_SCHEDULING}/{import_id}").json()
    except Refusal as refusal:
        if refusal.code != HTTPStatus.NOT_FOUND:
            raise
        body = client.get(f"{_OBSERVATIONS}/{import_id}").json()
    told.report(_console(), body)


def approve(context: typer.Context, import_id: UUID) -> None:
    """Applies an import that was held because the file lacks many who are known."""
    told.report(_console(), connect(context).post(f"{_SCHEDULING}/{import_id}/approve").json())


def reject(context: typer.Context, import_id: UUID) -> None:
    """Throws a held import away."""
    connect(context).post(f"{_SCHEDULING}/{import_id}/reject")
    sys.stdout.write("Rejected; nothing was changed and nothing of the file is kept.\n")


def _send(
    context: typer.Context,
    path: str,
    file: Path,
    params: dict[str, str],
    *,
    dry_run: bool,
    yes: bool,
    client: Client | None = None,
    beside: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
) -> None:
    name, data = _read(file)
    client = client or connect(context)
    console = _console()

    def send(dry: bool) -> dict[str, Any]:
        with sending(data, "Reading and comparing" if dry else "Reading, comparing and storing") as content:
            files = {"file": (name, content), **beside}
            answer = client.post(path, params=params | {"dry_run": str(dry).lower()}, files=files)
        body: dict[str, Any] = answer.json()
        return body

    try:
        ask = not yes and sys.stdin.isatty() and sys.stdout.isatty()
        if dry_run or ask:
            body = send(True)
            told.report(console, body)
            if not body.get("applicable", True):
                raise typer.Exit(1)
            if dry_run or told.nothing(body) or not typer.confirm("Import this?"):
                return
        body = send(False)
    except Refusal as refused:
        told.refused(console, refused)
        raise typer.Exit(1) from None
    if not ask or body["status"] == "held":
        told.report(console, body)
    else:
        console.print(told.headline(body))
    if body["status"] == "held":
        raise typer.Exit(HELD)


def _read(file: Path) -> tuple[str, bytes]:
    """The file's name and bytes; a folder of CSV files as a zip."""
    try:
        if not file.is_dir():
            return file.name, file.read_bytes()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in sorted(file.iterdir()):
                if one.is_file():
                    archive.write(one, one.name)
        return f"{file.name}.zip", out.getvalue()
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}.", mend="Check the path.") from None


def _school(client: Client, said: str | None) -> str:
    """The id of the school that `said` names; the only one there is, when nothing was said."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = client.get(
            "/api/scheduling/schools", params={"limit": 1000} | ({"after": after} if after else {})
        ).json()
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    if said is None:
        fits = found
    else:
        fits = [s for s in found if said.casefold() in (s["name"].casefold(), s["school_id"], s["nces_id"])]
        fits = fits or [s for s in found if said.casefold() in s["name"].casefold()]
    if len(fits) == 1:
        return str(fits[0]["school_id"])
    of = fits or found
    names = ", ".join([*(s["name"] for s in of[:_NAMED]), *(["..."] if len(of) > _NAMED else [])])
    names = names or "none; import the schools first"
    what = f"named {said}" if said else "to choose by itself"
    raise NotFound(f"There is no single school {what} (there are {len(of)}: {names}).", mend="Name it with --school.")


def _console() -> Console:
    # Piped output keeps its lines whole: a table cut at 80 columns cannot be searched.
    return Console(width=None if sys.stdout.isatty() else 200, soft_wrap=not sys.stdout.isatty(), highlight=False)
