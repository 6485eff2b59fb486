"""The debrief of a round: stages, screening, patterns, predictions, next level of work, release."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.board.rooms import BoardRooms
from services.rounds.capture.queries import round_notes
from services.rounds.capture.slots import SlotBook
from services.rounds.debrief import queries
from services.rounds.debrief.commands import (
    AdmitStatement,
    ChallengeStatement,
    CloseSynthesis,
    CommitNextLevelOfWork,
    DebriefCommand,
    DropPattern,
    NamePattern,
    OpenStage,
    ReleaseRound,
    WritePredictions,
)
from services.rounds.debrief.events import Commitment
from services.rounds.debrief.queries import (
    DebriefOut,
    PatternOut,
    ReleaseOut,
    StageOut,
    SynthesisOut,
    debrief_out,
    pattern_out,
)
from services.rounds.debrief.state import DebriefState
from services.rounds.debrief.synthesis import synthesis
from services.rounds.deps import Deps
from services.rounds.follow_up.api import setting
from services.rounds.rounds.commands import OpenVisit
from services.rounds.rounds.events import Stage
from services.rounds.rounds.protocol import require_part
from services.rounds.rounds.queries import RoundFile, debrief_stream, district, protocol_of, round_file, round_stream
from shared.access import Actor
from shared.command_handler import Handled
from shared.errors import NotFound, Refused
from shared.http import IdempotencyKey, IfMatch, command_context, etag, requires
from shared.said import say


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PatternIn(_In):
    name: str
    description: str = ""
    statement_ids: list[UUID] = Field(max_length=2000)
    counter_statement_ids: list[UUID] = Field(default=[], max_length=2000, description="speak against it")


class PredictionsIn(_In):
    predictions: list[str] = Field(max_length=100)


class NextLevelOfWorkIn(_In):
    commitments: list[Commitment] = Field(max_length=100)


class CloseIn(_In):
    follow_up_on: date | None = Field(default=None, description="a school day; without it: three months on")


class ScreeningIn(_In):
    verdict: Literal["admitted", "challenged"]
    reason: str | None = Field(default=None, max_length=1000)


def router(deps: Deps, slots: SlotBook, rooms: BoardRooms) -> APIRouter:
    api = APIRouter(tags=["debrief"])

    async def led(round_id: UUID, actor: Actor, action: str = "debrief.lead") -> RoundFile:
        """The round, when the actor facilitates it (or takes part, where the action says so)."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require(action, what="round", school_id=file.plan.school_id, people=file.people)
        if file.round.withdrawn:
            raise Refused("round_withdrawn", say("rounds.withdrawn"))
        return file

    async def handle(
        round_id: UUID,
        command: DebriefCommand,
        actor: Actor,
        request: Request,
        response: Response,
        *,
        key: UUID | None = None,
        if_match: int | None = None,
    ) -> Handled[DebriefState]:
        handled = await deps.debriefs.handle(
            debrief_stream(round_id), command, command_context(actor, request, key), if_match=if_match
        )
        response.headers.update(etag(handled.version))
        rooms.changed(actor.district_id, round_id, handled.version)
        return handled

    @api.get("/rounds/{round_id}/debrief")
    async def get_debrief(
        round_id: UUID, actor: Annotated[Actor, requires("debrief.read")], response: Response
    ) -> DebriefOut:
        """Where the debrief stands, for its facilitator and its observers."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("debrief.read", what="round", people=file.people)
        response.headers.update(etag(file.debrief_version))
        return await debrief_out(deps, file, actor)

    @api.post("/rounds/{round_id}/stages/{stage}")
    async def open_stage(
        round_id: UUID,
        stage: Stage,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> StageOut:
        """Opens a stage: forward one at a time, when what it needs is there; back until the synthesis closes."""
        file = await led(round_id, actor)
        protocol = await protocol_of(deps, actor.district_id, file.round)
        require_part(protocol, stage, actor.person_id, file.people)
        if stage == "visit" and file.debrief.stage is None:
            plan = file.plan
            read = await deps.instruments.get(actor.district_id, plan.instrument, plan.instrument_version)
            opening = OpenVisit(protocol=protocol, instrument_read=read is not None)
            await deps.rounds.handle(round_stream(round_id), opening, command_context(actor, request, key))
        else:
            held = await round_notes(deps, actor.district_id, file)
            command = OpenStage(
                round_id=round_id,
                school_id=file.plan.school_id,
                stage=stage,
                visit_open=file.round.stage == "visit",
                statements=tuple(sorted(held.standing)),
                protocol=protocol,
            )
            await handle(round_id, command, actor, request, response, key=key)
        file = await round_file(deps, actor.district_id, round_id)
        slots.forget(actor.district_id, file)
        return StageOut(round_id=round_id, stage=file.stage, version=file.debrief_version)

    @api.put("/rounds/{round_id}/screening/{statement_id}")
    async def screen_statement(
        round_id: UUID,
        statement_id: UUID,
        body: ScreeningIn,
        actor: Annotated[Actor, requires("debrief.take_part")],
        request: Request,
        response: Response,
    ) -> DebriefOut:
        """Admits a statement as evidence, or challenges it ("red dot"): anyone whose part acts in the stage may."""
        file = await led(round_id, actor, "debrief.take_part")
        require_part(await protocol_of(deps, actor.district_id, file.round), file.stage, actor.person_id, file.people)
        queries.linked(await round_notes(deps, actor.district_id, file), [statement_id])
        command: DebriefCommand = (
            AdmitStatement(round_id=round_id, statement_id=statement_id)
            if body.verdict == "admitted"
            else ChallengeStatement(round_id=round_id, statement_id=statement_id, reason=body.reason)
        )
        await handle(round_id, command, actor, request, response)
        return await debrief_out(deps, await round_file(deps, actor.district_id, round_id), actor)

    async def named(round_id: UUID, pattern_id: UUID, body: PatternIn, actor: Actor, file: RoundFile) -> NamePattern:
        held = await round_notes(deps, actor.district_id, file)
        return NamePattern(
            round_id=round_id,
            school_id=file.plan.school_id,
            pattern_id=pattern_id,
            name=body.name,
            description=body.description,
            statements=queries.linked(held, body.statement_ids),
            counter=queries.linked(held, body.counter_statement_ids),
        )

    @api.post("/rounds/{round_id}/patterns", status_code=201)
    async def name_pattern(
        round_id: UUID,
        body: PatternIn,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> PatternOut:
        """Names a pattern: at least 2 statements, from at least 2 rooms."""
        file = await led(round_id, actor)
        pattern_id = command_context(actor, request, key).event_id(0) if key else deps.new_id()
        command = await named(round_id, pattern_id, body, actor, file)
        handled = await handle(round_id, command, actor, request, response, key=key)
        return pattern_out(handled.state.patterns[pattern_id])

    @api.put("/rounds/{round_id}/patterns/{pattern_id}")
    async def change_pattern(
        round_id: UUID,
        pattern_id: UUID,
        body: PatternIn,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> PatternOut:
        """Changes the whole pattern."""
        file = await led(round_id, actor)
        if pattern_id not in file.debrief.patterns:
            raise NotFound(say("rounds.no_pattern"))
        command = await named(round_id, pattern_id, body, actor, file)
        handled = await handle(round_id, command, actor, request, response, if_match=if_match)
        return pattern_out(handled.state.patterns[pattern_id])

    @api.delete("/rounds/{round_id}/patterns/{pattern_id}", status_code=204)
    async def drop_pattern(
        round_id: UUID,
        pattern_id: UUID,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> None:
        file = await led(round_id, actor)
        command = DropPattern(round_id=round_id, school_id=file.plan.school_id, pattern_id=pattern_id)
        await handle(round_id, command, actor, request, response, if_match=if_match)

    @api.put("/rounds/{round_id}/predictions")
    async def write_predictions(
        round_id: UUID,
        body: PredictionsIn,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> DebriefOut:
        await led(round_id, actor)
        command = WritePredictions(round_id=round_id, predictions=tuple(body.predictions))
        await handle(round_id, command, actor, request, response, if_match=if_match)
        return await debrief_out(deps, await round_file(deps, actor.district_id, round_id), actor)

    @api.put("/rounds/{round_id}/next-level-of-work")
    async def commit_next_level_of_work(
        round_id: UUID,
        body: NextLevelOfWorkIn,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> DebriefOut:
        """What, who, by when, with which resources, and what revisits it."""
        file = await led(round_id, actor)
        people = {p for named in file.people.values() for p in named}
        command = CommitNextLevelOfWork(round_id=round_id, people=tuple(people), commitments=tuple(body.commitments))
        await handle(round_id, command, actor, request, response, if_match=if_match)
        return await debrief_out(deps, await round_file(deps, actor.district_id, round_id), actor)

    @api.post("/rounds/{round_id}/close")
    async def close_synthesis(
        round_id: UUID,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        body: CloseIn | None = None,
        key: IdempotencyKey = None,
    ) -> DebriefOut:
        """Closes the synthesis: from now on the evidence is no longer shown to the facilitator. Sets the day on which
        the next level of work is looked at again."""
        file = await led(round_id, actor)
        command = CloseSynthesis(
            round_id=round_id,
            school_id=file.plan.school_id,
            follow_up=await setting(deps, actor.district_id, file, body.follow_up_on if body else None),
        )
        await handle(round_id, command, actor, request, response, key=key)
        file = await round_file(deps, actor.district_id, round_id)
        slots.forget(actor.district_id, file)
        return await debrief_out(deps, file, actor)

    @api.post("/rounds/{round_id}/release", status_code=201)
    async def release_round(
        round_id: UUID,
        actor: Annotated[Actor, requires("debrief.lead")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> ReleaseOut:
        """Releases the patterns to the school as a frozen snapshot; a later release takes up corrections of the
        figures, as far as their difference tells of nobody."""
        file = await led(round_id, actor)
        held = await round_notes(deps, actor.district_id, file)
        minima = await district(deps.db, actor.district_id)
        frozen = synthesis(file.debrief, file.round.problem, queries.support(held), minima)
        command = ReleaseRound(round_id=round_id, school_id=file.plan.school_id, synthesis=frozen)
        handled = await handle(round_id, command, actor, request, response, key=key)
        slots.forget(actor.district_id, file)
        return ReleaseOut(round_id=round_id, release=len(handled.state.releases))

    @api.get("/rounds/{round_id}/synthesis")
    async def get_synthesis(
        round_id: UUID,
        actor: Annotated[Actor, requires("synthesis.released.read")],
        response: Response,
        release: Annotated[int | None, Query(ge=1, description="without it: the newest")] = None,
    ) -> SynthesisOut:
        """The released words: problem of practice, patterns, predictions, next level of work. The school and the
        facilitator also read the statements behind a pattern, without writer, room or time."""
        file = await round_file(deps, actor.district_id, round_id)
        actor.require("synthesis.released.read", what="release", school_id=file.plan.school_id, people=file.people)
        releases = file.debrief.releases
        found = next((r for r in reversed(releases) if release in (None, r.release)), None)
        if found is None:
            raise NotFound(say("errors.not_yours.release"))
        near = actor.may("synthesis.statements.read", school_id=file.plan.school_id, people=file.people)
        held = await round_notes(deps, actor.district_id, file) if near else None
        response.headers["Cache-Control"] = "no-store"
        return SynthesisOut(
            round_id=round_id,
            school_id=file.plan.school_id,
            release=found.release,
            releases=[r.release for r in releases],
            synthesis=await queries.told(deps.words, actor.district_id, found.synthesis, round_id, held),
        )

    return api
