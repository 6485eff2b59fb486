"""orgs.csv and academicSessions.csv."""

from __future__ import annotations

from services.scheduling.roster.model import Org, Session
from services.scheduling.roster.reading import Reading
from services.scheduling.roster.vocabulary import ORG_KINDS, ORGS, SESSIONS
from shared.tabular.dates import DayOrder, day_order, is_numeric_date, read_day
from shared.tabular.problems import Fault, Problems, fault, value_class
from shared.tabular.table import Row, Table

NCES_DIGITS = 12
"""NCES school id: 7 digits of the district, 5 of the school (NCES CCD file documentation)."""
GONE = frozenset({"tobedeleted", "inactive", "deleted"})
"""`inactive` is OneRoster 1.0's word, which exports still use."""
ISO_MEND = fault("iso_date")


def nces_id(text: str) -> str | None:
    """The NCES school id in `text`; 11 digits are one whose leading zero a spreadsheet ate."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) in (NCES_DIGITS - 1, NCES_DIGITS):
        return digits.zfill(NCES_DIGITS)
    return None


def gone(row: Row, table: Table, problems: Problems) -> bool:
    """True when the row's status says that the thing is no more."""
    status = row["status"].lower()
    if status in GONE:
        return True
    if status in ("", "active"):
        return False
    problems.warning(
        "status",
        table.file,
        fault("status"),
        fault("write_status"),
        line=row.line,
        column="status",
        value=value_class(row["status"]),
    )
    return False


def read_orgs(reading: Reading) -> dict[str, Org]:
    table = reading.open("orgs", ORGS, ("sourcedId", "name", "type"))
    orgs: dict[str, Org] = {}
    if table is None:
        return orgs
    problems = reading.problems
    for row in table.rows():
        sourced_id, kind = row["sourcedId"], row["type"].lower()
        if not sourced_id:
            _left_out(table, row, "sourcedId", problems)
            continue
        deleted = gone(row, table, problems)
        if kind not in ORG_KINDS and not deleted:
            problems.warning(
                "org_type",
                table.file,
                fault("org_type"),
                fault("write_org_type"),
                line=row.line,
                column="type",
                value=value_class(row["type"]),
            )
            continue
        if not row["name"] and not deleted:
            _left_out(table, row, "name", problems)
            continue
        org = Org(
            sourced_id,
            row["name"][:200],
            kind,
            nces_id(row["identifier"]) if kind == "school" else None,
            row["parentSourcedId"] or None,
            deleted,
            row.line,
        )
        if _twice(orgs.get(sourced_id), org, table, row, problems):
            continue
        orgs[sourced_id] = org
    reading.done(table)
    _parents(orgs, reading, table)
    return orgs


def _twice(held: Org | None, org: Org, table: Table, row: Row, problems: Problems) -> bool:
    if held is None:
        return False
    same = (held.name, held.kind, held.nces_id, held.parent, held.deleted) == (
        org.name,
        org.kind,
        org.nces_id,
        org.parent,
        org.deleted,
    )
    if same:
        problems.note("row_twice", table.file, fault("row_twice"), fault("nothing_to_do"), line=row.line)
    else:
        problems.warning(
            "id_twice",
            table.file,
            fault("id_twice", line=held.line or 0),
            fault("keep_row"),
            line=row.line,
            column="sourcedId",
        )
    return True


def _parents(orgs: dict[str, Org], reading: Reading, table: Table) -> None:
    for org in orgs.values():
        if org.parent and org.parent not in orgs and org.parent not in reading.known.orgs:
            reading.problems.note(
                "dangling",
                table.file,
                fault("no_parent"),
                fault("export_parent"),
                line=org.line,
                column="parentSourcedId",
            )


def _left_out(table: Table, row: Row, column: str, problems: Problems) -> None:
    problems.warning(
        "cell_empty",
        table.file,
        fault("cell_empty", column=column),
        fault("fill_in", column=column),
        line=row.line,
        column=column,
        value=value_class(""),
    )


def column_order(rows: list[Row], columns: tuple[str, ...]) -> DayOrder | None:
    """One order for the date columns of a file: one program wrote them."""
    return day_order(row[c] for row in rows for c in columns)


def uncertain_date(table: Table, row: Row, column: str, problems: Problems, then: Fault) -> None:
    """Reports a date that is none, or that could be read two ways."""
    two_ways = is_numeric_date(row[column])
    problems.warning(
        "date_two_ways" if two_ways else "date",
        table.file,
        fault("date_two_ways" if two_ways else "no_date", then=then),
        ISO_MEND,
        line=row.line,
        column=column,
        value=fault("value.two_ways") if two_ways else value_class(row[column]),
    )


def read_sessions(reading: Reading) -> tuple[Session, ...]:
    table = reading.open("academicSessions", SESSIONS, ("sourcedId", "title", "startDate", "endDate"))
    if table is None:
        return ()
    rows = list(table.rows())
    reading.done(table)
    order = column_order(rows, ("startDate", "endDate"))
    if order and any(is_numeric_date(r["startDate"]) for r in rows):
        said = fault("day_first" if order == "dmy" else "month_first")
        reading.problems.note("date_order", table.file, fault("date_order", order=said), ISO_MEND)
    found: list[Session] = []
    for row in rows:
        if gone(row, table, reading.problems):
            continue
        start, end = read_day(row["startDate"], order), read_day(row["endDate"], order)
        for column, day in (("startDate", start), ("endDate", end)):
            if day is None:
                uncertain_date(table, row, column, reading.problems, fault("then.term_out"))
        if start is None or end is None or not row["sourcedId"]:
            continue
        if end < start:
            reading.problems.warning(
                "dates_swapped",
                table.file,
                fault("dates_swapped"),
                fault("correct_dates"),
                line=row.line,
                column="endDate",
            )
            continue
        found.append(Session(row["sourcedId"], row["title"][:200], start, end))
    return tuple(found)
