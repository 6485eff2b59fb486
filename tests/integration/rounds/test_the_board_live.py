"""Several people sort statements at once, over real HTTP: one order for all, nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import TypeAdapter

from services.rounds.board import events
from services.rounds.board.commands import Moves
from services.rounds.board.rooms import BoardRooms, Room
from services.rounds.board.state import Board
from services.rounds.debrief.commands import ChallengeStatement
from services.rounds.rounds.queries import debrief_stream
from shared.access import Actor, Role
from shared.messages import CommandContext
from tests.integration.rounds.world import ARound, RoundsWorld
from tests.support.sse import listening, served


@pytest.fixture(scope="session")
async def live(rounds_world: RoundsWorld) -> AsyncIterator[httpx.AsyncClient]:
    async with served(rounds_world.service.app) as address, httpx.AsyncClient(base_url=address, timeout=30) as http:
        yield http


async def analyzing(world: RoundsWorld, *, words: int = 3) -> tuple[ARound, list[str]]:
    round_ = await world.a_round(teams=1, rooms=2)
    await round_.notes_everywhere(*(f"Fact {n}." for n in range(words)))
    await round_.open("describe")
    items = (await round_.evidence(round_.facilitator, kind="statement"))["items"]
    await round_.open("analyze")
    return round_, [i["id"] for i in items]


def place(statement: str, group: str | None, **more: Any) -> dict[str, Any]:
    return {"kind": "place_statement", "move_id": str(uuid4()), "statement_id": statement, "group_id": group} | more


def make(group: str, title: str = "Recall leads") -> dict[str, Any]:
    return {"kind": "make_group", "move_id": str(uuid4()), "group_id": group, "title": title}


async def move(round_: ARound, actor: Actor, *moves: dict[str, Any]) -> list[dict[str, Any]]:
    told = await round_.ok(actor, "POST", "/board/moves", json={"moves": moves})
    return list(told["receipts"])


class Page:
    """Folds what it is told, as the desk does."""

    def __init__(self) -> None:
        self.board, self.seen, self.version = Board(), [], 0

    def take(self, told: list[dict[str, Any]], round_id: UUID) -> None:
        for one in told:
            assert one["version"] > self.version, "in the server's order, each once"
            self.version = one["version"]
            body = {k: v for k, v in one.items() if k not in ("kind", "version")} | {"round_id": round_id}
            event = TypeAdapter(getattr(events, one["kind"])).validate_python(body)
            self.seen.append(event.move_id)
            self.board.apply(event)

    def groups(self) -> list[list[str]]:
        return [[str(s) for s in g.statements] for g in self.board.groups.values()]


async def test_three_pages_in_a_storm_end_with_one_board(rounds_world: RoundsWorld, live: httpx.AsyncClient) -> None:
    round_, statements = await analyzing(rounds_world)
    groups = [str(uuid4()) for _ in range(3)]
    await move(round_, round_.facilitator, *(make(g, f"Group {n}") for n, g in enumerate(groups)))
    people = [round_.facilitator, round_.observer(0), round_.observer(1)]
    path = f"{round_.path}/board/events"
    pages = [Page() for _ in people]
    last = place(statements[0], groups[0])

    async def listen(actor: Actor, page: Page) -> None:
        async with listening(live, path, rounds_world.identity.headers_for(actor)) as following:
            while UUID(last["move_id"]) not in page.seen:
                kind, _, told = await following()
                if kind == "moves":
                    page.take(told, round_.scheduled.round_id)

    async def storm(actor: Actor, n: int) -> None:
        for k in range(15):
            one = place(statements[(n + k) % len(statements)], groups[(n * k) % 3], counter=k % 5 == 0)
            assert (await move(round_, actor, one))[0]["result"] == "taken"
            if k % 4 == 0:  # the answer was lost
                assert (await move(round_, actor, one))[0]["result"] == "duplicate"

    async with asyncio.TaskGroup() as tasks:
        listeners = [tasks.create_task(listen(a, p)) for a, p in zip(people, pages, strict=True)]
        await asyncio.gather(*(storm(a, n) for n, a in enumerate(people)))
        await move(round_, round_.facilitator, last)
        await asyncio.gather(*listeners)

    board = await round_.ok(round_.facilitator, "GET", "/board")
    shown = [[s["statement_id"] for s in g["statements"]] for g in board["groups"]]
    assert [p.groups() for p in pages] == [shown] * 3
    assert len({tuple(p.seen) for p in pages}) == 1
    assert len(pages[0].seen) == 3 + 45 + 1
    # what this process holds is what the log says, read anew
    fresh = Room(rounds_world.deps, round_.district_id, round_.scheduled.round_id)
    await fresh.opened()
    assert [[str(s) for s in g.statements] for g in fresh.board.groups.values()] == shown


async def test_moves_made_offline_replay_once_and_are_judged_on_what_the_board_has_become(
    rounds_world: RoundsWorld,
) -> None:
    round_, statements = await analyzing(rounds_world)
    mine, gone = str(uuid4()), str(uuid4())
    await move(round_, round_.facilitator, make(gone, "Short-lived"))
    offline = [make(mine), place(statements[0], mine), place(statements[1], gone), place(statements[2], mine)]
    await move(round_, round_.facilitator, {"kind": "remove_group", "move_id": str(uuid4()), "group_id": gone})
    first = await move(round_, round_.observer(0), *offline)
    assert [r["result"] for r in first] == ["taken", "taken", "refused", "taken"]
    assert first[2]["code"] == "group_gone"
    again = await move(round_, round_.observer(0), *offline)
    assert [r["result"] for r in again] == ["duplicate", "duplicate", "refused", "duplicate"]
    board = await round_.ok(round_.observer(1), "GET", "/board")
    assert [[s["statement_id"] for s in g["statements"]] for g in board["groups"]] == [[statements[0], statements[2]]]
    assert board["groups"][0]["statements"][0]["by"] == str(round_.observer(0).person_id)


async def test_another_process_moves_too(rounds_world: RoundsWorld, live: httpx.AsyncClient) -> None:
    """This process guesses an order that the log does not have: it is decided again behind what it missed."""
    round_, statements = await analyzing(rounds_world)
    group = str(uuid4())
    path = f"{round_.path}/board/events"
    async with listening(live, path, rounds_world.identity.headers_for(round_.observer(0))) as following:
        await move(round_, round_.facilitator, make(group))
        assert (await following())[0] == "moves"
        elsewhere = BoardRooms(rounds_world.deps).room(round_.district_id, round_.scheduled.round_id)
        wish = Moves.model_validate({"moves": [place(statements[0], group)]}).moves
        await elsewhere.move(wish, round_.observer(1).person_id)
        await move(round_, round_.facilitator, place(statements[1], group))
        told: list[Any] = []
        while len(told) < 2:
            told += (await following())[2]
        assert [t["statement_id"] for t in told] == [statements[0], statements[1]]


async def test_the_page_that_comes_back_is_told_what_it_missed_and_hears_of_the_debrief(
    rounds_world: RoundsWorld, live: httpx.AsyncClient
) -> None:
    round_, statements = await analyzing(rounds_world)
    group = str(uuid4())
    headers = rounds_world.identity.headers_for(round_.observer(0))
    path = f"{round_.path}/board/events"
    await move(round_, round_.facilitator, make(group))
    async with listening(live, path, headers) as following:
        _, seen, _ = await following()
    await move(round_, round_.facilitator, place(statements[0], group))
    async with listening(live, path, headers | {"Last-Event-ID": seen}) as following:
        kind, _, told = await following()
        assert (kind, [t["kind"] for t in told]) == ("moves", ["StatementPlaced"])
        await round_.ok(
            round_.observer(1),
            "PUT",
            f"/screening/{statements[1]}",
            json={"verdict": "challenged", "reason": "A guess"},
        )
        assert (await following())[0] == "debrief"
    refused = await move(round_, round_.observer(0), place(statements[1], group))
    assert refused[0]["code"] == "statement_challenged"


async def test_a_page_is_told_of_a_debrief_that_changed_before_it_listened(
    rounds_world: RoundsWorld, live: httpx.AsyncClient
) -> None:
    """A red dot set between the page's read and its first event, or while it had no network, is not missed."""
    round_, statements = await analyzing(rounds_world)
    shown = (await round_.ok(round_.observer(0), "GET", "/debrief"))["version"]
    headers = rounds_world.identity.headers_for(round_.observer(0))
    await round_.ok(round_.observer(1), "PUT", f"/screening/{statements[0]}", json={"verdict": "challenged"})
    async with listening(live, f"{round_.path}/board/events?debrief={shown}", headers) as following:
        assert (await following())[0] == "debrief"
    shown = (await round_.ok(round_.observer(0), "GET", "/debrief"))["version"]
    async with listening(live, f"{round_.path}/board/events?debrief={shown}", headers) as following:
        await move(round_, round_.facilitator, make(str(uuid4())))
        assert (await following())[0] == "moves"  # nothing is told that the page shows


async def test_a_page_is_told_of_a_debrief_that_another_process_changed(
    rounds_world: RoundsWorld, live: httpx.AsyncClient
) -> None:
    round_, statements = await analyzing(rounds_world)
    headers = rounds_world.identity.headers_for(round_.observer(0))
    async with listening(live, f"{round_.path}/board/events", headers) as following:
        round_id = round_.scheduled.round_id
        command = ChallengeStatement(round_id=round_id, statement_id=UUID(statements[0]), reason="A guess")
        context = CommandContext(round_.district_id, round_.facilitator.person_id)
        await rounds_world.deps.debriefs.handle(debrief_stream(round_id), command, context)
        assert (await following())[0] == "debrief"


async def test_who_has_not_spoken_is_for_the_facilitator_alone(rounds_world: RoundsWorld) -> None:
    round_, statements = await analyzing(rounds_world)
    await move(round_, round_.observer(0), place(statements[0], None))
    await round_.ok(round_.observer(1), "PUT", f"/screening/{statements[1]}", json={"verdict": "challenged"})
    quiet = str(round_.observer(2).person_id)

    async def silent() -> list[str]:
        voices = await round_.ok(round_.facilitator, "GET", "/voices")
        return [v["person_id"] for v in voices["people"] if not v["spoken"]]

    assert await silent() == [quiet]
    await round_.ok(round_.facilitator, "POST", "/voices", json={"person_id": quiet})
    await round_.ok(round_.facilitator, "POST", "/voices", json={"person_id": quiet})
    assert await silent() == []
    for other in (round_.observer(0), round_.principal):
        answer = await rounds_world.ask(other, "GET", f"{round_.path}/voices")
        assert answer.status_code in (403, 404)
    stranger = await rounds_world.ask(round_.somebody(Role.OBSERVER, uuid4()), "GET", f"{round_.path}/board")
    assert stranger.status_code == 404
