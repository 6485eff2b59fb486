"""GET /operations/projections: where each read model stands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.reporting.deps import Deps
from shared.access import Actor
from shared.http import requires
from shared.refill import OwnerSilent

ACTION = "operations.read"


class SourceState(BaseModel):
    """`checkpoint`: the place in the source's log that the tables hold. `lag`: entries behind its head;
    null when the source does not answer."""

    model_config = ConfigDict(frozen=True)
    source: str
    checkpoint: int
    applied_at: datetime
    lag: int | None


class ProjectionState(BaseModel):
    model_config = ConfigDict(frozen=True)
    name: str
    version: int
    built: str
    sources: tuple[SourceState, ...]
    problems: tuple[str, ...]


class Projections(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: tuple[ProjectionState, ...]


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/operations/projections")
    async def projections(actor: Annotated[Actor, requires(ACTION)]) -> Projections:
        """Version, checkpoint and lag of each projection."""
        actor.require(ACTION, what="projection")
        async with deps.db.system() as conn:
            rows = await conn.fetch(
                "select b.name, b.version, b.schema, c.source, c.log_seq, c.applied_at "
                "from projections.live as l join projections.builds as b using (schema) "
                "join projections.checkpoints as c using (schema) order by b.name, c.source"
            )
        heads = {source: await _head(deps, source) for source in {r["source"] for r in rows}}
        problems = {runner.projection.name: tuple(runner.problems()) for runner in deps.runners}
        return Projections(
            items=tuple(
                ProjectionState(
                    name=name,
                    version=version,
                    built=schema,
                    sources=tuple(
                        SourceState(
                            source=r["source"],
                            checkpoint=r["log_seq"],
                            applied_at=r["applied_at"],
                            lag=None if (head := heads[r["source"]]) is None else max(head - r["log_seq"], 0),
                        )
                        for r in rows
                        if r["schema"] == schema
                    ),
                    problems=problems.get(name, ()),
                )
                for name, version, schema in sorted({(r["name"], r["version"], r["schema"]) for r in rows})
            )
        )

    return api


async def _head(deps: Deps, source: str) -> int | None:
    try:
        return await deps.head(source)
    except OwnerSilent:
        return None
