"""The protocol as a model: tablets that crash, repeat, reorder and lose answers, two editors, clocks that jump.

The tablet here does what docs/capture-protocol.md asks of a client; the server decides by the real rules and keeps
its notes in memory. The same story on PostgreSQL, with processes that restart, is in tests/integration/rounds.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.rounds.capture.commands import Item, Malformed, RatingItem, read_batch
from services.rounds.capture.decide import TakeItem, decide
from services.rounds.capture.events import (
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceRecorded,
    LookForRated,
    RatingConflictKept,
    RatingWithdrawn,
    ReceiptFields,
)
from services.rounds.capture.repeats import says_the_same, sealed_words
from services.rounds.capture.state import Notes, NotesEvent
from services.rounds.capture.streams import statement_id
from shared.errors import Refused
from tests.support.rounds import MORNING, ADevice
from tests.unit.rounds.test_captured_items import OBSERVER, SLOT

WORDS = st.text("abcdef ", min_size=1, max_size=6)
WITH_WORDS = (EvidenceRecorded, EvidenceAmended, EvidenceConflictKept)


def said(event: NotesEvent) -> str | None:
    """The words of a statement or the answer to a look-for; "-" where an answer was taken back."""
    if isinstance(event, WITH_WORDS):
        return event.content.words
    if isinstance(event, LookForRated | RatingConflictKept) and event.value is not None:
        return event.value
    return "-" if isinstance(event, RatingWithdrawn | RatingConflictKept) else None


@dataclass
class Server:
    """One observer's notes. Words are kept as they are: sealing is tested elsewhere."""

    notes: Notes = field(default_factory=Notes)
    numbers: dict[tuple[UUID, int], UUID] = field(default_factory=dict)  # what came in under each number
    answer: str | None = None  # by the receipts alone: the newest that was stored

    def take(self, device_id: UUID, item: Item, sent_at: Any) -> tuple[str, int | None]:
        earlier = self.notes.received.get(item.client_id, ())
        repeats = any(says_the_same(item, e, sealed_words(e), self.notes) for e in earlier)
        receipt: ReceiptFields = {
            "client_id": item.client_id, "device_id": device_id, "seq": item.seq, "device_time": item.device_time,
            "elapsed_seconds": item.elapsed_seconds, "sent_at": sent_at, "received_at": MORNING,
            "skew_seconds": (sent_at - MORNING).total_seconds(), "late": None,
        }  # fmt: skip
        words = getattr(item, "words", "")
        name = statement_id(item.slot_id, OBSERVER, item.client_id)
        command = TakeItem(item, name, SLOT, SLOT.visit(OBSERVER), receipt, words, repeats=repeats)
        try:
            made = decide(command, self.notes)
        except Refused:
            return "refused", None
        for event in made:
            self.notes.apply(event)
        self.numbers[device_id, item.seq] = item.client_id
        kept_both = bool(made) and isinstance(made[0], EvidenceConflictKept | RatingConflictKept)
        kind = "conflict" if kept_both else "stored" if made else "duplicate"
        if kind == "stored" and isinstance(item, RatingItem):
            self.answer = item.value
        of = getattr(item, "of", item.client_id)
        held = self.notes.statements.get(of)
        return kind, held.revision if held else None


@dataclass
class Tablet:
    """`disk` survives a crash, `typing` does not."""

    wire: ADevice
    disk: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)  # client id -> the receipt that reached the tablet
    typing: str = ""

    def waiting(self) -> list[dict[str, Any]]:
        return [i for i in self.disk if self.told.get(i["client_id"]) in (None, "refused")]


class Story(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.server = Server()
        self.tablets = [Tablet(ADevice(SLOT.slot_id)), Tablet(ADevice(SLOT.slot_id))]  # of one observer

    def tablet(self, n: int) -> Tablet:
        return self.tablets[n % 2]

    @rule(n=st.integers(0, 1), words=WORDS)
    def type_something(self, n: int, words: str) -> None:
        self.tablet(n).typing = words

    @rule(n=st.integers(0, 1))
    def save(self, n: int) -> None:
        """Told "saved": from here on it may not be lost."""
        tablet = self.tablet(n)
        if tablet.typing.strip():
            tablet.disk.append(tablet.wire.statement(tablet.typing))
            tablet.typing = ""

    @rule(n=st.integers(0, 1))
    def crash(self, n: int) -> None:
        self.tablet(n).typing = ""

    @rule(n=st.integers(0, 1), days=st.sampled_from([-400, -1, 1, 400]))
    def clock_jumps(self, n: int, days: int) -> None:
        self.tablet(n).wire.clock += timedelta(days=days)

    @precondition(lambda self: self.tablets[0].disk)
    @rule(n=st.integers(0, 1), words=WORDS, base=st.integers(0, 2), pick=st.randoms(use_true_random=False))
    def edit(self, n: int, words: str, base: int, pick: Any) -> None:
        """Either tablet edits a statement of the first, on some revision that it has seen."""
        statements = [i for i in self.tablets[0].disk if i["kind"] == "statement"]
        if statements and words.strip():
            tablet = self.tablet(n)
            tablet.disk.append(tablet.wire.amend(pick.choice(statements), words, base_revision=base))

    @rule(n=st.integers(0, 1), value=st.sampled_from(["0", "1", "not_observed", None]))
    def answer(self, n: int, value: str | None) -> None:
        """To one look-for, on either tablet; None takes the answer back."""
        tablet = self.tablet(n)
        tablet.disk.append(tablet.wire.rating(value=value))

    @rule(
        n=st.integers(0, 1),
        pick=st.randoms(use_true_random=False),
        shuffled=st.booleans(),
        upto=st.integers(0, 4),
        heard=st.booleans(),
    )
    def send(self, n: int, pick: Any, shuffled: bool, upto: int, heard: bool) -> None:
        """A delivery: in order or not, some of it twice; the server may fall over before the end of it, and the
        answer may be lost."""
        tablet = self.tablet(n)
        items = tablet.waiting() + (pick.choices(tablet.disk, k=2) if tablet.disk else [])
        if shuffled:
            pick.shuffle(items)
        if not items:
            return
        delivery = read_batch(json.dumps(tablet.wire.batch(*items)).encode())
        done = delivery.items if heard else delivery.items[: max(upto, 1)]
        for item in done:
            assert not isinstance(item, Malformed)
            result, _ = self.server.take(delivery.device_id, item, delivery.sent_at)
            if heard and not (result == "refused" and str(item.client_id) in tablet.told):
                tablet.told[str(item.client_id)] = result

    @invariant()
    def told_stored_is_stored_once(self) -> None:
        if not hasattr(self, "server"):
            return
        received = self.server.notes.received
        for tablet in self.tablets:
            for item in tablet.disk:
                if tablet.told.get(item["client_id"]) not in (None, "refused"):
                    events = received.get(UUID(item["client_id"]), ())
                    kept = Counter(map(said, events))
                    written = item["words"] if "words" in item else item["value"] or "-"
                    assert kept[written] == 1, f"{item} was told {tablet.told[item['client_id']]}; kept {kept}"
        standing = self.server.notes.ratings.get("student-talk")
        assert (standing.value if standing else None) == self.server.answer

    def teardown(self) -> None:
        """The network comes back: after two rounds of sending in order, all that was called saved is stored once."""
        if not hasattr(self, "server"):
            return
        for _ in range(2):
            for n, tablet in enumerate(self.tablets):
                tablet.disk.sort(key=lambda i: i["seq"])
                while tablet.waiting():
                    before = len(tablet.waiting())
                    self.send(n, _Straight(), False, 0, True)
                    if len(tablet.waiting()) == before:
                        break
        for tablet in self.tablets:
            assert not [i for i in tablet.disk if tablet.told.get(i["client_id"]) is None]
            assert not tablet.waiting(), "every statement is there, so no edit of one is refused"
            numbers = [s for d, s in self.server.numbers if d == tablet.wire.device_id]
            assert sorted(numbers) == list(range(1, len(tablet.disk) + 1)), "the ledger has no gap"
        self.told_stored_is_stored_once()
        assert len(self.server.notes.received) == sum(len(t.disk) for t in self.tablets)


class _Straight:
    """No repetition, no reordering."""

    def choices(self, _: Any, k: int) -> list[Any]:
        return []

    def shuffle(self, _: Any) -> None:
        return


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True)
