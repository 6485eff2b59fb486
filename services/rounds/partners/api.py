"""`/partners`: who is open to coaching, and who fits."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.rounds.deps import Deps
from services.rounds.partners.profile import Fit, Listed, Match, Profile, ranked
from services.rounds.protocols.model import Model
from shared.access import Actor
from shared.http import page_key, page_token, requires

Me = Annotated[Actor, requires("cycle.own")]


class MyProfile(BaseModel):
    """`profile` is None for who is not in the directory."""

    profile: Profile | None


class Partner(BaseModel):
    person_id: UUID
    school_id: UUID | None
    profile: Profile
    reasons: list[Fit] = Field(description="what you share; none for who is listed without a match")


class PartnerPage(BaseModel):
    """Suggested ones first, best first."""

    items: list[Partner]
    next: str | None = None


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["partners"])

    @api.get("/partners")
    async def list_partners(
        actor: Me,
        model: Model | None = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 48,
    ) -> PartnerPage:
        """Everybody who offered themselves, those who fit first, with the reason."""
        everyone = await deps.partners.all(actor.district_id)
        me = next((p for p in everyone if p.person_id == actor.person_id), None)
        others = [
            p for p in everyone if p.person_id != actor.person_id and (model is None or model in p.profile.models)
        ]
        key = page_key(after, int, UUID)
        found = ranked(me, others, model)
        if key:
            found = [m for m in found if (-m.score, m.listed.person_id) > (-key[0], key[1])]
        page, more = found[:limit], len(found) > limit
        return PartnerPage(
            items=[_partner(m) for m in page],
            next=page_token(page[-1].score, page[-1].listed.person_id) if more else None,
        )

    @api.get("/partners/me")
    async def get_my_profile(actor: Me) -> MyProfile:
        everyone = await deps.partners.all(actor.district_id)
        return MyProfile(profile=next((p.profile for p in everyone if p.person_id == actor.person_id), None))

    @api.put("/partners/me")
    async def offer_myself(body: Profile, actor: Me) -> MyProfile:
        """Joins the directory, or changes what I offer."""
        school = next((g.school_id for g in actor.grants if g.school_id is not None), None)
        await deps.partners.put(actor.district_id, Listed(actor.person_id, school, body))
        return MyProfile(profile=body)

    @api.delete("/partners/me", status_code=204)
    async def leave_directory(actor: Me) -> None:
        """Leaves at once; nothing of the profile is kept."""
        await deps.partners.leave(actor.district_id, actor.person_id)

    return api


def _partner(match: Match) -> Partner:
    held = match.listed
    return Partner(
        person_id=held.person_id, school_id=held.school_id, profile=held.profile, reasons=list(match.reasons)
    )
