"""`/coaching-progress`: counts of cycles by model, stage and school. No door from here leads to a cycle."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from services.rounds.cycles.today import today
from services.rounds.deps import Deps
from services.rounds.progress.queries import Progress, progress
from shared.access import Actor
from shared.http import requires


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["progress"])

    @api.get("/coaching-progress")
    async def get_progress(actor: Annotated[Actor, requires("cycle.progress.read")]) -> Progress:
        """How coaching goes in the district, as of Monday."""
        return await progress(deps, actor.district_id, await today(deps, actor.district_id))

    return api
