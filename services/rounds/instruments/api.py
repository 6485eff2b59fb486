"""`/instruments`: the sets of look-fors that this version of the product ships."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.rounds.instruments.documents import Instrument, Text, instrument, shipped
from shared.access import Actor
from shared.errors import NotFound
from shared.http import requires


class InstrumentSummary(BaseModel):
    key: str
    version: int
    title: Text
    items: int


class InstrumentPage(BaseModel):
    items: list[InstrumentSummary]
    next: str | None = None


def router() -> APIRouter:
    api = APIRouter(tags=["instruments"])

    @api.get("/instruments")
    async def list_instruments(_: Annotated[Actor, requires("instrument.read")]) -> InstrumentPage:
        return InstrumentPage(
            items=[
                InstrumentSummary(key=i.key, version=i.version, title=i.title, items=len(i.items))
                for i in shipped().values()
            ]
        )

    @api.get("/instruments/{key}/{version}")
    async def get_instrument(
        key: str, version: int, _: Annotated[Actor, requires("instrument.read")], response: Response
    ) -> Instrument:
        """One version of an instrument. It never changes, so it may be kept for ever."""
        found = instrument(key, version)
        if found is None:
            raise NotFound("There is no such instrument, or not in this version.")
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        response.headers["ETag"] = f'"{key}.v{version}"'
        return found

    return api
