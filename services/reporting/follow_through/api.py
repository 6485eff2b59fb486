"""GET /rounds/{id}/follow-through."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from services.reporting.deps import Deps
from services.reporting.follow_through.counts import Standing, commitments_of
from services.reporting.projections.school_patterns.query import end_of
from services.reporting.releases.api import RELEASED, AsOf, WhichRelease, released_body
from shared.access import Actor
from shared.http import requires


class RoundFollowThrough(BaseModel):
    """`check_on`: the day on which the commitments are looked at again; null while none is set. `checked`: that check
    took place."""

    model_config = ConfigDict(frozen=True)
    round_id: UUID
    as_of: date | None
    check_on: date | None
    checked: bool
    commitments: tuple[Standing, ...]


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/rounds/{round_id}/follow-through")
    async def follow_through(
        round_id: UUID, known: Annotated[AsOf, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> RoundFollowThrough:
        """How the commitments of a released round stood at the end of a day, by their places in the list."""
        async with deps.db.reader(actor.district_id) as conn:
            await released_body(conn, round_id, WhichRelease(as_of=known.as_of), actor)
            at = await end_of(conn, actor.district_id, known.as_of)
            found = (await commitments_of(conn, [round_id], at)).get(round_id)
        return RoundFollowThrough(
            round_id=round_id,
            as_of=known.as_of,
            check_on=found.check_on if found else None,
            checked=found.checked if found else False,
            commitments=found.commitments if found else (),
        )

    return api
