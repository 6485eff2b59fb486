"""`/pins`: what planners hold on the board; plans and moves respect it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.pins import queries
from services.scheduling.pins.commands import FreeBoardPin, SetBoardPin
from services.scheduling.pins.decide import Pins, board_pins, stream
from services.scheduling.rounds.decide import State, planned_round
from services.scheduling.rounds.decide import stream as round_stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.stage.parts import known_school
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import NotFound
from shared.http import IfMatch, command_context, etag, requires
from shared.said import say
from shared.tables import with_tables


class PinBody(BaseModel):
    """With `round_id` the round stays on the day that it has; otherwise the school hosts none on `day`."""

    model_config = ConfigDict(extra="forbid")
    round_id: UUID | None = None
    school_id: UUID | None = None
    day: date | None = Field(default=None, ge=date(1900, 1, 1), lt=date(9000, 1, 1))


class BoardPin(BaseModel):
    pin_id: UUID
    school_id: UUID
    day: date
    round_id: UUID | None


class BoardPinList(BaseModel):
    items: list[BoardPin]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["pins"])
    append = with_tables(deps.db, deps.store, queries.apply)
    handler: CommandHandler[SetBoardPin | FreeBoardPin, Pins] = CommandHandler(deps.store, board_pins, append=append)
    rounds: CommandHandler[object, State] = CommandHandler(deps.store, planned_round)  # type: ignore[arg-type]

    @api.get("/pins")
    async def list_pins(
        actor: Annotated[Actor, requires("round.schedule")], request: Request, response: Response
    ) -> BoardPinList:
        """Those that hold."""
        _, version = await handler.load(stream(actor.district_id), command_context(actor, request))
        response.headers.update(etag(version))
        async with deps.db.reader(actor.district_id) as conn:
            held = await queries.all_pins(conn)
        return BoardPinList(items=[BoardPin(**p.model_dump()) for p in held])

    @api.put("/pins/{pin_id}")
    async def set_pin(
        pin_id: UUID,
        body: PinBody,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> BoardPin:
        """Holds a round on its day, or forbids a school's day, under an id of the client's."""
        context = command_context(actor, request)
        hosts_then = False
        if body.round_id is not None:
            plan, _ = await rounds.load(round_stream(body.round_id), context)
            if not isinstance(plan, RoundPlanned):
                raise NotFound(say("refusals.no_round_now"), where="round_id")
            school_id, day = plan.school_id, plan.day
        else:
            if body.school_id is None or body.day is None:
                raise NotFound(say("refusals.pin_what"), where="school_id")
            school_id, day = body.school_id, body.day
            await known_school(deps, actor, school_id)
            async with deps.db.reader(actor.district_id) as conn:
                hosts_then = await conn.fetchval(
                    "select exists (select from rounds where school_id = $1 and day = $2 and status = 'scheduled')",
                    school_id,
                    day,
                )
        command = SetBoardPin(pin_id, school_id, day, body.round_id, hosts_then)
        handled = await handler.handle(stream(actor.district_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        return BoardPin(**handled.state[pin_id].model_dump())

    @api.delete("/pins/{pin_id}", status_code=204)
    async def free_pin(
        pin_id: UUID,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        if_match: IfMatch = None,
    ) -> None:
        handled = await handler.handle(
            stream(actor.district_id), FreeBoardPin(pin_id), command_context(actor, request), if_match=if_match
        )
        response.headers.update(etag(handled.version))

    return api
