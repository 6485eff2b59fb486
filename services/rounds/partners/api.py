"""`/partners`: who is open to coaching, and who fits."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.rounds.deps import Deps
from services.rounds.partners.profile import Fit, Listed, Profile, match, suggestions
from services.rounds.protocols.model import Model
from shared.access import Actor
from shared.http import requires

Me = Annotated[Actor, requires("cycle.own")]


class MyProfile(BaseModel):
    """`profile` is None for who is not in the directory."""

    profile: Profile | None


class Partner(BaseModel):
    person_id: UUID
    school_id: UUID | None
    profile: Profile
    reasons: list[Fit] = Field(description="what you share; none for who is listed without a match")


class PartnerList(BaseModel):
    """Suggested ones first."""

    items: list[Partner]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["partners"])

    @api.get("/partners")
    async def list_partners(actor: Me, model: Model | None = None) -> PartnerList:
        """Everybody who offered themselves, those who fit first, with the reason."""
        everyone = [p for p in await deps.partners.all(actor.district_id)]
        me = next((p for p in everyone if p.person_id == actor.person_id), None)
        others = [
            p for p in everyone if p.person_id != actor.person_id and (model is None or model in p.profile.models)
        ]
        matched = suggestions(me, others, model) if me else []
        first = {m.listed.person_id for m in matched}
        rest = [match(p, p) for p in others if p.person_id not in first]
        return PartnerList(
            items=[_partner(m.listed, list(m.reasons)) for m in matched] + [_partner(m.listed, []) for m in rest]
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


def _partner(listed: Listed, reasons: list[Fit]) -> Partner:
    return Partner(person_id=listed.person_id, school_id=listed.school_id, profile=listed.profile, reasons=reasons)
