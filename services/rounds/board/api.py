"""`/rounds/{id}/board`: the board, its moves, and the stream of everybody's moves."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse, ServerSentEvent

from services.rounds.board.commands import Moves, Wish
from services.rounds.board.rooms import LOOK_SECONDS, BoardRooms, Room
from services.rounds.deps import Deps
from services.rounds.rounds.queries import RoundFile, debrief_stream
from shared.access import Actor
from shared.errors import NotFound, Refused
from shared.http import requires, token_expires_at
from shared.said import Said, say

HEARTBEAT_SECONDS = 15


class PlacedOut(BaseModel):
    statement_id: UUID
    counter: bool
    by: UUID = Field(description="who moved it last")


class GroupOut(BaseModel):
    group_id: UUID
    title: str
    statements: list[PlacedOut]


class BoardOut(BaseModel):
    """The board as of `version`; what is in no group is unsorted."""

    round_id: UUID
    version: int
    open: bool = Field(description="whether moves are taken")
    groups: list[GroupOut]


class MoveReceipt(BaseModel):
    move_id: UUID
    result: Literal["taken", "duplicate", "refused"]
    version: int | None = None
    code: str | None = None
    detail: str | None = None
    say: Said | None = Field(default=None, description="`detail` in both languages")


class MoveReceipts(BaseModel):
    version: int
    receipts: list[MoveReceipt]


class Voice(BaseModel):
    person_id: UUID
    moves: int
    screened: int
    heard: bool = Field(description="the facilitator heard this person speak")
    spoken: bool = Field(description="any of the three")


class Voices(BaseModel):
    people: list[Voice]


class HeardIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    person_id: UUID


def router(deps: Deps, rooms: BoardRooms) -> APIRouter:
    api = APIRouter(tags=["board"])

    async def entered(round_id: UUID, actor: Actor, action: str = "debrief.take_part") -> tuple[Room, RoundFile]:
        """The room, when the actor is of the round and the debrief has begun."""
        room = rooms.room(actor.district_id, round_id)
        file, _ = await room.facts()
        actor.require(action, what="round", school_id=file.plan.school_id, people=file.people)
        if file.debrief.stage is None:
            raise Refused("before_debrief", say("rounds.before_debrief"), mend=say("rounds.wait_describe"))
        await room.opened()
        return room, file

    @api.get("/rounds/{round_id}/board")
    async def get_board(round_id: UUID, actor: Annotated[Actor, requires("debrief.take_part")]) -> BoardOut:
        room, _ = await entered(round_id, actor)
        _, facts = await room.facts()
        await room.fresh()
        board = room.board
        return BoardOut(
            round_id=round_id,
            version=room.version,
            open=facts.open and actor.person_id in facts.acting,
            groups=[
                GroupOut(
                    group_id=g.group_id,
                    title=g.title,
                    statements=[
                        PlacedOut(statement_id=s, counter=s in board.counter, by=board.moved_by[s])
                        for s in g.statements
                    ],
                )
                for g in board.groups.values()
            ],
        )

    @api.post("/rounds/{round_id}/board/moves")
    async def post_moves(
        round_id: UUID, body: Moves, actor: Annotated[Actor, requires("debrief.take_part")]
    ) -> MoveReceipts:
        """Takes a page's moves, one receipt each. Sending the same again is always safe: a move counts once."""
        room, _ = await entered(round_id, actor)
        answers = await room.move(body.moves, actor.person_id)
        return MoveReceipts(version=room.version, receipts=[_receipt(*a) for a in answers])

    @api.get(
        "/rounds/{round_id}/board/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def board_events(
        round_id: UUID,
        request: Request,
        actor: Annotated[Actor, requires("debrief.take_part")],
        after: Annotated[int, Query(ge=0)] = 0,
        debrief: Annotated[int | None, Query(ge=0, description="version of the debrief that the page shows")] = None,
        last_event_id: Annotated[int | None, Header(alias="Last-Event-ID")] = None,
    ) -> EventSourceResponse:
        """`moves` events, each a list in the server's order with the board's version as id; `again` when the page
        must read the board anew, `debrief` when stage, screening or patterns are beyond what the page shows. The last
        event is `ended`: `closed` or `expired` (sign in again, then reconnect)."""
        room, _ = await entered(round_id, actor)
        start = last_event_id if last_event_id is not None else after
        return EventSourceResponse(
            _events(rooms, room, start, debrief, token_expires_at(request)),
            ping=HEARTBEAT_SECONDS,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @api.get("/rounds/{round_id}/voices")
    async def get_voices(round_id: UUID, actor: Annotated[Actor, requires("debrief.lead")]) -> Voices:
        """Who has taken part so far, for the facilitator alone: everyone's voice belongs in the patterns."""
        room, file = await entered(round_id, actor, "debrief.lead")
        await room.fresh()
        screened = await _screened_by(deps, actor.district_id, round_id)
        people = []
        for person_id in sorted(file.round.observer_ids):
            moves, heard = room.board.moves_of(person_id), person_id in room.board.heard
            n = screened.get(person_id, 0)
            people.append(
                Voice(person_id=person_id, moves=moves, screened=n, heard=heard, spoken=bool(moves or n or heard))
            )
        return Voices(people=people)

    @api.post("/rounds/{round_id}/voices", status_code=204)
    async def hear_voice(round_id: UUID, body: HeardIn, actor: Annotated[Actor, requires("debrief.lead")]) -> None:
        """Notes that this person spoke at the table."""
        room, file = await entered(round_id, actor, "debrief.lead")
        if body.person_id not in file.round.observer_ids:
            raise NotFound(say("rounds.not_on_team"))
        await room.hear(body.person_id, actor.person_id)

    return api


def _receipt(wish: Wish, answer: int | Refused | None) -> MoveReceipt:
    if isinstance(answer, Refused):
        why = answer.detail
        return MoveReceipt(move_id=wish.move_id, result="refused", code=answer.code, detail=why, say=answer.say)
    if answer is None:
        return MoveReceipt(move_id=wish.move_id, result="duplicate")
    return MoveReceipt(move_id=wish.move_id, result="taken", version=answer)


async def _screened_by(deps: Deps, district_id: UUID, round_id: UUID) -> dict[UUID, int]:
    """How many verdicts each person gave."""
    found: dict[UUID, int] = {}
    for event in await deps.store.read_stream(debrief_stream(round_id), district_id):
        who = event.meta.actor_id
        if who is not None and event.type in ("StatementAdmitted", "StatementChallenged"):
            found[who] = found.get(who, 0) + 1
    return found


async def _events(
    rooms: BoardRooms, room: Room, sent: int, debrief: int | None, expires_at: float
) -> AsyncIterator[ServerSentEvent]:
    """`sent`, `debrief`: what the page has of the board's moves and of the debrief around it."""
    bell = asyncio.Event()
    room.bells.add(bell)
    if debrief is None:
        debrief = room.debrief_version
    try:
        if room.since(sent) is None or sent > room.version:
            yield ServerSentEvent(data="{}", event="again")
            sent = room.version
        while not rooms.closed:
            left = expires_at - time.time()
            if left <= 0:
                yield ServerSentEvent(data='{"reason":"expired"}', event="ended")
                return
            bell.clear()
            news, version = room.since(sent), room.version
            if news:
                yield ServerSentEvent(data=f"[{','.join(news)}]", event="moves", id=str(version))
            sent = version
            if debrief < room.debrief_version:
                debrief = room.debrief_version
                yield ServerSentEvent(data="{}", event="debrief")
                file, _ = await room.facts()
                if file.debrief.closed:
                    yield ServerSentEvent(data=json.dumps({"reason": "closed"}), event="ended")
                    return
            try:
                async with asyncio.timeout(min(left, LOOK_SECONDS)):
                    await bell.wait()
            except TimeoutError:
                await room.fresh()
    finally:
        room.bells.discard(bell)
