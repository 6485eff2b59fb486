"""The demo's coaching: a directory, and a cycle of each model, some way along."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

from services.demo.coaching_words import (
    COACHING,
    EXPERTISE,
    GOALS,
    JOURNAL,
    LESSON,
    OFFERS,
    PEER,
    Step,
)
from services.demo.district import DemoPerson
from services.demo.door import Door
from services.demo.seeded import Seeded
from shared.messages import new_id

JOURNALS = 5  # of other people, so that a leader sees a number


async def coach(seeded: Seeded, people: dict[str, DemoPerson], today: date) -> None:
    """`people`: the demo's sign-ins by role."""
    observer, teacher = await seeded.door(people["observer"]), await seeded.door(people["teacher"])
    facilitator, principal = await seeded.door(people["facilitator"]), await seeded.door(people["host_principal"])
    named = {
        "observer": (people["observer"], observer),
        "teacher": (people["teacher"], teacher),
        "facilitator": (people["facilitator"], facilitator),
        "principal": (people["host_principal"], principal),
    }
    others = [p for p in seeded.district.with_role("observer") if p != people["observer"]][:JOURNALS]
    doors = [door for _, door in named.values()] + [await seeded.door(p) for p in others]
    await asyncio.gather(*(d("PUT", "rounds/partners/me", OFFERS[n % len(OFFERS)]) for n, d in enumerate(doors)))
    cycles = (
        ("peer-observation", ("teacher", "observer"), PEER),
        ("cognitive-coaching", ("facilitator", "principal"), COACHING),
        ("lesson-study", ("observer", "teacher", "facilitator"), LESSON),
        ("growing-expertise", ("teacher", "principal"), EXPERTISE),
        ("reflective-practice", ("observer",), JOURNAL),
    )
    for key, keys, steps in cycles:
        await _run(seeded, key, [named[k] for k in keys], steps, today)
    alone = [(p, await seeded.door(p)) for p in others]
    await asyncio.gather(*(_run(seeded, "reflective-practice", [a], JOURNAL[:2], today) for a in alone))


async def _run(
    seeded: Seeded, key: str, people: list[tuple[DemoPerson, Door]], steps: tuple[Step, ...], today: date
) -> None:
    lead = people[0][1]
    protocols = (await lead("GET", "rounds/protocols"))["items"]
    version = next(p["version"] for p in protocols if p["key"] == key)
    roles = (await lead("GET", f"rounds/protocols/{key}/versions/{version}"))["people"]["roles"]
    cycle = (await lead("POST", "rounds/cycles", {"protocol": key, "role": roles[0]["id"]}))["cycle_id"]
    for person, door in people[1:]:
        body = {"person_id": seeded.id_of(person), "role": roles[-1]["id"], "message": "Would you like to?"}
        await lead("POST", f"rounds/cycles/{cycle}/invitations", body)
        await door("POST", f"rounds/invitations/{cycle}", {"accept": True})
    what, sign = GOALS[key]
    goal = {"what": what, "sign": sign, "by": (today + timedelta(days=60)).isoformat()}
    agreement = {"goals": [goal], "norms": [0, 1], "own_norms": [], "out_of_bounds": "", "confidentiality": ""}
    await lead("PUT", f"rounds/cycles/{cycle}/agreement", {"base_revision": 0, "body": agreement})
    for _, door in people:
        await door("POST", f"rounds/cycles/{cycle}/signature", {"revision": 1})
    written: dict[str, tuple[str, int]] = {}
    for who, kind, content in steps:
        door = people[who][1]
        if kind == "open":
            await door("POST", f"rounds/cycles/{cycle}/stages/{content}")
        elif kind == "commit":
            body = {"cycle_id": cycle, "words": content, "due_on": (today + timedelta(days=21)).isoformat()}
            await door("PUT", f"rounds/my-commitments/{new_id()}", body)
        else:
            name = kind.removeprefix("again ")
            held = written.get(name) if name != kind else None
            artefact_id, revision = held or (str(new_id()), 0)
            body = {"artefact": name, "fields": _dated(content, today), "ready": True, "base_revision": revision}
            await door("PUT", f"rounds/cycles/{cycle}/artefacts/{artefact_id}", body)
            written[name] = (artefact_id, revision + 1)


def _dated(value: Any, today: date) -> Any:
    """`+14` stands for the day in a fortnight."""
    if isinstance(value, dict):
        return {k: _dated(v, today) for k, v in value.items()}
    if isinstance(value, list):
        return [_dated(v, today) for v in value]
    if isinstance(value, str) and value[:1] in "+-" and value[1:].isdigit():
        return (today + timedelta(days=int(value))).isoformat()
    return value
