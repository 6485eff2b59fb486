"""Whatever a district publishes while cycles run, each cycle stays on the document that it began with, and every way
that is open in it can be walked to an end."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from services.rounds.cycles import commands as c
from services.rounds.cycles.walk import moves
from services.rounds.protocols.check import problems as check
from services.rounds.protocols.commands import PublishProtocol
from services.rounds.protocols.decide import PROTOCOL, ProtocolState
from services.rounds.protocols.model import Protocol
from services.rounds.protocols.read import published
from tests.support.coaching import Walker
from tests.unit.coaching.test_walking_a_protocol import BOTH, protocols

KEY = "made-up"
read = cache(published)  # once, as the service does


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Of every shape, some of whose stages ask to be opened for what an earlier one did not let go without."""
    made = draw(protocols()).model_dump(mode="json", exclude_defaults=True)
    stages = made["stages"]
    sure = [n for n, s in enumerate(stages) if s.get("leave_when") and not s.get("optional")]
    for n, stage in enumerate(stages):
        before = [m for m in sure if m < n]
        if before and draw(st.booleans()):
            have = stages[draw(st.sampled_from(before))]["artefacts"][0]
            stage["enter_when"] = [{"have": have, "within": "cycle", "say": BOTH}]
    return dict(made)


class Upgrades(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.district: ProtocolState = PROTOCOL.initial
        self.cycles: list[tuple[Walker, Protocol]] = []

    @rule(document=documents())
    def publish(self, document: dict[str, Any]) -> None:
        version = len(self.district.published) + 1
        assert list(check(Protocol.model_validate(document))) == [], "what is published passes the checks of its day"
        text = json.dumps(document | {"version": version})  # which is YAML
        command = PublishProtocol(key=KEY, version=version, text=text, by=uuid4())
        self.district = PROTOCOL.fold(PROTOCOL.decide(command, self.district), self.district)

    @precondition(lambda self: self.district.published)
    @rule(people=st.integers(2, 3))
    def begin(self, people: int) -> None:
        newest = read(self.district.published[-1])
        walker = Walker(newest, people)
        walker.agree()
        self.cycles.append((walker, newest))

    @precondition(lambda self: self.cycles)
    @rule(data=st.data(), writes=st.booleans())
    def go_on(self, data: st.DataObject, writes: bool) -> None:
        walker = self._one(data)
        if writes and walker.state.at.stage:
            walker.write_everything()
        if open_ := opened(walker):
            walker.open(data.draw(st.sampled_from(open_)))

    @precondition(lambda self: self._with_three())
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        walker = data.draw(st.sampled_from(self._with_three()))
        person = data.draw(st.sampled_from(walker.people))
        walker.do(c.LeaveCycle, person)
        walker.people.remove(person)
        self.cycles = [(w, p) for w, p in self.cycles if not w.state.ended]

    @precondition(lambda self: self.cycles)
    @rule(data=st.data())
    def every_way_that_is_open_ends(self, data: st.DataObject) -> None:
        every_way_ends(self._one(data))

    def teardown(self) -> None:
        for walker, began in self.cycles:
            self._pinned(walker)
            assert walker.protocol == began
            every_way_ends(walker)

    def _with_three(self) -> list[Walker]:
        """Under way; before that, somebody else would be asked in place of who left."""
        return [w for w, _ in self.cycles if len(w.people) > 2 and w.state.at.stage]

    def _one(self, data: st.DataObject) -> Walker:
        walker, began = data.draw(st.sampled_from(self.cycles))
        self._pinned(walker)
        assert walker.protocol == began
        return walker

    def _pinned(self, walker: Walker) -> None:
        """The document as the service takes it: by the version that the cycle's own events name."""
        proposed = walker.state.proposed
        assert proposed is not None
        assert proposed.protocol == KEY
        walker.protocol = read(self.district.published[proposed.protocol_version - 1])


def opened(walker: Walker) -> list[str]:
    held = moves(walker.protocol, walker.state.at, lambda k: walker.state.holds(walker.protocol, k, {}))
    return [stage for stage, blocked in held.items() if blocked is None]


def every_way_ends(walker: Walker) -> None:
    ready = copy.copy(walker)
    if ready.state.at.stage:
        ready.write_everything()
    ways = opened(ready)
    assert ways or ready.state.at.stage, "a cycle that all have signed can begin"
    for stage in ways:
        way = copy.copy(ready)
        way.open(stage)
        _to_the_end(way)
    if ready.state.at.stage:
        _to_the_end(ready)


def _to_the_end(walker: Walker) -> None:
    walker.write_everything()
    if walker.protocol.order == "fixed":
        here = walker.protocol.stage_ids.index(walker.state.at.stage or "")
        for stage in walker.protocol.stage_ids[here + 1 :]:
            walker.open(stage)
            walker.write_everything()
    walker.do(c.FinishCycle, walker.people[0])
    assert walker.state.standing == "finished"


TestUpgrades = Upgrades.TestCase
TestUpgrades.settings = settings(max_examples=80, stateful_step_count=10)
