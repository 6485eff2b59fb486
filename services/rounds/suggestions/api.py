"""`/rounds/{id}/board/suggestions`."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.rounds.board.rooms import OPEN_STAGES
from services.rounds.capture.queries import round_notes
from services.rounds.capture.streams import words_subject
from services.rounds.deps import Deps
from services.rounds.rounds.queries import RoundFile, round_file
from services.rounds.suggestions.jobs import Job, Jobs
from shared.access import Actor
from shared.errors import Refused
from shared.http import requires
from shared.said import say


class Suggestion(BaseModel):
    words: list[str] = Field(description="what the statements share")
    statement_ids: list[UUID]
    closeness: float


class Suggestions(BaseModel):
    state: Literal["none", "working", "done", "failed"]
    statements: int = 0
    method: Literal["model", "words"] | None = Field(default=None, description="words: the extra is not installed")
    groups: list[Suggestion] = []


def router(deps: Deps, jobs: Jobs) -> APIRouter:
    api = APIRouter(tags=["board"])

    async def entered(round_id: UUID, actor: Actor) -> RoundFile:
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("debrief.take_part", what="round", people=file.people)
        if file.debrief.closed or file.debrief.stage not in OPEN_STAGES:
            jobs.forget(round_id)
            raise Refused("board_closed", say("rounds.board_closed"))
        return file

    @api.post("/rounds/{round_id}/board/suggestions", status_code=202)
    async def ask_for_suggestions(
        round_id: UUID, actor: Annotated[Actor, requires("debrief.take_part")]
    ) -> Suggestions:
        """Looks for statements that resemble each other, in a process beside this one; the words stay on this
        machine. Nothing is moved: the team takes a suggestion, or leaves it."""
        file = await entered(round_id, actor)
        held = await round_notes(deps, actor.district_id, file)
        sealed: dict[str, list[str]] = {}
        order: dict[str, list[UUID]] = {}
        for id_, (key, statement) in held.standing.items():
            if id_ in file.debrief.challenged:
                continue
            subject = words_subject(round_id, key[1])
            sealed.setdefault(subject, []).append(statement.content.words)
            order.setdefault(subject, []).append(id_)
        opened = await deps.words.reveal(actor.district_id, sealed)
        words = {i: w for s, some in opened.items() for i, w in zip(order[s], some, strict=True) if w}
        return _out(jobs.start(round_id, [{"id": str(i), "words": words[i]} for i in sorted(words)]))

    @api.get("/rounds/{round_id}/board/suggestions")
    async def get_suggestions(round_id: UUID, actor: Annotated[Actor, requires("debrief.take_part")]) -> Suggestions:
        await entered(round_id, actor)
        job = jobs.of(round_id)
        return _out(job) if job else Suggestions(state="none")

    return api


def _out(job: Job) -> Suggestions:
    told = {"state": job.state, "statements": job.statements, "method": job.method, "groups": job.groups}
    return Suggestions.model_validate(told)
