"""One row per released cell, the same columns in JSON, CSV and Parquet. What is hidden has its reason and no number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.reporting.district.difference import SchoolDifference
from services.reporting.releases.changes import Change
from services.reporting.releases.export import safe
from services.reporting.releases.snapshot import Cell, ReleasedTable, Snapshot

CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"


class Row(BaseModel):
    """A released share. The field descriptions are the data dictionary."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID = Field(description="the school")
    school: str = Field(description="its name when the extract was made")
    round_id: UUID = Field(description="the round")
    day: date = Field(description="its day, in the district's time zone")
    release: int = Field(description="which release of the round, from 1; a later one takes up corrections")
    snapshot_id: UUID = Field(description="the frozen snapshot that the figure stands in")
    as_of: datetime = Field(description="when the newest event that it knows was recorded, UTC")
    instrument: str = Field(description="key and version of the instrument")
    definition: str = Field(description="what is counted: a heading of docs/figures.md")
    subject: str | None = Field(description="the core element, focus question or look-for that it is about")
    category: str = Field(
        description="the category whose share it is; `with` for a share of visits, `other` for answers that are "
        "not named, empty where the table is hidden whole"
    )
    unit: str = Field(description="what one unit is: visit, statement, answer or interval")
    state: str = Field(description="told, coded (only a bound is told) or hidden")
    n: int | None = Field(description="units counted; empty when hidden")
    not_rated: int | None = Field(
        description="answers of the look-for outside of n: not observed or not applicable; empty for other tables"
    )
    count: int | None = Field(description="units that have it; only when told")
    share: float | None = Field(description="count / n, 0 to 1; only when told")
    low: float | None = Field(description="lower limit of the 95 % interval, rounded outwards; only when told")
    high: float | None = Field(description="upper limit of the 95 % interval, rounded outwards; only when told")
    certainty: str | None = Field(description="fair, rough or too_few_to_say; see docs/figures.md")
    at_most: int | None = Field(description="the most units that may have it; only when coded so")
    at_least: int | None = Field(description="the least units that have it; only when coded so")
    why: str | None = Field(description="why it is hidden, a key of docs/figures.md")


COLUMNS = tuple(Row.model_fields)


class Moved(BaseModel):
    """A share of a school's page at the ends of two days; a school without one has a single row that says so."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID = Field(description="the school")
    school: str = Field(description="its name on the later day")
    from_day: date = Field(description="the earlier day, in the district's time zone")
    to_day: date = Field(description="the later day")
    state: str = Field(
        description="none: nothing was released by the later day; first: nothing by the earlier; same: one release "
        "on both; changed"
    )
    before_snapshot_id: UUID | None = Field(description="the frozen snapshot that the page led with on the earlier day")
    after_snapshot_id: UUID | None = Field(description="that of the later day")
    before_round_day: date | None = Field(description="the day of the earlier one's round")
    after_round_day: date | None = Field(description="the day of the later one's round")
    definition: str | None = Field(description="what is counted: a heading of docs/figures.md; empty unless changed")
    subject: str | None = Field(description="the core element, focus question or look-for that it is about")
    category: str | None = Field(description="the category whose share it is; `with` for a share of visits")
    told: str | None = Field(description="told, or cannot_say: one of the two hides or bounds it, or lacks it")
    before: float | None = Field(description="share on the earlier day, 0 to 1; only when told")
    after: float | None = Field(description="share on the later day, 0 to 1; only when told")
    difference: float | None = Field(description="after less before, -1 to 1; only when told")
    low: float | None = Field(description="lower limit of the 95 % interval of the difference; only when told")
    high: float | None = Field(description="upper limit of the 95 % interval of the difference; only when told")
    verdict: str | None = Field(description="more, less or no_clear_change; only when told")


def moved_of(found: SchoolDifference, from_day: date, to_day: date) -> Iterator[Moved]:
    nothing = dict.fromkeys(Change.model_fields)
    for change in found.changes or (None,):
        told = change.model_dump() if change else nothing
        yield Moved(
            school_id=found.school_id,
            school=found.name,
            from_day=from_day,
            to_day=to_day,
            state=found.state,
            before_snapshot_id=found.before.snapshot_id if found.before else None,
            after_snapshot_id=found.after.snapshot_id if found.after else None,
            before_round_day=found.before.day if found.before else None,
            after_round_day=found.after.day if found.after else None,
            told=told.pop("state"),
            **told,
        )


def rows_of(school: str, snapshot: Snapshot) -> Iterator[Row]:
    for table in snapshot.tables:
        if table.hidden is not None:
            yield _row(school, snapshot, table, Cell(category="", state="hidden", why=table.hidden, text=""))
        for cell in table.cells:
            yield _row(school, snapshot, table, cell)
        if table.rest is not None:
            yield _row(school, snapshot, table, Cell(category="other", state="hidden", why=table.rest, text=""))


def _row(school: str, snapshot: Snapshot, table: ReleasedTable, cell: Cell) -> Row:
    return Row(
        school_id=snapshot.school_id,
        school=school,
        round_id=snapshot.round_id,
        day=snapshot.day,
        release=snapshot.release,
        snapshot_id=snapshot.snapshot_id,
        as_of=snapshot.as_of,
        instrument=f"{snapshot.instrument} {snapshot.instrument_version}",
        definition=table.definition,
        subject=table.subject,
        category=cell.category,
        unit=table.unit,
        state=cell.state,
        n=table.n,
        not_rated=table.not_rated,
        count=cell.count,
        share=cell.share,
        low=cell.low,
        high=cell.high,
        certainty=cell.certainty,
        at_most=cell.at_most,
        at_least=cell.at_least,
        why=cell.why.key if cell.why else None,
    )


def dictionary(form: type[BaseModel] = Row) -> list[dict[str, str]]:
    """Column, type, meaning."""
    properties = form.model_json_schema()["properties"]
    return [{"column": name, "type": _type(p), "meaning": p["description"]} for name, p in properties.items()]


def _type(schema: dict[str, Any]) -> str:
    parts = schema.get("anyOf", [schema])
    return " or empty".join(p.get("format", p["type"]) for p in parts if p.get("type") != "null") + (
        ", may be empty" if len(parts) > 1 else ""
    )


def to_csv(rows: Iterable[BaseModel], form: type[BaseModel] = Row) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(form.model_fields)
    for row in rows:
        writer.writerow([_plain(value) for value in row.model_dump(mode="json").values()])
    return out.getvalue()


def _plain(value: object) -> object:
    return "" if value is None else safe(value) if isinstance(value, str) else value


def to_parquet(rows: Iterable[BaseModel], form: type[BaseModel] = Row) -> bytes:
    """Typed columns; the data dictionary stands in each column's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"int": pa.int64(), "float": pa.float64(), "date": pa.date32(), "datetime": pa.timestamp("us", tz="UTC")}
    fields = []
    for name, held in form.model_fields.items():
        kind = next((k for word, k in kinds.items() if word in _words(held.annotation)), pa.string())
        fields.append(pa.field(name, kind, metadata={"description": held.description or ""}))
    columns: dict[str, list[object]] = {name: [] for name in form.model_fields}
    for row in rows:
        for name in columns:
            value = getattr(row, name)
            columns[name].append(str(value) if isinstance(value, UUID) else value)
    told = {"title": (form.__doc__ or "").partition("\n")[0], "dictionary": "description of each field"}
    schema = pa.schema(fields, metadata=told)
    table = pa.table([pa.array(columns[f.name], type=f.type) for f in fields], schema=schema)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _words(annotation: object) -> set[str]:
    """The names of the types in an annotation: `int | None` -> {"int", "None"}."""
    name = getattr(annotation, "__name__", None) if isinstance(annotation, type) else str(annotation)
    return {part.strip().rpartition(".")[2] for part in (name or "").split("|")}
