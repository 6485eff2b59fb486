"""Released figures as CSV: the same cells as the JSON, the rule and the snapshot at the foot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from services.reporting.disclosure.rule import RULES, Rule
from services.reporting.releases.snapshot import Cell, ReleasedTable, Snapshot

WHOLE_ROUND = "none; the whole round"
MEDIA_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"
"""Without it Excel reads a CSV in the machine's old character set: "Peña" as "PeÃ±a"."""
HEADER = (
    "school",
    "day",
    "release",
    "definition",
    "subject",
    "category",
    "state",
    "count",
    "n",
    "unit",
    "share",
    "low",
    "high",
    "certainty",
    "words",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula (OWASP, "CSV Injection")."""
    return f"'{text}" if text.lstrip(" '\"").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def to_csv(entries: Iterable[tuple[str, Snapshot | None]], rule: Rule, filters: str = WHOLE_ROUND) -> Iterator[str]:
    """Lines for each (school's name, its snapshot). The foot says rule, filters, date and snapshot; `rule` stands there
    where nothing is released."""
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    feet: list[list[str]] = []
    for school, snapshot in entries:
        if snapshot is None:
            writer.writerow(_row(school, None, words="no figures have been released"))
        else:
            writer.writerows(rows_of(school, snapshot))
            feet.append(_foot(school, snapshot))
        yield _drain(out)
    writer.writerow([])
    for foot in feet or [[rule_line(rule), version_line(RULES), "no round is released"]]:
        writer.writerow([safe(part) for part in (*foot, f"filters: {filters}")])
    yield _drain(out)


def _drain(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def rows_of(school: str, snapshot: Snapshot) -> Iterator[list[object]]:
    """The figures of a snapshot, a row each, under HEADER."""
    for sentence in snapshot.sentences:
        yield _row(school, snapshot, words=sentence.text)
    for table in snapshot.tables:
        if table.hidden is not None:
            yield _row(school, snapshot, table, state="hidden", words=table.hidden.text)
        for cell in table.cells:
            yield _row(school, snapshot, table, cell)
        if table.rest is not None:
            yield _row(school, snapshot, table, state="hidden", words=f"other answers: {table.rest.text}")
        for cell in table.not_rated_cells:
            yield _row(school, snapshot, table, cell)


def _row(
    school: str,
    snapshot: Snapshot | None,
    table: ReleasedTable | None = None,
    cell: Cell | None = None,
    *,
    state: str = "",
    words: str = "",
) -> list[object]:
    return [
        safe(school),
        snapshot.day.isoformat() if snapshot else "",
        snapshot.release if snapshot else "",
        table.definition if table else "",
        safe(table.subject or "") if table else "",
        safe(cell.category) if cell else "",
        cell.state if cell else state,
        "" if cell is None or cell.count is None else cell.count,
        "" if table is None or table.n is None else table.n,
        table.unit if table else "",
        "" if cell is None or cell.share is None else cell.share,
        "" if cell is None or cell.low is None else cell.low,
        "" if cell is None or cell.high is None else cell.high,
        (cell.certainty or "") if cell else "",
        safe(cell.text if cell else words),
    ]


def _foot(school: str, snapshot: Snapshot) -> list[str]:
    held = [why.text for why in (snapshot.held, snapshot.older) if why]
    return [
        school,
        rule_line(snapshot.rule),
        version_line(snapshot.rules),
        f"round {snapshot.round_id} of {snapshot.day.isoformat()}",
        f"release {snapshot.release}, as of {snapshot.as_of.isoformat()}",
        f"snapshot {snapshot.snapshot_id}",
        f"intervals: {snapshot.method}, {snapshot.confidence:.0%}",
        *held,
    ]


def version_line(rules: int) -> str:
    return f"rules of what may be told: version {rules}"


def rule_line(rule: Rule) -> str:
    return f"told over at least {rule.visits} visits, {rule.classrooms} classrooms and {rule.observers} observers"
