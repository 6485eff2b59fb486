"""An import's report on a terminal: what changes as a table, every problem with its mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.cli.client import Refusal

_SIGN = {"added": "+", "changed": "~", "deactivated": "-", "removed": "-"}
_SHOWN = 40
Report = Mapping[str, Any]


def report(console: Console, body: Report) -> None:
    """Headline, changes, problems; for a held import how to approve it."""
    console.print(headline(body))
    if body.get("kind") == "observations":
        _rounds(console, body)
    else:
        _changes(console, body)
        _files(console, body)
    problems(console, body.get("problems") or [], body.get("problems_total", 0))
    _districts(console, body)
    if body.get("status") == "held":
        console.print(
            f"Held: {escape(body['held_because'])} Nothing was changed.\n"
            f"  rondo import approve {body['import_id']}    to deactivate those who are missing\n"
            f"  rondo import reject {body['import_id']}     to throw the file away"
        )


def _districts(console: Console, body: Report) -> None:
    """The districts of a file of which all were taken."""
    named: Mapping[str, int] = body.get("districts") or {}
    if len(named) > 1 and body["added"] + body["changed"] + body["unchanged"] >= sum(named.values()):
        console.print(f"The file holds {len(named)} districts; for one of them: --district NAME")
        console.print("  " + escape(", ".join(f"{name} ({count})" for name, count in sorted(named.items()))))


def _files(console: Console, body: Report) -> None:
    for used, what in ((True, "Read"), (False, "Never opened")):
        names = [
            f["name"] + (f" ({f['mode']}, {f['rows']} row{'s' * (f['rows'] != 1)})" if used else "")
            for f in body.get("files") or []
            if f["used"] is used
        ]
        if names:
            console.print(f"{what}: {', '.join(names)}.")


def headline(body: Report) -> str:
    """One line: what happened, with the counts."""
    if body.get("kind") == "observations":
        what = {"dry_run": "Would import", "applied": "Imported", "unchanged": "Nothing new:"}[body["status"]]
        return (
            f"{what} {body['visits']} visits ({body['known_before']} known before), {body['ratings']} ratings, "
            f"{body['statements']} statements ({body['judgmental']} marked judgmental). "
            "Names and addresses were dropped."
        )
    if not body.get("applicable", True):
        return "This file cannot be imported."
    said = {"dry_run": "If imported:", "applied": "Applied:", "held": "Held back:", "rejected": "Rejected:"}
    what = said[body["status"]]
    parts = []
    if "schools" not in body:  # the calendar and the other files of the stage
        counts = {k: body[k] for k in ("added", "changed", "removed", "unchanged")}
        return f"{what} {', '.join(f'{n} {k}' for k, n in counts.items() if n) or 'nothing'}."
    for name in ("schools", "people"):
        counts = body[name]
        if any(counts.values()):
            parts.append(f"{name}: " + ", ".join(f"{counts[k]} {k}" for k in counts))
    return f"{what} {'; '.join(parts) or 'nothing'}."


def nothing(body: Report) -> bool:
    """True when there is nothing to import."""
    if body.get("kind") == "observations":
        return not body["visits"]
    return not (body["added"] or body["changed"] or body.get("deactivated") or body.get("removed"))


def refused(console: Console, refusal: Refusal) -> None:
    console.print(f"[bold]{escape(refusal.title)}[/]: {escape(refusal.detail)}")
    listed = [p for p in refusal.extra.get("problems") or [] if "severity" in p]
    if listed:
        problems(console, listed, refusal.extra.get("problems_total", len(listed)))
    elif refusal.mend:
        console.print(escape(refusal.mend))


def problems(console: Console, listed: Sequence[Report], total: int) -> None:
    if not listed:
        return
    for p in listed:
        at = [p["file"], *([f"line {p['line']}"] if p.get("line") else [])]
        at += [f"column {p['column']}"] if p.get("column") else []
        value = f" (there: {p['value']})" if p.get("value") else ""
        console.print(
            f"  {p['severity']:<7} {escape(', '.join(at))}: {escape(p['detail'] + value)} {escape(p['mend'])}"
        )
    if total > len(listed):
        console.print(f"... and {total - len(listed)} more of the same kinds.")


def _changes(console: Console, body: Report) -> None:
    diffs = body.get("diffs") or []
    if not diffs:
        return
    if "fields" not in diffs[0]:
        table = Table("", "", "before", "after", box=None)
        for d in diffs[:_SHOWN]:
            table.add_row(_SIGN[d["change"]], *(escape(d[k] or "") for k in ("label", "before", "after")))
        _print_changes(console, table, body)
        return
    table = Table("", "", "", "field", "before", "after", box=None)
    for d in diffs[:_SHOWN]:
        fields = d["fields"] or [{"field": "", "before": "", "after": ""}]
        for n, f in enumerate(fields):
            head = (_SIGN[d["change"]], d["object"], escape(d["label"])) if n == 0 else ("", "", "")
            table.add_row(*head, f["field"], escape(f["before"] or ""), escape(f["after"] or ""))
    _print_changes(console, table, body)


def _print_changes(console: Console, table: Table, body: Report) -> None:
    console.print(table)
    if body["diffs_total"] > _SHOWN:
        console.print(f"... and {body['diffs_total'] - _SHOWN} more.")


def _rounds(console: Console, body: Report) -> None:
    table = Table("occasion", "days", "visits", "classrooms", "observers", box=None)
    for r in body["rounds"]:
        days = r["first_day"] if r["first_day"] == r["last_day"] else f"{r['first_day']} to {r['last_day']}"
        table.add_row(escape(r["occasion"] or "-"), days, *(str(r[k]) for k in ("visits", "classrooms", "observers")))
    if body["rounds"]:
        console.print(table)
    if body["columns_dropped"]:
        console.print(f"Columns that nothing was taken from: {len(body['columns_dropped'])}.")
