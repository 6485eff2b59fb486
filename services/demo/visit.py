"""One demo round, from the plan to as far as it has come, by the people who take part in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from services.demo import words
from services.demo.district import DemoPerson
from services.demo.door import DemoFailed, Door, until
from services.demo.rounds import SLOT_MINUTES, DemoRound
from services.demo.seeded import Seeded
from shared.messages import new_id, utc_now

_ELEMENTS = ("teacher", "student", "content", "task")
_RATINGS = {
    "grouping": ("whole_class", "whole_class", "groups", "pairs", "alone", "not_observed"),
    "task-demand": ("recall", "procedure", "procedure", "explain", "not_observed"),
    "student-reasons": ("0", "1", "2", "3", "5"),
    "student-talk": ("0", "1", "1", "2", "3"),
}


async def hold_round(seeded: Seeded, leader: Door, round_: DemoRound, rooms: list[str]) -> None:
    """Schedules the round and takes it to its stage."""
    round_id = (await leader("POST", "scheduling/rounds", _plan(seeded, round_, rooms)))["round_id"]
    if not round_.reached("prepared"):
        return
    path = f"rounds/rounds/{round_id}"
    principal = await seeded.door(seeded.district.principal(round_.school))
    shown = await until("the round to be opened", lambda: _opened(principal, path))
    shown = await principal("PUT", f"{path}/problem-of-practice", _problem(round_))
    if not round_.reached("visit"):
        return
    facilitator = await seeded.door(round_.facilitator)
    await facilitator("POST", f"{path}/stages/visit")
    questions = [q["focus_question_id"] for q in shown["problem_of_practice"]["focus_questions"]]
    observers = [(team, p) for team, people in enumerate(round_.teams) for p in people]
    if round_.stage == "visit":
        observers = observers[: 2 * len(observers) // 3]
    await asyncio.gather(*(_observe(seeded, round_, shown["slots"], questions, t, p) for t, p in observers))
    await _debrief(facilitator, path, round_)
    if round_.check and round_.reached("released"):
        await _follow_up(principal, path, round_)


async def _opened(door: Door, path: str) -> dict[str, Any] | None:
    try:
        return dict(await door("GET", path))
    except DemoFailed:
        return None  # scheduling's event is still on its way


def _plan(seeded: Seeded, round_: DemoRound, rooms: list[str]) -> dict[str, Any]:
    return {
        "school_id": str(seeded.school_ids[round_.school.key]),
        "day": round_.day.isoformat(),
        "facilitator_id": seeded.id_of(round_.facilitator),
        "teams": [
            {
                "name": f"Team {n}",
                "observer_ids": [seeded.id_of(p) for p in people],
                "timekeeper_id": seeded.id_of(people[0]),
            }
            for n, people in enumerate(round_.teams, start=1)
        ],
        "slots": [
            {
                "team": s.team,
                "classroom_id": rooms[s.room],
                "starts_at": s.starts_at.isoformat(),
                "ends_at": s.ends_at.isoformat(),
            }
            for s in round_.slots
        ],
    }


def _problem(round_: DemoRound) -> dict[str, Any]:
    asked = words.PROBLEMS[round_.problem]
    return {
        "problem": asked.problem_of_practice,
        "theory_of_action": asked.theory_of_action,
        "focus_questions": [{"words": q} for q in asked.focus_questions],
    }


async def _observe(
    seeded: Seeded, round_: DemoRound, slots: list[dict[str, Any]], questions: list[str], team: int, person: DemoPerson
) -> None:
    """One observer's notes of all their slots, sent in one batch when the tablet is back on the network."""
    random = Random(f"{round_.school.key} {round_.day} {person.key}")
    door = await seeded.door(person)
    mine = [s for s in slots if s["team_id"] == _team_id(slots, round_, team)]
    items: list[dict[str, Any]] = []
    for n, slot in enumerate(mine):
        seen = _seen_in(round_, slot)
        written = [*_statements(seen, questions, random), *_ratings(random)]
        if round_.stage != "visit" or n < len(mine) - 1:
            written.append({"kind": "submit", "after": SLOT_MINUTES})
        for item in written:
            at = datetime.fromisoformat(slot["starts_at"]) + timedelta(minutes=item.pop("after"))
            item |= {"slot_id": slot["slot_id"], "client_id": str(new_id()), "device_time": at.isoformat()}
            items.append(item | {"seq": len(items) + 1})
    batch = {"device_id": str(new_id()), "sent_at": utc_now().isoformat(), "items": items}
    told = await door("POST", "rounds/capture/batches", batch)
    refused = [r for r in told["receipts"] if r["result"] != "stored"]
    if refused:
        raise DemoFailed(f"{len(refused)} of {len(items)} items were not stored: {refused[0]}")


def _seen_in(round_: DemoRound, slot: dict[str, Any]) -> list[str]:
    """The core elements that there was something to see of in this slot: the same for the whole team."""
    random = Random(f"{round_.school.key} {round_.day} {slot['room']} {slot['starts_at']}")
    return random.sample(_ELEMENTS, random.choice((1, 2, 2, 2, 3, 3, 4)))


def _statements(seen: list[str], questions: list[str], random: Random) -> Iterator[dict[str, Any]]:
    for minute in sorted(random.sample(range(20), random.randint(1, 4))):
        element = random.choice(seen)
        yield {
            "kind": "statement",
            "after": minute,
            "minute": minute,
            "words": words.statement(element, random),
            "core_element": element,
            "focus_question_ids": random.sample(questions, random.randint(0, 1)),
        }


def _ratings(random: Random) -> Iterator[dict[str, Any]]:
    for look_for, values in _RATINGS.items():
        yield {"kind": "rating", "after": 19, "look_for_id": look_for, "value": random.choice(values)}


def _team_id(slots: list[dict[str, Any]], round_: DemoRound, team: int) -> str:
    """The id that the plan's team got: it is in the first round of slots, in the plan's order of rooms."""
    room = round_.school.rooms[next(s.room for s in round_.slots if s.team == team)][0]
    first = min(s["starts_at"] for s in slots)
    return str(next(s["team_id"] for s in slots if s["room"] == room and s["starts_at"] == first))


async def _debrief(facilitator: Door, path: str, round_: DemoRound) -> None:
    if not round_.reached("describe"):
        return
    await facilitator("POST", f"{path}/stages/describe")
    statements = await facilitator.all(f"{path}/evidence", kind="statement", limit="2000")
    for n, statement in enumerate(statements[:12]):
        verdict = "challenged" if n == 7 else "admitted"
        await facilitator("PUT", f"{path}/screening/{statement['id']}", {"verdict": verdict})
    if not round_.reached("analyze"):
        return
    await facilitator("POST", f"{path}/stages/analyze")
    kept = [s for n, s in enumerate(statements) if n != 7]
    for n, (name, description) in enumerate(words.PATTERNS):
        behind = [s["id"] for s in behind_pattern(kept, n)]
        await facilitator(
            "POST", f"{path}/patterns", {"name": name, "description": description, "statement_ids": behind}
        )
    if not round_.reached("predict"):
        return
    await facilitator("POST", f"{path}/stages/predict")
    await facilitator("PUT", f"{path}/predictions", {"predictions": list(words.PREDICTIONS)})
    if not round_.reached("next_level_of_work"):
        return
    await facilitator("POST", f"{path}/stages/next_level_of_work")
    commitments = [
        {"what": what, "who": who, "by_when": by_when, "resources": resources, "revisit": revisit}
        for what, who, by_when, resources, revisit in words.NEXT_LEVEL
    ]
    await facilitator("PUT", f"{path}/next-level-of-work", {"commitments": commitments})
    if not round_.reached("closed"):
        return
    check = round_.check.isoformat() if round_.check else None
    await facilitator("POST", f"{path}/close", {"follow_up_on": check})
    if round_.reached("released"):
        await facilitator("POST", f"{path}/release")


def behind_pattern(kept: list[dict[str, Any]], n: int) -> list[dict[str, Any]]:
    """Every sixth statement from the n-th on; where those are of one room, another's besides, as a pattern needs two.
    They come in the order in which the tablets were faster."""
    share = kept[n::6][:14]
    rooms = {s["classroom_id"] for s in share}
    return share if len(rooms) > 1 else [*share, *[s for s in kept if s["classroom_id"] not in rooms][:1]]


async def _follow_up(principal: Door, path: str, round_: DemoRound) -> None:
    """What became of the next level of work: all of it where the check was held, else of the first step."""
    said = words.REVISITED if round_.checked else words.REVISITED[:1]
    reports = [{"number": n, "status": status, "evidence": e} for n, (status, e) in enumerate(said, start=1)]
    await principal("POST", f"{path}/follow-up/reports", {"reports": reports, "held": round_.checked})
