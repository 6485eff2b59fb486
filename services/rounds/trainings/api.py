"""`/trainings`: recorded by leaders and administrators, read by the person."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.deps import Deps
from services.rounds.protocols.model import Id, NamedTraining
from services.rounds.trainings.commands import RecordTraining
from services.rounds.trainings.queries import named, trainings_stream
from shared.access import Actor
from shared.http import IdempotencyKey, command_context, requires
from shared.messages import CommandContext, new_id


class TrainingsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    training: Id
    day: date
    person_ids: list[UUID] = Field(min_length=1, max_length=500)


class TrainingList(BaseModel):
    items: list[NamedTraining]


class MyTrainings(BaseModel):
    trainings: dict[str, date]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["trainings"])

    @api.post("/trainings", status_code=204)
    async def record(
        body: TrainingsIn,
        actor: Annotated[Actor, requires("training.record")],
        request: Request,
        key: IdempotencyKey = None,
    ) -> None:
        """Records that these people took a training."""
        base = key or new_id()
        for person in dict.fromkeys(body.person_ids):
            command = RecordTraining(person_id=person, training=body.training, day=body.day, by=actor.person_id)
            context = command_context(actor, request, uuid5(base, str(person)))
            await deps.trainings.handle(trainings_stream(person), command, context)

    @api.get("/trainings")
    async def list_trainings(actor: Annotated[Actor, requires("training.record")]) -> TrainingList:
        """The trainings that can be recorded: those that the district's protocols name."""
        return TrainingList(items=await named(deps, actor.district_id))

    @api.get("/trainings/me")
    async def list_my_trainings(actor: Annotated[Actor, requires("cycle.own")]) -> MyTrainings:
        context = CommandContext(actor.district_id, None)
        held, _ = await deps.trainings.load(trainings_stream(actor.person_id), context)
        return MyTrainings(trainings=dict(held))

    return api
