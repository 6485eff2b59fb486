"""What leaves the rounds service: codes, counts and ids in log order, never a word; and what it takes in."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.identity.contract import DistrictRegistered
from services.rounds import contract
from services.rounds.publish import PUBLISH
from services.rounds.reactions import register
from services.rounds.rounds.queries import district, round_file
from services.scheduling.contract import RoundCancelled, RoundRescheduled, RoundScheduled
from shared.access import Role
from shared.errors import NotFound
from shared.eventstore.log import LogCursor
from shared.messages import ContractEvent, PublishedEvent, new_id, utc_now
from shared.reactions import Handler
from tests.integration.rounds.world import ARound, RoundsWorld
from tests.support.rounds import a_scheduled_round, an_actor


def test_every_published_type_is_translated_from_a_domain_event() -> None:
    screened = {"StatementsAdmitted", "StatementAdmitted", "StatementChallenged"}  # told as verdicts of one type
    assert screened <= set(PUBLISH)
    met = {"MeetingArranged": "MeetingPlanned", "MeetingCalledOff": "MeetingCancelled"}  # told in scheduling's words
    made = {met.get(kind, kind) for kind in set(PUBLISH) - screened} | {"EvidenceScreened"}
    assert made == {kind.event_type() for kind in contract.PUBLISHED}


async def test_a_whole_round_is_published_without_a_word_of_it(rounds_world: RoundsWorld) -> None:
    round_: ARound = await rounds_world.a_round(rooms=6)
    me, slot = round_.observer(), round_.slots()[0]
    tablet = round_.device(me, slot)
    first = tablet.statement("Unmistakable zebra words.")
    await round_.post(
        me, tablet, first, tablet.amend(first, "Zebra again."), tablet.rating(), tablet.statement("Zebra x.")
    )
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")
    store, cursor, told = rounds_world.deps.store, LogCursor(), []
    while True:
        page = await store.read_log(cursor, 500, set(PUBLISH))
        told += [PUBLISH[e.type](e) for e in page.events if e.district_id == round_.district_id]
        cursor = page.cursor
        if page.at_end:
            break
    names = [type(e).__name__ for e in told]
    assert names[:3] == ["RoundOpened", "ProblemOfPracticeWritten", "StageOpened"]
    assert names[3:7] == ["EvidenceRecorded", "EvidenceAmended", "LookForRated", "EvidenceRecorded"]
    assert names[-1] == "RoundReleased"
    assert {"SlotNotesSubmitted", "PatternNamed", "SynthesisClosed"} <= set(names)
    text = "".join(e.model_dump_json() for e in told).lower()
    for word in ("zebra", "students copy", "give reasons", "would know", "why-questions"):
        assert word not in text
    for event in told:
        assert type(event).model_validate_json(event.model_dump_json()) == event


class Inbox:
    """The handlers that the service registers, called as the transport calls them."""

    def __init__(self, world: RoundsWorld, district_id: UUID) -> None:
        self.handlers: dict[type[ContractEvent], Handler[ContractEvent]] = {}
        self.district_id = district_id
        register(self, world.deps)  # type: ignore[arg-type]  # it only calls `on`

    def on(self, source: str, event: type[ContractEvent], handler: Handler[ContractEvent]) -> None:
        self.handlers[event] = handler

    async def take(self, event: ContractEvent, version: int, event_id: UUID | None = None) -> None:
        published = PublishedEvent(
            "scheduling", version, event_id or new_id(), event.event_type(), 1, "plan", version,
            self.district_id, utc_now(), event.model_dump_json().encode(),
        )  # fmt: skip
        await self.handlers[type(event)](event, published)


@pytest.fixture
def inbox(rounds_world: RoundsWorld) -> Inbox:
    return Inbox(rounds_world, uuid4())


async def test_a_scheduled_round_is_taken_up_once(rounds_world: RoundsWorld, inbox: Inbox) -> None:
    scheduled, event_id = a_scheduled_round(), new_id()
    for _ in range(2):
        await inbox.take(scheduled, 1, event_id)
    file = await round_file(rounds_world.deps, inbox.district_id, scheduled.round_id)
    assert (file.version, file.plan.facilitator_id) == (1, scheduled.facilitator_id)
    leader = an_actor(Role.DISTRICT_LEADER, district_id=inbox.district_id)
    listed = (await rounds_world.ask(leader, "GET", "/rounds")).json()["items"]
    assert [i["round_id"] for i in listed] == [str(scheduled.round_id)]


async def test_a_change_of_plan_is_followed_and_a_cancelled_round_withdrawn(
    rounds_world: RoundsWorld, inbox: Inbox
) -> None:
    first = a_scheduled_round()
    await inbox.take(first, 1)
    changed = a_scheduled_round(round_id=first.round_id, school_id=first.school_id, rooms=3)
    await inbox.take(RoundRescheduled(**dict(changed)), 2)
    await inbox.take(RoundScheduled(**dict(first)), 1)
    file = await round_file(rounds_world.deps, inbox.district_id, first.round_id)
    assert len(file.plan.slots) == 3
    await inbox.take(RoundCancelled(round_id=first.round_id, school_id=first.school_id), 3)
    file = await round_file(rounds_world.deps, inbox.district_id, first.round_id)
    assert file.round.withdrawn


async def test_a_plan_that_breaks_a_rule_and_an_unknown_cancellation_do_not_hold_up_the_rest(
    rounds_world: RoundsWorld, inbox: Inbox
) -> None:
    first = a_scheduled_round()
    await inbox.take(first, 1)
    await inbox.take(RoundRescheduled(**dict(first) | {"school_id": uuid4()}), 2)
    await inbox.take(RoundCancelled(round_id=uuid4(), school_id=uuid4()), 1)
    file = await round_file(rounds_world.deps, inbox.district_id, first.round_id)
    assert file.plan.school_id == first.school_id
    with pytest.raises(NotFound):
        await round_file(rounds_world.deps, uuid4(), first.round_id)


async def test_the_newest_settings_of_a_district_hold(rounds_world: RoundsWorld, inbox: Inbox) -> None:
    def told(minimum: int) -> DistrictRegistered:
        return DistrictRegistered(
            district_id=inbox.district_id, name="Alder", timezone="America/Denver", slot_minutes=25,
            min_visits=minimum, min_classrooms=minimum, min_observers=3,
        )  # fmt: skip

    await inbox.take(told(7), 2)
    await inbox.take(told(6), 1)
    held = await district(rounds_world.deps.db, inbox.district_id)
    assert (held.min_classrooms, held.timezone) == (7, "America/Denver")
