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
from shared.wording import Wording

CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"
_ENGLISH = Wording("en")


def _column(key: str) -> Any:  # as pydantic's own Field
    """A column whose meaning stands in the catalogue."""
    return Field(description=_ENGLISH.t(f"columns.{key}"))


class Row(BaseModel):
    """A released share. The data dictionary stands in the catalogue, `columns`."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID = _column("school_id")
    school: str = _column("school")
    round_id: UUID = _column("round_id")
    day: date = _column("day")
    release: int = _column("release")
    snapshot_id: UUID = _column("snapshot_id")
    as_of: datetime = _column("as_of")
    instrument: str = _column("instrument")
    definition: str = _column("definition")
    subject: str | None = _column("subject")
    category: str = _column("category")
    unit: str = _column("unit")
    state: str = _column("state")
    n: int | None = _column("n")
    not_rated: int | None = _column("not_rated")
    count: int | None = _column("count")
    share: float | None = _column("share")
    low: float | None = _column("low")
    high: float | None = _column("high")
    certainty: str | None = _column("certainty")
    at_most: int | None = _column("at_most")
    at_least: int | None = _column("at_least")
    why: str | None = _column("why")


COLUMNS = tuple(Row.model_fields)


class Moved(BaseModel):
    """A share of a school's page at the ends of two days; a school without one has a single row that says so."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID = _column("school_id")
    school: str = _column("school_difference")
    from_day: date = _column("from_day")
    to_day: date = _column("to_day")
    state: str = _column("state_difference")
    before_snapshot_id: UUID | None = _column("before_snapshot_id")
    after_snapshot_id: UUID | None = _column("after_snapshot_id")
    before_round_day: date | None = _column("before_round_day")
    after_round_day: date | None = _column("after_round_day")
    definition: str | None = _column("definition_difference")
    subject: str | None = _column("subject")
    category: str | None = _column("category_difference")
    told: str | None = _column("told")
    before: float | None = _column("before")
    after: float | None = _column("after")
    difference: float | None = _column("difference")
    low: float | None = _column("low_difference")
    high: float | None = _column("high_difference")
    verdict: str | None = _column("verdict")


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


def dictionary(form: type[BaseModel] = Row, say: Wording = _ENGLISH) -> list[dict[str, str]]:
    """Column, type, meaning."""
    own = "_difference" if form is Moved else ""
    return [
        {
            "column": name,
            "type": _type(schema, say),
            "meaning": say.find(f"columns.{name}{own}") or say.t(f"columns.{name}"),
        }
        for name, schema in form.model_json_schema()["properties"].items()
    ]


def _type(schema: dict[str, Any], say: Wording) -> str:
    parts = schema.get("anyOf", [schema])
    (told,) = (say.t(f"columns.type.{p.get('format', p['type'])}") for p in parts if p.get("type") != "null")
    return say.t("columns.or_empty", type=told) if len(parts) > 1 else told


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
