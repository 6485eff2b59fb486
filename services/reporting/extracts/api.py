"""GET /extracts/figures (JSON by pages, CSV, Parquet), /extracts/difference (CSV, Parquet) and /extracts/dictionary."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from services.reporting.deps import Deps
from services.reporting.district.api import at_two_days
from services.reporting.district.difference import differences
from services.reporting.extracts.rows import (
    CSV,
    PARQUET,
    Moved,
    Row,
    dictionary,
    moved_of,
    rows_of,
    to_csv,
    to_parquet,
)
from services.reporting.projections.school_patterns.query import end_of, school_name
from services.reporting.releases.api import DISTRICT, AsOf, Between
from services.reporting.releases.queries import releases_in_order
from shared.access import Actor
from shared.http import page_key, page_token, requires
from shared.wording import Language, Wording

PAGE = 100
_ALL = 100_000  # releases in one file


class WhichRows(AsOf):
    after: str | None = Field(default=None, max_length=1000)
    limit: int = Field(default=20, ge=1, le=PAGE, description="releases a page; each has some tens of rows")


class WhichDictionary(BaseModel):
    model_config = ConfigDict(extra="forbid")
    extract: Literal["figures", "difference"] = Field(default="figures", description="of which extract")
    language: Language = Field(default="en", description="of the meanings; the columns' names stay")


class Rows(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: tuple[Row, ...]
    next: str | None


class Column(BaseModel):
    model_config = ConfigDict(frozen=True)
    column: str
    type: str
    meaning: str


class Dictionary(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: tuple[Column, ...]


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/extracts/figures")
    async def extract(page: Annotated[WhichRows, Query()], actor: Annotated[Actor, requires(DISTRICT)]) -> Rows:
        """All released figures, oldest round first, by pages of releases."""
        actor.require(DISTRICT, what="district")
        after = page_key(page.after, date.fromisoformat, UUID, int)
        key = (after[0], after[1], after[2]) if after else None
        async with deps.db.reader(actor.district_id) as conn:
            rows, last = await _rows(conn, actor, page.as_of, key, page.limit)
        return Rows(items=tuple(rows), next=page_token(*last) if last else None)

    @api.get("/extracts/figures.csv", response_class=Response, responses=_docs(CSV, "string"))
    async def extract_csv(known: Annotated[AsOf, Query()], actor: Annotated[Actor, requires(DISTRICT)]) -> Response:
        """The same in one CSV."""
        return await _file(deps, actor, known.as_of, CSV, "csv", lambda rows: to_csv(rows).encode())

    @api.get("/extracts/figures.parquet", response_class=Response, responses=_docs(PARQUET, "binary"))
    async def extract_parquet(known: Annotated[AsOf, Query()], actor: Annotated[Actor, requires(DISTRICT)]) -> Response:
        """The same as Parquet, typed, its dictionary in the columns' metadata."""
        return await _file(deps, actor, known.as_of, PARQUET, "parquet", to_parquet)

    @api.get("/extracts/difference.csv", response_class=Response, responses=_docs(CSV, "string"))
    async def difference_csv(
        days: Annotated[Between, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> Response:
        """What every school's page told at the ends of two days, a share a row, and the difference with its interval:
        made of frozen snapshots, each of which its reader may read alone."""
        rows = await _moved(deps, actor, days)
        body = await asyncio.to_thread(to_csv, rows, Moved)
        return _saved(body.encode(), CSV, f"released-figures-{days.from_day}-to-{days.to_day}.csv")

    @api.get("/extracts/difference.parquet", response_class=Response, responses=_docs(PARQUET, "binary"))
    async def difference_parquet(
        days: Annotated[Between, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> Response:
        """The same as Parquet."""
        rows = await _moved(deps, actor, days)
        body = await asyncio.to_thread(to_parquet, rows, Moved)
        return _saved(body, PARQUET, f"released-figures-{days.from_day}-to-{days.to_day}.parquet")

    @api.get("/extracts/dictionary")
    async def extract_dictionary(
        which: Annotated[WhichDictionary, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> Dictionary:
        """What each column of an extract is."""
        actor.require(DISTRICT, what="district")
        found = dictionary(Row if which.extract == "figures" else Moved, Wording(which.language))
        return Dictionary(items=tuple(Column(**column) for column in found))

    return api


async def _file(
    deps: Deps, actor: Actor, as_of: date | None, media: str, kind: str, write: Callable[[list[Row]], bytes]
) -> Response:
    actor.require(DISTRICT, what="district")
    async with deps.db.reader(actor.district_id) as conn:
        rows, _ = await _rows(conn, actor, as_of, None, _ALL)
    body = await asyncio.to_thread(write, rows)
    return _saved(body, media, f"released-figures{f'-as-of-{as_of}' if as_of else ''}.{kind}")


async def _moved(deps: Deps, actor: Actor, days: Between) -> list[Moved]:
    actor.require(DISTRICT, what="district")
    days.in_order()
    async with deps.db.reader(actor.district_id) as conn:
        found = await at_two_days(conn, actor, days)
    told = await asyncio.to_thread(differences, *found, lambda _: True)
    return [row for school in told for row in moved_of(school, days.from_day, days.to_day)]


def _saved(body: bytes, media: str, name: str) -> Response:
    return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def _rows(
    conn: Connection, actor: Actor, as_of: date | None, after: tuple[date, UUID, int] | None, limit: int
) -> tuple[list[Row], tuple[date, UUID, int] | None]:
    at = await end_of(conn, actor.district_id, as_of)
    snapshots = await releases_in_order(conn, after, limit + 1, at)
    names: dict[UUID, str] = {}
    rows: list[Row] = []
    for snapshot in snapshots[:limit]:
        if snapshot.school_id not in names:
            names[snapshot.school_id] = await school_name(conn, snapshot.school_id, at) or ""
        rows += rows_of(names[snapshot.school_id], snapshot)
    last = snapshots[limit - 1] if len(snapshots) > limit else None
    return rows, (last.day, last.round_id, last.release) if last else None


def _docs(media_type: str, form: str) -> dict[int | str, dict[str, object]]:
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": form}}}}}
