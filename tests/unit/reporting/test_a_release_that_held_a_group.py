"""A release that renewed some tables and held others is compared, of those that it held, with the state that they were
told of: that of an earlier release, not its own."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from services.reporting.disclosure.auditor import Finding
from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import RoundFacts
from services.reporting.releases.decide import Releases
from services.reporting.releases.difference import STATEMENTS
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.gate import Ledger, audited
from services.reporting.releases.snapshot import Snapshot
from tests.support.figures import round_facts

ROOMS = 14
ANSWERS = "answers:1a"


def facts_of(more: int, yes: int) -> RoundFacts:
    """The task in six rooms, the student in seven and in `more` others; as many answers are yes, the rest no."""
    said = [(n, n % 3, "task") for n in range(6)] + [(n, n % 3, "student") for n in range(7)]
    said += [(n, n % 3, "student") for n in range(7, 7 + more)]
    answers = [(n, n % 3, "1a", "yes" if n < yes else "no") for n in range(ROOMS)]
    return round_facts(slots=[(n, n) for n in range(ROOMS)], said=said, answers=answers)


class Round:
    def __init__(self) -> None:
        self.state, self.facts, self.snapshots = Releases(), dict[int, RoundFacts](), dict[int, Snapshot]()

    async def release(self, facts: RoundFacts) -> tuple[Snapshot, tuple[Finding, ...]]:
        number = len(self.snapshots) + 1
        release = Release(UUID(int=number), number, number, datetime(2026, 10, number, tzinfo=UTC), Rule())
        snapshot, told = compose(release, facts, self.state, self.facts)
        ledger = Ledger(dict(self.facts), dict(self.snapshots))
        snapshot, findings = await audited(snapshot, told, (number, facts), ledger)
        self.state = Releases(latest=snapshot, told=told)
        self.facts[number], self.snapshots[number] = facts, snapshot
        return snapshot, findings


async def test_what_a_release_held_is_compared_where_it_was_told() -> None:
    """The second release knew one room more and told nothing of it; with the third's it is five rooms more than was
    told, though four more than were known."""
    a_round = Round()
    _, findings = await a_round.release(facts_of(0, 7))
    assert findings == ()
    second, findings = await a_round.release(facts_of(1, 0))
    assert findings == ()
    assert second.held is not None
    assert a_round.state.told == {STATEMENTS: (1,), ANSWERS: (1, 2)}
    third, findings = await a_round.release(facts_of(5, 0))
    assert a_round.state.told[STATEMENTS] == (1, 3)
    assert third.held is None
    assert findings == (), "it is told"


async def test_a_room_more_than_was_told_waits_however_often_it_was_known() -> None:
    a_round = Round()
    for more, yes in ((0, 7), (1, 0), (1, 14), (4, 7)):
        snapshot, findings = await a_round.release(facts_of(more, yes))
        assert findings == ()
    assert a_round.state.told[STATEMENTS] == (1,)
    spread = [t for s in (a_round.snapshots[1], snapshot) for t in s.tables if t.definition.startswith("core_element")]
    assert spread[:5] == spread[5:]
