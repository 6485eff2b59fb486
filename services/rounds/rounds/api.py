"""`/rounds`: which rounds there are, one round, its problem of practice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.capture.earlier import earlier_ratings
from services.rounds.capture.queries import round_notes
from services.rounds.capture.slots import SlotBook
from services.rounds.deps import Deps
from services.rounds.protocols.model import Protocol
from services.rounds.rounds import queries
from services.rounds.rounds.commands import AcknowledgeNorms, SetNorms, WriteProblemOfPractice
from services.rounds.rounds.events import FocusQuestion, Stage
from services.rounds.rounds.queries import RoundFile, protocol_of, round_file, round_stream
from shared.access import Actor, Role
from shared.http import IfMatch, command_context, etag, page_key, page_token, requires


class RoundSummary(BaseModel):
    round_id: UUID
    school_id: UUID
    day: date
    facilitator_id: UUID | None
    stage: Stage
    slots: int
    problem_written: bool
    closed: bool
    release: int = Field(description="the newest release; 0 when there is none")
    withdrawn: bool
    origin: str


class RoundPage(BaseModel):
    items: list[RoundSummary]
    next: str | None


class FocusQuestionIn(BaseModel):
    """`focus_question_id` keeps a question's identity when its words change; without one it is new."""

    model_config = ConfigDict(extra="forbid")
    focus_question_id: UUID | None = None
    words: str = Field(max_length=1000)


class ProblemOfPracticeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    problem: str = Field(max_length=10_000)
    theory_of_action: str = Field(max_length=10_000, description='"if we ..., then ..."')
    focus_questions: list[FocusQuestionIn] = Field(max_length=20)


class FocusQuestionOut(BaseModel):
    focus_question_id: UUID
    words: str


class ProblemOfPracticeOut(BaseModel):
    problem: str
    theory_of_action: str
    focus_questions: list[FocusQuestionOut]


class NormsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    norms: list[str] = Field(max_length=50)


class AcknowledgementIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    revision: int = Field(ge=1, description="of the norms that were read")
    trained: bool


class Preparation(BaseModel):
    norms: list[str]
    revision: int = Field(description="0: no norms yet")
    acknowledged: bool = Field(description="by the one who asks")
    ready: int = Field(description="observers who acknowledged the norms as they stand")
    observers: int
    waiting: list[UUID] | None = Field(default=None, description="who has not; for the facilitator alone")


class TeamOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    team_id: UUID
    name: str
    observer_ids: list[UUID]
    timekeeper_id: UUID | None


class SlotOut(BaseModel):
    slot_id: UUID
    team_id: UUID
    classroom_id: UUID
    room: str
    grade_band: str
    subject: str
    period: str | None
    starts_at: datetime
    ends_at: datetime
    observers: int
    submitted: int | None = Field(
        default=None, description="observers who handed in this slot; only for the round's own people"
    )


class RoundOut(BaseModel):
    round_id: UUID
    school_id: UUID
    day: date
    timezone: str
    facilitator_id: UUID | None
    instrument: str
    instrument_version: int
    origin: str
    stage: Stage
    closed: bool
    release: int
    withdrawn: bool
    version: int = Field(description="for If-Match on the problem of practice")
    problem_of_practice: ProblemOfPracticeOut | None
    teams: list[TeamOut]
    slots: list[SlotOut]
    answers_on_older_versions: int | None = Field(
        default=None, description="given on a version of the instrument that was pinned before; for the round's people"
    )


def router(deps: Deps, slots: SlotBook) -> APIRouter:
    api = APIRouter(tags=["rounds"])

    async def shown(actor: Actor, file: RoundFile) -> RoundOut:
        submitted, older = None, None
        on_it = actor.may("debrief.read", people=file.people)
        if on_it:
            held = await round_notes(deps, actor.district_id, file)
            submitted = held.submitted
            older = len(await earlier_ratings(deps, actor.district_id, held))
        plan, problem = file.plan, file.round.problem
        by_team = {t.team_id: t.observer_ids for t in plan.teams}
        return RoundOut(
            **plan.model_dump(
                include={
                    "round_id",
                    "school_id",
                    "day",
                    "timezone",
                    "facilitator_id",
                    "instrument",
                    "instrument_version",
                    "origin",
                }
            ),
            stage=file.stage,
            closed=file.debrief.closed,
            release=len(file.debrief.releases),
            withdrawn=file.round.withdrawn,
            version=file.version,
            problem_of_practice=ProblemOfPracticeOut.model_validate(
                problem.model_dump(include={"problem", "theory_of_action", "focus_questions"})
            )
            if problem
            else None,
            answers_on_older_versions=older,
            teams=[TeamOut.model_validate(t) for t in plan.teams],
            slots=[
                SlotOut(
                    **s.model_dump(),
                    observers=len(by_team.get(s.team_id, ())),
                    submitted=None
                    if submitted is None
                    else sum((s.slot_id, o) in submitted for o in by_team.get(s.team_id, ())),
                )
                for s in plan.slots
            ],
        )

    @api.get("/rounds")
    async def list_rounds(
        actor: Annotated[Actor, requires("round.read")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> RoundPage:
        """The rounds that the actor may see, newest day first: a leader all, others those that name them
        or their school."""
        key = page_key(after, date.fromisoformat, UUID)
        rows = await queries.page(
            deps.db,
            actor.district_id,
            everything=actor.may("round.read"),
            schools=sorted(actor.schools(Role.HOST_PRINCIPAL)),
            facilitator_id=actor.person_id if actor.has(Role.FACILITATOR) else None,
            observer_id=actor.person_id if actor.has(Role.OBSERVER) else None,
            after=(key[0], key[1]) if key else None,
            limit=limit + 1,
        )
        page = [RoundSummary.model_validate(r) for r in rows[:limit]]
        more = len(rows) > limit
        return RoundPage(items=page, next=page_token(page[-1].day, page[-1].round_id) if more else None)

    @api.get("/rounds/{round_id}")
    async def get_round(
        round_id: UUID, actor: Annotated[Actor, requires("round.read")], response: Response
    ) -> RoundOut:
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("round.read", what="round", school_id=file.plan.school_id, people=file.people)
        response.headers.update(etag(file.version))
        return await shown(actor, file)

    @api.put("/rounds/{round_id}/problem-of-practice")
    async def write_problem_of_practice(
        round_id: UUID,
        body: ProblemOfPracticeIn,
        actor: Annotated[Actor, requires("round.prepare")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> RoundOut:
        """The host's problem of practice, theory of action and 1-5 focus questions, whole; until the visit."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("round.prepare", what="round", school_id=file.plan.school_id)
        command = WriteProblemOfPractice(
            problem=body.problem,
            theory_of_action=body.theory_of_action,
            focus_questions=tuple(
                FocusQuestion(focus_question_id=q.focus_question_id or deps.new_id(), words=q.words.strip())
                for q in body.focus_questions
            ),
        )
        await deps.rounds.handle(round_stream(round_id), command, command_context(actor, request), if_match=if_match)
        file = await round_file(deps, actor.district_id, round_id)
        slots.forget(actor.district_id, file)
        response.headers.update(etag(file.version))
        return await shown(actor, file)

    def preparation(actor: Actor, file: RoundFile) -> Preparation:
        state = file.round
        ready = {p for p, revision in state.acknowledged.items() if revision == state.norms_revision}
        waiting = sorted(state.observer_ids - ready)
        leads = actor.may("debrief.lead", people=file.people)
        return Preparation(
            norms=list(state.norms),
            revision=state.norms_revision,
            acknowledged=actor.person_id in ready,
            ready=len(state.observer_ids & ready),
            observers=len(state.observer_ids),
            waiting=waiting if leads else None,
        )

    @api.get("/rounds/{round_id}/protocol")
    async def get_round_protocol(round_id: UUID, actor: Annotated[Actor, requires("debrief.read")]) -> Protocol:
        """The document that the round walks: its stages with their prompts, its norms."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("debrief.read", what="round", people=file.people)
        return await protocol_of(deps, actor.district_id, file.round)

    @api.get("/rounds/{round_id}/preparation")
    async def get_preparation(round_id: UUID, actor: Annotated[Actor, requires("debrief.read")]) -> Preparation:
        """The norms, and whether they were read and acknowledged; who has not is the facilitator's to see."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("debrief.read", what="round", people=file.people)
        return preparation(actor, file)

    @api.put("/rounds/{round_id}/norms")
    async def set_norms(
        round_id: UUID, body: NormsIn, actor: Annotated[Actor, requires("debrief.lead")], request: Request
    ) -> Preparation:
        """The facilitator's norms, whole; each change is acknowledged anew."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("debrief.lead", what="round", people=file.people)
        command = SetNorms(norms=tuple(body.norms))
        await deps.rounds.handle(round_stream(round_id), command, command_context(actor, request))
        return preparation(actor, await round_file(deps, actor.district_id, round_id))

    @api.post("/rounds/{round_id}/acknowledgement")
    async def acknowledge(
        round_id: UUID,
        body: AcknowledgementIn,
        actor: Annotated[Actor, requires("round.acknowledge")],
        request: Request,
    ) -> Preparation:
        """An observer read the norms and went through the training."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("round.acknowledge", what="round", people=file.people)
        command = AcknowledgeNorms(person_id=actor.person_id, revision=body.revision, trained=body.trained)
        await deps.rounds.handle(round_stream(round_id), command, command_context(actor, request))
        return preparation(actor, await round_file(deps, actor.district_id, round_id))

    return api
