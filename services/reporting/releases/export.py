"""Released figures as CSV: the same cells as the JSON, the rule and the snapshot at the foot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from services.reporting.disclosure.rule import RULES, Hidden, Rule
from services.reporting.handout.document import Teller, foot
from services.reporting.handout.words import RoundWords
from services.reporting.releases.snapshot import Cell, ReleasedTable, Snapshot
from shared.said import Said, say
from shared.wording import Wording

WHOLE_ROUND = say("reporting.csv.whole_round")
ENGLISH = Wording()
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


def to_csv(
    entries: Iterable[tuple[str, Snapshot | None]], rule: Rule, filters: Said = WHOLE_ROUND, words: Wording = ENGLISH
) -> Iterator[str]:
    """Lines for each (school's name, its snapshot). The foot says rule, filters, date and snapshot; `rule` stands there
    where nothing is released. `words`: the language of what is told in words; columns and codes stay."""
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    feet: list[list[str]] = []
    for school, snapshot in entries:
        if snapshot is None:
            writer.writerow(_row(school, None, told=say("reporting.csv.no_figures")[words.language]))
        else:
            writer.writerows(rows_of(school, snapshot, words))
            feet.append(_foot(school, snapshot, words))
        yield _drain(out)
    writer.writerow([])
    least, none = rule_line(rule)[words.language], say("reporting.csv.no_round")[words.language]
    for parts in feet or [[least, version_line(RULES)[words.language], none]]:
        told = say("reporting.csv.filters", what=filters)[words.language]
        writer.writerow([safe(part) for part in (*parts, told)])
    yield _drain(out)


def _drain(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def rows_of(school: str, snapshot: Snapshot, words: Wording = ENGLISH) -> Iterator[list[object]]:
    """The figures of a snapshot, a row each, under HEADER."""
    tell = Teller(RoundWords(), words)
    for sentence in snapshot.sentences:
        yield _row(school, snapshot, told=sentence.text if words.language == "en" else tell.sentence(sentence))
    for table in snapshot.tables:
        if table.hidden is not None:
            yield _row(school, snapshot, table, state="hidden", told=why_told(table.hidden, words))
        for cell in table.cells:
            yield _row(school, snapshot, table, cell, told=cell_told(cell, table.n, table.unit, words))
        if table.rest is not None:
            why = why_told(table.rest, words)
            rest = say("reporting.csv.other_answers", why=why)[words.language]
            yield _row(school, snapshot, table, state="hidden", told=rest)
        for cell in table.not_rated_cells:
            yield _row(school, snapshot, table, cell, told=cell_told(cell, None, table.unit, words))


def cell_told(cell: Cell, n: int | None, unit: str, words: Wording) -> str:
    """What the cell tells, in words; without `n`, of answers outside of it."""
    if words.language == "en":
        return cell.text
    if cell.why is not None:
        return why_told(cell.why, words)
    of = words.t(f"figures.unit.{unit}")
    if n is None:
        return f"{cell.count} {of}"
    if cell.at_most is not None:
        return f"{words.t('figures.at_most', bound=cell.at_most, n=n)} {of}"
    if cell.at_least is not None:
        return f"{words.t('figures.at_least', bound=cell.at_least, n=n)} {of}"
    return f"{words.t('figures.of_n', count=cell.count, n=n)} {of}"


def why_told(hidden: Hidden, words: Wording) -> str:
    return hidden.text if words.language == "en" else words.t(f"figures.hidden.{hidden.key}", n=hidden.n)


def _row(
    school: str,
    snapshot: Snapshot | None,
    table: ReleasedTable | None = None,
    cell: Cell | None = None,
    *,
    state: str = "",
    told: str = "",
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
        safe(told),
    ]


def _foot(school: str, snapshot: Snapshot, words: Wording) -> list[str]:
    held = [why_told(why, words) for why in (snapshot.held, snapshot.older) if why]
    if words.language != "en":
        rule, _, known, made = foot(snapshot, words)
        return [school, rule, f"{snapshot.round_id} ({snapshot.day.isoformat()})", known, made, *held]
    return [
        school,
        rule_line(snapshot.rule).en,
        version_line(snapshot.rules).en,
        f"round {snapshot.round_id} of {snapshot.day.isoformat()}",
        f"release {snapshot.release}, as of {snapshot.as_of.isoformat()}",
        f"snapshot {snapshot.snapshot_id}",
        f"intervals: {snapshot.method}, {snapshot.confidence:.0%}",
        *held,
    ]


def version_line(rules: int) -> Said:
    return say("reporting.csv.rules", version=rules)


def rule_line(rule: Rule) -> Said:
    return say("reporting.csv.rule", visits=rule.visits, classrooms=rule.classrooms, observers=rule.observers)
