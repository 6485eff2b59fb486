"""Devices, two editors, lost answers, repetition, reordering, restarts: told stored is stored once, always.

A machine of random stories drives the protocol against real PostgreSQL and compares the record with
what the devices were told.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from services.rounds.capture.commands import read_batch
from services.rounds.capture.devices import Devices
from services.rounds.capture.events import EvidenceAmended, EvidenceConflictKept, EvidenceRecorded
from services.rounds.capture.queries import RoundNotes, round_notes
from services.rounds.capture.slots import SlotBook
from services.rounds.capture.streams import words_subject
from services.rounds.capture.take import Capture
from services.rounds.rounds.queries import round_file
from shared.testing.servers import Servers
from tests.integration.rounds.world import ARound, RoundsWorld
from tests.support.rounds import ADevice

WORDS = st.text("abcdef ", min_size=1, max_size=8)
RANDOM = st.randoms(use_true_random=False)


class Story(RuleBasedStateMachine):
    runner: asyncio.Runner
    world: RoundsWorld

    @initialize()
    def begin(self) -> None:
        self.round: ARound = self.run(self.world.a_round())
        slot = self.round.slots()[0]
        mine, other = self.round.observer(0), self.round.observer(1)
        # a tablet and a phone of one observer, and a tablet of another
        self.devices = [(mine, ADevice(slot)), (mine, ADevice(slot)), (other, ADevice(slot))]
        self.written: list[list[dict[str, Any]]] = [[], [], []]
        self.told: dict[tuple[int, str], list[tuple[dict[str, Any], str]]] = {}
        self.told_seqs: list[set[int]] = [set(), set(), set()]
        self.new_process()

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    @rule()
    def new_process(self) -> None:
        """Another process, which remembers nothing; the ones before go on."""
        self.captures = [*getattr(self, "captures", []), Capture(self.world.deps, SlotBook(self.world.deps))][-2:]

    @rule(d=st.integers(0, 2), words=WORDS)
    def write(self, d: int, words: str) -> None:
        self.written[d].append(self.devices[d][1].statement(words))

    @rule(d=st.integers(0, 2), value=st.sampled_from(["0", "4", "not_observed", "nonsense", None]))
    def rate(self, d: int, value: str | None) -> None:
        self.written[d].append(self.devices[d][1].rating(value=value))

    @rule(d=st.integers(0, 2))
    def submit(self, d: int) -> None:
        self.written[d].append(self.devices[d][1].submit())

    @precondition(lambda self: any(i["kind"] == "statement" for i in self.written[0]))
    @rule(d=st.integers(0, 1), words=WORDS, base=st.integers(0, 2), pick=RANDOM)
    def amend(self, d: int, words: str, base: int, pick: Any) -> None:
        """Either of the observer's devices edits a statement of the tablet, on some revision."""
        of = pick.choice([i for i in self.written[0] if i["kind"] == "statement"])
        self.written[d].append(self.devices[d][1].amend(of, words, base_revision=base))

    @precondition(lambda self: any(i["kind"] == "statement" for i in self.written[0]))
    @rule(d=st.integers(0, 1), pick=RANDOM)
    def withdraw(self, d: int, pick: Any) -> None:
        of = pick.choice([i for i in self.written[0] if i["kind"] == "statement"])
        self.written[d].append(self.devices[d][1].withdraw(of))

    @precondition(lambda self: any(self.written))
    @rule(d=st.integers(0, 2), words=WORDS, elsewhere=st.booleans(), pick=RANDOM, process=st.integers(0, 1))
    def change_what_may_have_been_sent(self, d: int, words: str, elsewhere: bool, pick: Any, process: int) -> None:
        """The answer was lost, the writer goes on editing the item that looks unsent, and sends it again."""
        statements = [n for n, i in enumerate(self.written[d]) if i["kind"] == "statement"]
        if not statements:
            return
        n = pick.choice(statements)
        slot = self.round.slots()[1 if elsewhere else 0]
        self.post(d, [self.written[d][n]], process, lost=True)
        self.written[d][n] = self.written[d][n] | {"words": words, "slot_id": str(slot)}
        self.post(d, [self.written[d][n]], process, lost=False)

    @precondition(lambda self: any(self.written))
    @rule(d=st.integers(0, 2), pick=RANDOM, lost=st.booleans(), process=st.integers(0, 1))
    def send(self, d: int, pick: Any, lost: bool, process: int) -> None:
        """Any part of what was written, in any order, some of it twice."""
        if self.written[d]:
            self.post(d, pick.choices(self.written[d], k=pick.randint(1, 6)), process, lost=lost)

    def post(self, d: int, items: list[dict[str, Any]], process: int, *, lost: bool) -> None:
        observer, device = self.devices[d]
        answer = self.run(
            self.captures[process % len(self.captures)].receive(
                read_batch(json.dumps(device.batch(*items)).encode()),
                district_id=self.round.district_id,
                observer_id=observer.person_id,
            )
        )
        assert [r.seq for r in answer.receipts] == [i["seq"] for i in items]
        if lost:
            return
        for item, receipt in zip(items, answer.receipts, strict=True):
            self.told_seqs[d].add(item["seq"])
            if receipt.result != "refused":
                key = (0 if d < 2 else 2, item["client_id"])
                self.told.setdefault(key, []).append((item, receipt.result))

    def teardown(self) -> None:
        if not hasattr(self, "round"):
            return
        held, words = self.run(self.record())
        for (owner, client_id), tellings in self.told.items():
            observer = self.devices[owner][0].person_id
            events = [
                e
                for key, notes in held.notes.items()
                if key[1] == observer
                for e in notes.received.get(UUID(client_id), ())
            ]
            if tellings[0][0]["kind"] == "withdraw" and not events:
                continue  # it was withdrawn by an earlier withdrawal
            kept = Counter(words.get(e.content.words) for e in events if hasattr(e, "content"))
            assert events, f"told {tellings} and not stored"
            for item, result in tellings:
                if item["kind"] == "rating":
                    answers = [getattr(e, "value", None) for e in events]
                    assert answers == [item["value"]], f"{item} told {result}; kept {answers}"
                if item["kind"] in ("statement", "amend"):
                    assert kept[item["words"]] >= 1, f"{item} told {result}; kept {kept}"
        self.nothing_twice(held, words)
        self.ledgers_agree()

    async def record(self) -> tuple[RoundNotes, dict[str, str | None]]:
        deps, district = self.world.deps, self.round.district_id
        held = await round_notes(deps, district, await round_file(deps, district, self.round.scheduled.round_id))
        sealed: dict[str, list[str]] = defaultdict(list)
        for (_, observer_id), notes in held.notes.items():
            sealed[words_subject(self.round.scheduled.round_id, observer_id)] += [
                e.content.words
                for versions in notes.received.values()
                for e in versions
                if isinstance(e, EvidenceRecorded | EvidenceAmended | EvidenceConflictKept)
            ]
        opened = await deps.words.reveal(district, sealed)
        return held, {b: w for s, boxes in sealed.items() for b, w in zip(boxes, opened[s], strict=True)}

    def nothing_twice(self, held: RoundNotes, words: dict[str, str | None]) -> None:
        firsts: Counter[tuple[UUID, UUID]] = Counter()
        for key, notes in held.notes.items():
            for client_id, versions in notes.received.items():
                firsts[key[1], client_id] += 1
                said = Counter(
                    (e.visit.slot_id, words[e.content.words])
                    for e in versions
                    if isinstance(e, EvidenceRecorded | EvidenceAmended | EvidenceConflictKept)
                )
                assert max(said.values(), default=1) == 1, f"{client_id} says the same twice: {said}"
        assert max(firsts.values(), default=1) == 1, "one item stands in the notes of one slot"
        revisions = [
            (e.statement_id, e.revision)
            for notes in held.notes.values()
            for versions in notes.received.values()
            for e in versions
            if isinstance(e, EvidenceAmended)
        ]
        assert len(revisions) == len(set(revisions)), "two edits took the same revision"

    def ledgers_agree(self) -> None:
        devices = Devices(self.world.deps)
        for d, (observer, device) in enumerate(self.devices):
            ledger = self.run(devices.ledger(self.round.district_id, device.device_id, observer.person_id))
            missing = {s for gap in ledger.gaps for s in range(gap.first, gap.last + 1)}
            assert not missing & self.told_seqs[d]
            assert max(self.told_seqs[d], default=0) <= ledger.maximum <= device.seq
            assert ledger.count == ledger.maximum - len(missing)


def test_told_stored_is_stored_once_whatever_happens(servers: Servers) -> None:
    with asyncio.Runner() as runner:
        Story.runner = runner
        Story.world = runner.run(RoundsWorld.make(servers))
        try:
            run_state_machine_as_test(
                Story,
                settings=settings(
                    max_examples=25,
                    stateful_step_count=30,
                    deadline=None,
                    derandomize=True,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
                ),
            )
        finally:
            runner.run(Story.world.close())
