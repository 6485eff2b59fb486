"""The counts of a district's coaching, frozen once a week: a leader who looks daily cannot see a single cycle begin."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.progress.suppress import LEAST, told
from services.rounds.protocols.library import newest
from services.rounds.protocols.model import Bilingual, Model

if TYPE_CHECKING:
    from services.rounds.deps import Deps

STANDINGS = ("gathering", "agreeing", "under_way", "finished", "ended")


class CellOut(BaseModel):
    """`count` is None where it is hidden."""

    code: str
    title: Bilingual | None = None
    count: int | None


class ModelProgress(BaseModel):
    model: Model
    title: Bilingual
    cycles: int | None
    stages: list[CellOut]
    standings: list[CellOut]
    schools: list[CellOut] = Field(description="by the school of the one who began")


class Progress(BaseModel):
    """As of the Monday named. Hidden counts are fewer than `least`, or would betray one that is."""

    as_of: date
    least: int
    people: int | None
    offered: int | None = Field(description="people in the directory")
    trainings: list[CellOut]
    models: list[ModelProgress]


async def progress(deps: Deps, district_id: UUID, today: date) -> Progress:
    monday = today - timedelta(days=today.weekday())
    async with deps.db.reader(district_id) as conn:
        held = await conn.fetchval("select body::text from progress_snapshots where week = $1", monday)
    if held is not None:
        return Progress.model_validate_json(held)
    made = await _count(deps, district_id, monday)
    async with deps.db.writer(district_id) as conn:
        await conn.execute(
            "insert into progress_snapshots (district_id, week, body) values ($1, $2, $3::text::jsonb) "
            "on conflict do nothing",
            district_id,
            monday,
            json.dumps(made.model_dump(mode="json")),
        )
        kept = await conn.fetchval("select body::text from progress_snapshots where week = $1", monday)
    return Progress.model_validate_json(kept)


async def _count(deps: Deps, district_id: UUID, monday: date) -> Progress:
    async with deps.db.reader(district_id) as conn:
        rows = [dict(r) for r in await conn.fetch("select model, stage, standing, school_id from cycles")]
        people = await conn.fetchval(
            "select count(distinct person_id) from cycle_people where standing in ('member', 'left')"
        )
        offered = await conn.fetchval("select count(*) from partner_profiles")
        trained = await conn.fetch("select training, count(*) as n from trainings group by training order by training")
    by_model: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_model[row["model"]].append(row)
    return Progress(
        as_of=monday,
        least=LEAST,
        people=people if people >= LEAST else None,
        offered=offered if offered >= LEAST else None,
        trainings=[CellOut(code=r["training"], count=r["n"] if r["n"] >= LEAST else None) for r in trained],
        models=[
            _model(p.model, p.title, [(s.id, s.title) for s in p.stages], by_model[p.model])
            for p in newest().values()
            if p.model != "instructional-rounds"
        ],
    )


def _model(
    model: Model, title: Bilingual, stages: list[tuple[str, Bilingual]], rows: list[dict[str, Any]]
) -> ModelProgress:
    running = Counter(r["stage"] for r in rows if r["standing"] == "under_way")
    stage_cells, _ = told({id_: running[id_] for id_, _ in stages})
    standings = Counter(r["standing"] for r in rows)
    standing_cells, total = told({s: standings[s] for s in STANDINGS})
    schools = Counter(str(r["school_id"]) for r in rows if r["school_id"])
    school_cells, _ = told(dict(schools)) if schools else ({}, None)
    return ModelProgress(
        model=model,
        title=title,
        cycles=total,
        stages=[CellOut(code=id_, title=name, count=stage_cells[id_]) for id_, name in stages],
        standings=[CellOut(code=s, count=standing_cells[s]) for s in STANDINGS],
        schools=[CellOut(code=s, count=n) for s, n in sorted(school_cells.items())],
    )
