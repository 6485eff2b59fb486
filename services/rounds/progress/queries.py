"""The counts of a district's coaching, taken once a week: a leader who looks daily cannot see a single cycle begin."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, Field

from services.rounds.protocols.library import newest
from services.rounds.protocols.model import Bilingual, Model
from shared.disclosure import LEAST, Known, cap, table, tell

if TYPE_CHECKING:
    from uuid import UUID

    from services.rounds.deps import Deps

STANDINGS = ("gathering", "agreeing", "under_way", "finished", "ended")


class CellOut(BaseModel):
    """`count` or more; None where it is hidden."""

    code: str
    title: Bilingual | None = None
    count: int | None


class ModelProgress(BaseModel):
    model: Model
    title: Bilingual
    cycles: int | None
    stages: list[CellOut]
    standings: list[CellOut]
    schools: list[CellOut] = Field(
        description="by the school of the one who began; those with enough of them, and no other is named"
    )


class Progress(BaseModel):
    """Counts in fives: each is "so many or more", up to four more. A hidden one is fewer than `least`. They are taken
    once a week, on the day named, and one that fewer than `least` came to or left since it was told stays as it was."""

    as_of: date
    least: int
    people: int | None
    offered: int | None = Field(description="people in the directory")
    trainings: list[CellOut]
    models: list[ModelProgress]


class Row(NamedTuple):
    """A cycle as it is counted."""

    model: str
    stage: str | None
    standing: str
    school_id: str | None


class Counts(NamedTuple):
    """A district's coaching on a day."""

    cycles: Sequence[Row]
    people: int
    offered: int
    trainings: Mapping[str, int]


async def progress(deps: Deps, district_id: UUID, today: date) -> Progress:
    monday = today - timedelta(days=today.weekday())
    async with deps.db.reader(district_id) as conn:
        held = await conn.fetchval("select body::text from progress_snapshots where week = $1", monday)
        before = await conn.fetchval(
            "select basis::text from progress_snapshots where week < $1 order by week desc limit 1", monday
        )
    if held is not None:
        return Progress.model_validate_json(held)
    made, basis = counted(
        await _count(deps, district_id), {k: Known(*v) for k, v in json.loads(before or "{}").items()}, today
    )
    async with deps.db.writer(district_id) as conn:
        await conn.execute(
            "insert into progress_snapshots (district_id, week, body, basis) values ($1, $2, $3::text::jsonb, "
            "$4::text::jsonb) on conflict do nothing",
            district_id,
            monday,
            json.dumps(made.model_dump(mode="json")),
            json.dumps(basis),
        )
        kept = await conn.fetchval("select body::text from progress_snapshots where week = $1", monday)
    return Progress.model_validate_json(kept)


async def _count(deps: Deps, district_id: UUID) -> Counts:
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch("select model, stage, standing, school_id::text from cycles")
        people = await conn.fetchval(
            "select count(distinct person_id) from cycle_people where standing in ('member', 'left')"
        )
        offered = await conn.fetchval("select count(*) from partner_profiles")
        trained = await conn.fetch("select training, count(*) as n from trainings group by training order by training")
    return Counts([Row(*r) for r in rows], people, offered, {r["training"]: r["n"] for r in trained})


def counted(counts: Counts, before: Mapping[str, Known], today: date) -> tuple[Progress, dict[str, Known]]:
    """What may be told, and what each count then was: `before` of the next time."""
    basis: dict[str, Known] = {}

    def one(name: str, count: int, most: int | None = None) -> int:
        basis[name] = tell(count, before.get(name), most)
        return basis[name].told

    def many(name: str, cells: Mapping[str, int]) -> dict[str, int]:
        told = table(cells, {c: before[f"{name}/{c}"] for c in cells if f"{name}/{c}" in before})
        basis.update({f"{name}/{c}": known for c, known in told.items()})
        return {c: known.told for c, known in told.items()}

    by_model: dict[str, list[Row]] = defaultdict(list)
    for row in counts.cycles:
        by_model[row.model].append(row)
    models = []
    for p in newest().values():
        if p.model == "instructional-rounds":
            continue
        rows, name = by_model[p.model], f"cycles/{p.model}"
        running = Counter(r.stage for r in rows if r.standing == "under_way")
        stages = many(f"{name}/stage", {s.id: running[s.id] for s in p.stages})
        held = Counter(r.standing for r in rows)
        ongoing = one(f"{name}/under_way", held["under_way"], cap(list(stages.values())))
        rest = {s: held[s] for s in STANDINGS if s != "under_way"}
        standings = many(f"{name}/standing", rest) | {"under_way": ongoing}
        total = one(f"{name}/total", len(rows), cap(list(standings.values())))
        schools = many(f"{name}/school", Counter(r.school_id for r in rows if r.school_id))
        named = {s: n for s, n in sorted(schools.items()) if n}
        models.append(
            ModelProgress(
                model=p.model,
                title=p.title,
                cycles=total or None,
                stages=[CellOut(code=s.id, title=s.title, count=stages[s.id] or None) for s in p.stages],
                standings=[CellOut(code=s, count=standings[s] or None) for s in STANDINGS],
                # more than the total that may be told would tell the total
                schools=[CellOut(code=s, count=n) for s, n in named.items()] if sum(named.values()) <= total else [],
            )
        )
    told = Progress(
        as_of=today,
        least=LEAST,
        people=one("people", counts.people) or None,
        offered=one("offered", counts.offered) or None,
        trainings=[CellOut(code=t, count=n or None) for t, n in many("training", counts.trainings).items()],
        models=models,
    )
    return told, basis
