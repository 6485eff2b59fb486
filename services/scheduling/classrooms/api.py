"""`/schools/{id}/classrooms`: the rooms that a school opens to visits."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.classrooms.commands import DelistClassroom, ListClassroom
from services.scheduling.classrooms.decide import classrooms, stream
from services.scheduling.classrooms.events import ClassroomListed
from services.scheduling.deps import Deps
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage.parts import handler_of
from shared.access import Actor
from shared.errors import NotFound
from shared.http import IdempotencyKey, IfMatch, command_context, etag, requires
from shared.said import say


class ClassroomBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    room: str = Field(min_length=1, max_length=60)
    grade_band: str = Field(min_length=1, max_length=40)
    subject: str = Field(min_length=1, max_length=80)
    wing: Annotated[str, Field(max_length=40)] | None = None
    free_periods: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(
        default=(), max_length=20, description="periods of the bells in which nothing is taught there"
    )


class Classroom(BaseModel):
    """A room as others see it: no teacher."""

    classroom_id: UUID
    school_id: UUID
    room: str
    grade_band: str
    subject: str
    wing: str | None = None
    free_periods: tuple[str, ...] = ()


class ClassroomPage(BaseModel):
    items: list[Classroom]


def _seen(listed: ClassroomListed) -> Classroom:
    return Classroom(**listed.model_dump(exclude={"teacher_id"}))


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["classrooms"])
    handler = handler_of(deps, classrooms)

    async def known_school(actor: Actor, school_id: UUID) -> None:
        if await rounds.school_name(deps.db, actor.district_id, school_id) is None:
            raise NotFound(say("refusals.no_school"), where="school_id")

    @api.get("/schools/{school_id}/classrooms")
    async def list_classrooms(
        school_id: UUID,
        actor: Annotated[Actor, requires("classroom.read")],
        request: Request,
        response: Response,
    ) -> ClassroomPage:
        await known_school(actor, school_id)
        actor.require("classroom.read", what="school", school_id=school_id)
        state, version = await handler.load(stream(school_id), command_context(actor, request))
        response.headers.update(etag(version))
        return ClassroomPage(items=sorted(map(_seen, state.values()), key=lambda c: c.room.casefold()))

    @api.post("/schools/{school_id}/classrooms", status_code=201)
    async def add_classroom(
        school_id: UUID,
        body: ClassroomBody,
        actor: Annotated[Actor, requires("classroom.edit")],
        request: Request,
        key: IdempotencyKey = None,
    ) -> Classroom:
        await known_school(actor, school_id)
        actor.require("classroom.edit", what="school", school_id=school_id)
        context = command_context(actor, request, key)
        classroom_id = context.event_id(0)
        command = ListClassroom(classroom_id=classroom_id, school_id=school_id, **body.model_dump())
        handled = await handler.handle(stream(school_id), command, context)
        return _seen(handled.state[classroom_id])

    @api.put("/schools/{school_id}/classrooms/{classroom_id}")
    async def change_classroom(
        school_id: UUID,
        classroom_id: UUID,
        body: ClassroomBody,
        actor: Annotated[Actor, requires("classroom.edit")],
        request: Request,
        if_match: IfMatch,
    ) -> Classroom:
        actor.require("classroom.edit", what="school", school_id=school_id)
        context = command_context(actor, request)
        state, _ = await handler.load(stream(school_id), context)
        held = state.get(classroom_id)
        if held is None:
            raise NotFound(say("refusals.no_classroom"), where="classroom_id")
        changed = body.model_dump() | {"teacher_id": held.teacher_id}
        command = ListClassroom(classroom_id=classroom_id, school_id=school_id, **changed)
        handled = await handler.handle(stream(school_id), command, context, if_match=if_match)
        return _seen(handled.state[classroom_id])

    @api.delete("/schools/{school_id}/classrooms/{classroom_id}", status_code=204)
    async def remove_classroom(
        school_id: UUID,
        classroom_id: UUID,
        actor: Annotated[Actor, requires("classroom.edit")],
        request: Request,
        if_match: IfMatch,
    ) -> None:
        """Takes the room off the list; slots that are planned in it stay as they were."""
        actor.require("classroom.edit", what="school", school_id=school_id)
        command = DelistClassroom(classroom_id=classroom_id, school_id=school_id)
        await handler.handle(stream(school_id), command, command_context(actor, request), if_match=if_match)

    return api
