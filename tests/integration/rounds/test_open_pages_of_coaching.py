"""What pages of coaching that stay open are told, and how long lists come, over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from services.rounds.protocols.library import newest
from shared.access import Actor, Grant, Role
from tests.integration.rounds.coaching import OFFER, ACycle, ok
from tests.integration.rounds.world import RoundsWorld
from tests.support.coaching import AGREEMENT
from tests.support.sse import listening, served


async def test_an_open_page_is_told_that_something_changed_and_nothing_of_what(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "lesson-study", 4)
    one, two, *_ = cycle.people
    headers = rounds_world.identity.headers_for(two)
    async with served(rounds_world.service.app) as address, httpx.AsyncClient(base_url=address, timeout=30) as http:
        stranger = Actor(uuid4(), one.district_id, tuple(Grant(r) for r in Role))
        strange = rounds_world.identity.headers_for(stranger)
        assert (await http.get(f"{cycle.path}/events", headers=strange)).status_code == 404
        async with listening(http, f"{cycle.path}/events", headers) as following:
            name, _, first = await following()
            assert (name, set(first)) == ("seen", {"version", "meetings", "commitments", "member"})
            await cycle.agree("goal4f1c2e77 in every lesson")
            versions = [first["version"]]
            while versions[-1] < (await cycle.see(two))["version"]:
                _, _, told = await following()
                assert set(told) == set(first)
                versions.append(told["version"])
            assert versions == sorted(set(versions))
            body = {"every_weeks": 2, "minutes": 45, "meetings": 1}
            await ok(rounds_world, one, "POST", f"{cycle.path}/meetings", json=body)
            _, _, told = await following()
            assert told == {"version": versions[-1], "meetings": 1, "commitments": 0, "member": True}
            promise = {"cycle_id": cycle.cycle_id, "words": "Ask why", "due_on": str(date.today() + timedelta(days=9))}
            await ok(rounds_world, one, "PUT", f"/my-commitments/{uuid4()}", json=promise | {"shown": False})
            shown = f"/my-commitments/{uuid4()}"
            await ok(rounds_world, one, "PUT", shown, json=promise)
            _, _, told = await following()
            assert told["commitments"] == 1, "what is for its owner alone does not show, and no number tells of it"
            await ok(rounds_world, one, "POST", f"{shown}/looks", json={"kept": "kept"})
            _, _, told = await following()
            assert told["commitments"] == 2
            await ok(rounds_world, two, "POST", f"{cycle.path}/leave")
            name, reason = "", None
            while name != "ended":
                name, _, reason = await following()
            assert reason == {"reason": "done"}


async def test_an_open_page_of_ones_coaching_is_told_which_list_changed_and_nothing_of_others(
    rounds_world: RoundsWorld,
) -> None:
    journal = await ACycle.gather(rounds_world, "reflective-practice")
    await journal.agree()
    await journal.open("experience")
    entry = journal.protocol.artefacts[0]
    author = journal.people[0]
    me, other = (Actor(uuid4(), author.district_id, (Grant(Role.COACH),)) for _ in range(2))
    for person in (me, other, author):
        await ok(rounds_world, person, "PUT", "/partners/me", json=OFFER)
    address = "/my-coaching/events"
    async with served(rounds_world.service.app) as base, httpx.AsyncClient(base_url=base, timeout=30) as http:

        async def marks(actor: Actor) -> dict[str, str]:
            async with listening(http, address, rounds_world.identity.headers_for(actor)) as following:
                name, _, told = await following()
                assert (name, set(told)) == ("marks", {"cycles", "invitations", "meetings", "shown"})
                return dict(told)

        assert (await http.get(address)).status_code == 401
        theirs = await marks(other)
        async with listening(http, address, rounds_world.identity.headers_for(me)) as following:
            seen = [(await following())[2]]

            async def changed() -> set[str]:
                seen.append((await following())[2])
                return {k for k in seen[-1] if seen[-1][k] != seen[-2][k]}

            await journal.write(author, entry)
            shown = journal.ids[entry.id, author.person_id]
            await ok(rounds_world, author, "PUT", f"{journal.path}/artefacts/{shown}/readers/{me.person_id}")
            assert await changed() == {"shown"}
            await journal.write(author, entry)
            await ok(rounds_world, author, "DELETE", f"{journal.path}/artefacts/{shown}/readers/{me.person_id}")
            assert await changed() == {"shown"}
            assert seen[-1] == seen[0], "what the author writes for themselves alone changes nothing"

            pair = ACycle(rounds_world, newest()["peer-observation"], [author], "")
            begun = {"protocol": "peer-observation", "role": "observee"}
            pair.cycle_id = (await ok(rounds_world, author, "POST", "/cycles", json=begun))["cycle_id"]
            await pair.invite(me, "observer")
            assert await changed() == {"invitations"}
            await ok(rounds_world, author, "DELETE", f"{pair.path}/invitations/{me.person_id}")
            assert await changed() == {"invitations"}
            await pair.invite(me, "observer")
            assert await changed() == {"invitations"}
            await ok(rounds_world, me, "POST", f"/invitations/{pair.cycle_id}", json={"accept": True})
            assert await changed() == {"invitations", "cycles"}
            pair.people.append(me)
            await pair.agree()
            assert await changed() == {"cycles"}
            body = {"every_weeks": 2, "minutes": 45, "meetings": 1}
            await ok(rounds_world, author, "POST", f"{pair.path}/meetings", json=body)
            assert await changed() == {"meetings"}
        assert await marks(other) == theirs, "nobody else is told anything"


async def test_long_lists_come_in_pages_and_every_row_once(rounds_world: RoundsWorld) -> None:
    district = uuid4()
    me, *others = (Actor(uuid4(), district, (Grant(Role.TEACHER, uuid4()),)) for _ in range(8))
    await ok(rounds_world, me, "PUT", "/partners/me", json=OFFER | {"subjects": ["Science"]})
    for n, other in enumerate(others):
        subjects = ["Science"] if n % 3 == 0 else ["Art"]
        await ok(rounds_world, other, "PUT", "/partners/me", json=OFFER | {"subjects": subjects})
    for _ in range(5):
        await ok(rounds_world, me, "POST", "/cycles", json={"protocol": "reflective-practice", "role": "author"})
    begun = await ok(rounds_world, me, "POST", "/cycles", json={"protocol": "reflective-practice", "role": "author"})
    body = {"body": AGREEMENT}
    await ok(rounds_world, me, "PUT", f"/cycles/{begun['cycle_id']}/agreement", json=body)

    async def paged(path: str, limit: int) -> list[Any]:
        found, after = [], None
        while True:
            page = await ok(
                rounds_world, me, "GET", path, params={"limit": limit} | ({"after": after} if after else {})
            )
            assert len(page["items"]) <= limit
            found += page["items"]
            after = page["next"]
            if after is None:
                return found

    for path, count in (("/partners", 7), ("/cycles", 6)):
        whole = await paged(path, 200)
        assert len(whole) == count
        for limit in (1, 2, 3):
            assert await paged(path, limit) == whole
    assert [bool(p["reasons"]) for p in await paged("/partners", 2)] == [True] * 3 + [False] * 4
    assert (await paged("/cycles", 2))[0]["cycle_id"] == begun["cycle_id"], "agreeing comes before gathering"
