"""`/district`: the settings of the signed-in person's district."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.identity.districts.commands import DistrictSettings
from services.identity.districts.districts import Districts
from shared.access import Actor
from shared.http import IdempotencyKey, IfMatch, command_context, etag, requires


class DistrictView(DistrictSettings):
    district_id: UUID


def router(districts: Districts) -> APIRouter:
    api = APIRouter(tags=["district"])

    @api.get("/district")
    async def get_district(actor: Annotated[Actor, requires("district.read")], response: Response) -> DistrictView:
        settings, version = await districts.settings_of(actor.district_id)
        response.headers.update(etag(version))
        return DistrictView(district_id=actor.district_id, **settings.model_dump())

    @api.put("/district/settings")
    async def change_district_settings(
        body: DistrictSettings,
        actor: Annotated[Actor, requires("district.settings")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        key: IdempotencyKey = None,
    ) -> DistrictView:
        """The whole of the settings. The three thresholds go up from 5 visits, 5 classrooms and 3
        observers, never below."""
        handled = await districts.change(body, command_context(actor, request, key), if_match=if_match)
        response.headers.update(etag(handled.version))
        return DistrictView(district_id=actor.district_id, **body.model_dump())

    return api
