"""Suggested groups: made beside the server, taken or left by the team, never anybody else's to read."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.integration.rounds.world import RoundsWorld


async def test_the_team_asks_and_nothing_moves(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(teams=1, rooms=2)
    await round_.notes_everywhere("Four children copied the worked example.", "A girl gave a reason for her fraction.")
    await round_.open("describe")
    path = f"{round_.path}/board/suggestions"
    early = await rounds_world.ask(round_.observer(0), "POST", path)
    assert early.json()["code"] == "board_closed"
    await round_.open("analyze")
    assert (await round_.ok(round_.observer(0), "GET", "/board/suggestions"))["state"] == "none"
    asked = await rounds_world.ask(round_.observer(0), "POST", path)
    assert asked.status_code == 202

    async def done() -> Any:
        async with asyncio.timeout(60):
            while True:
                told = await round_.ok(round_.observer(1), "GET", "/board/suggestions")
                if told["state"] != "working":
                    return told
                await asyncio.sleep(0)

    told = await done()
    assert (told["state"], told["statements"]) == ("done", 12)
    assert told["method"] in ("words", "model")
    standing = {i["id"] for i in (await round_.evidence(round_.facilitator, kind="statement"))["items"]}
    assert all(set(g["statement_ids"]) <= standing for g in told["groups"])
    assert (await round_.ok(round_.facilitator, "GET", "/board"))["groups"] == []
    assert (await rounds_world.ask(round_.principal, "GET", path)).status_code == 403
