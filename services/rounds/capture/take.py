"""From a delivery to receipts: look up the slots, seal the words, decide item by item, append once per slot.

Notes are kept in memory between posts, so that a post reads nothing and writes once; the append names
the version that the memory knows, so that a memory that is behind is found out and read anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.rounds.capture.batch import Arrived, Batch, late, version
from services.rounds.capture.commands import AmendItem, Delivery, Item, Malformed, StatementItem
from services.rounds.capture.decide import SlotFacts, TakeItem, check_content, decide, sequence_reused
from services.rounds.capture.devices import Devices
from services.rounds.capture.events import EvidenceConflictKept, EvidenceRecorded, RatingConflictKept, Visit
from services.rounds.capture.forms import Forms
from services.rounds.capture.held import HeldNotes, Keeper
from services.rounds.capture.judging import judging
from services.rounds.capture.receipts import BatchReceipt
from services.rounds.capture.repeats import says_the_same, sealed_words
from services.rounds.capture.slots import SlotBook
from services.rounds.capture.state import Notes
from services.rounds.capture.streams import ItemIds, StatementIds, notes_stream, words_subject
from services.rounds.deps import Deps
from shared.command_handler import RETRIES
from shared.errors import Conflict, KeyReused, Refused
from shared.eventstore.port import NewEvent, WrongVersion
from shared.messages import CommandContext
from shared.privacy import SubjectForgotten
from shared.said import say

_WITH_WORDS = (StatementItem, AmendItem)
NOT_AN_OBSERVER = Refused(
    "not_an_observer",
    say("rounds.note.not_an_observer"),
    mend=say("rounds.note.ask_part"),
)
_CONFLICTS = frozenset({EvidenceConflictKept, RatingConflictKept})


@dataclass(slots=True)
class Sealing:
    """`sealed`: the words of new items, by place in the delivery. `plain`: words by their sealed form, None
    for erased ones. `erased`: why nothing more can be sealed for these notes."""

    sealed: dict[int, str]
    plain: dict[str, str | None]
    erased: SubjectForgotten | None = None


class Capture:
    def __init__(self, deps: Deps, slots: SlotBook) -> None:
        self._deps = deps
        self._slots = slots
        self._keeper = Keeper(deps.store)
        self._devices = Devices(deps)

    async def receive(
        self,
        delivery: Delivery,
        *,
        district_id: UUID,
        observer_id: UUID,
        observes: bool = True,
        traceparent: str | None = None,
    ) -> BatchReceipt:
        """Takes the delivery; refuses each item of somebody who `observes` nowhere. What is told stored is durable;
        raises Unavailable when the database is away: then some items may be stored, and sending the same again is
        safe."""
        now = self._deps.clock()
        batch = Batch(
            delivery,
            CommandContext(district_id, observer_id, device_time=delivery.sent_at, traceparent=traceparent),
            observer_id,
            now,
            round((delivery.sent_at - now).total_seconds(), 3),
            ItemIds(delivery.device_id, observer_id),
        )
        pending = await self._by_slot(batch, observes=observes)
        while pending:
            slot_id, arrived = pending.popitem()
            home = await self._slots.get(district_id, slot_id)
            assert home is not None  # the items were found there
            await self._devices.visited(batch.context, delivery.device_id, observer_id, home.round_id)
            for elsewhere, moved in (await self._take(batch, home, arrived)).items():
                pending.setdefault(elsewhere, []).extend(moved)
        if noted := batch.noted:
            await self._devices.note(batch.context, delivery, observer_id, noted, now, batch.skew_seconds)
        return batch.answer()

    async def _by_slot(self, batch: Batch, *, observes: bool) -> dict[UUID, list[Arrived]]:
        groups: dict[UUID, list[Arrived]] = {}
        seen: dict[UUID, tuple[SlotFacts, Visit] | Refused] = {}
        group: list[Arrived] = []
        last: UUID | None = None  # most deliveries are of one slot
        found: tuple[SlotFacts, Visit] | Refused | None = None
        for n, item in enumerate(batch.delivery.items):
            if not observes and item.kind != "note":
                batch.refuse(n, item, NOT_AN_OBSERVER)
                continue
            if isinstance(item, Malformed):
                batch.refuse(n, item, Refused("malformed", item.detail, mend=say("rounds.note.correct_item")))
                continue
            slot_id = item.slot_id
            if found is None or slot_id != last:
                found = seen.get(slot_id)
                if found is None:
                    found = seen[slot_id] = await self._slot(batch, slot_id)
                last, group = slot_id, groups.setdefault(slot_id, [])
            if isinstance(found, Refused):
                batch.refuse(n, item, found)
            else:
                group.append(Arrived(n, item, *found))
        return {slot_id: arrived for slot_id, arrived in groups.items() if arrived}

    async def _slot(self, batch: Batch, slot_id: UUID) -> tuple[SlotFacts, Visit] | Refused:
        slot = await self._slots.get(batch.context.district_id, slot_id)
        if slot is None:
            return Refused(
                "unknown_slot",
                say("rounds.note.unknown_slot"),
                mend=say("rounds.note.load_again"),
            )
        if batch.observer_id not in slot.observer_ids:
            return Refused(
                "not_your_team",
                say("rounds.note.not_your_team"),
                mend=say("rounds.note.ask_facilitator"),
            )
        return slot, slot.visit(batch.observer_id)

    async def _take(self, batch: Batch, home: SlotFacts, arrived: Sequence[Arrived]) -> dict[UUID, list[Arrived]]:
        """Stores the items in the notes of the slot `home`. Answers those whose number already stands in the
        notes of another slot, by that slot: they are to be taken there, as second versions."""
        stream = notes_stream(home.slot_id, batch.observer_id)
        subject = words_subject(home.round_id, batch.observer_id)
        moved: dict[UUID, list[Arrived]] = defaultdict(list)
        async with self._keeper.hold(stream, batch.context.district_id) as held:
            if await self._take_new(batch, home, subject, held, arrived):
                return moved
            for _ in range(RETRIES + 2):  # the first may be a guess
                notes = await held.notes()
                sealing = await self._seal(batch, subject, notes, arrived)
                after, events = self._decide(batch, home.slot_id, notes, arrived, sealing)
                if held.guessed and len(events) < len(arrived):
                    held.drop()
                    continue
                if not events:
                    return moved
                version = await self._append(held, events, batch)
                if version is not None:
                    held.advance(after, version)
                    return moved
                found = await self._elsewhere(batch, stream, arrived)
                for a in arrived:
                    elsewhere = found.get(a.item.seq)
                    if elsewhere is None:
                        continue
                    if elsewhere[1] == a.item.client_id:
                        moved[elsewhere[0]].append(a)
                    else:
                        batch.refuse(a.n, a.item, sequence_reused(a.item.seq))
                arrived = [a for a in arrived if a.item.seq not in found]
        raise Conflict(say("rounds.note.at_once"), mend=say("rounds.note.batch_again"))

    async def _take_new(
        self, batch: Batch, home: SlotFacts, subject: str, held: HeldNotes, arrived: Sequence[Arrived]
    ) -> bool:
        """The common case, in a quarter of the time: statements of this slot that are all new, and of which none is
        refused, make no difference to one another. False: it is another case, and nothing was stored."""
        device_id = batch.delivery.device_id
        items = [a.item for a in arrived if isinstance(a.item, StatementItem) and _is_sound(a.item, home)]
        ids, numbers = {i.client_id for i in items}, {i.seq for i in items}
        if not len(items) == len(ids) == len(numbers) == len(arrived):
            return False
        if not await held.are_new(device_id, ids, numbers):
            return False
        try:
            boxes = await self._deps.words.seal(batch.context.district_id, subject, [i.words for i in items])
        except SubjectForgotten:
            return False
        when = late(home, submitted=await held.submitted())
        names, visit = StatementIds(home.slot_id, batch.observer_id), home.visit(batch.observer_id)
        forms = Forms(batch.receipt_of(items[0], when))
        told = [
            forms.statement(i, names.of(i.client_id), visit, box, judgmental=judgmental, late=when)
            for i, box, judgmental in zip(items, boxes, judging([i.words for i in items]), strict=True)
        ]
        kind, shape = EvidenceRecorded.event_type(), EvidenceRecorded.schema_version
        new = [NewEvent(kind, data, shape, batch.ids.of(i.seq)) for i, data in zip(items, told, strict=True)]
        version = await self._append(held, new, batch)
        if version is None:
            return False
        held.add(device_id, ((i.client_id, i.seq, data) for i, data in zip(items, told, strict=True)), version)
        for a in arrived:
            batch.told(a.n, a.item, "stored", 0)
        return True

    async def _append(self, held: HeldNotes, events: list[NewEvent], batch: Batch) -> int | None:
        """The version of the notes after the events; None: the notes were not what they were held to be."""
        try:
            result = await self._deps.store.append(held.stream, events, expected=held.version, context=batch.context)
        except (WrongVersion, KeyReused):
            held.drop()
            return None
        if result.duplicate:
            held.drop()
            return None
        return result.version

    async def _seal(self, batch: Batch, subject: str, notes: Notes, arrived: Sequence[Arrived]) -> Sealing:
        """Seals the words of what is new and opens those that a repetition is compared with."""
        district_id = batch.context.district_id
        if _all_new(arrived, notes):
            new = [(a.n, a.item.words) for a in arrived if isinstance(a.item, _WITH_WORDS)]
            return await self._sealed(district_id, subject, new, {})
        kept = [
            words
            for a in arrived
            for event in notes.received.get(a.item.client_id, ())
            if (words := sealed_words(event)) is not None
        ]
        plain: dict[str, str | None] = {}
        if kept:
            opened = await self._deps.words.reveal(district_id, {subject: kept})
            plain = dict(zip(kept, opened[subject], strict=True))
        new = [
            (a.n, a.item.words)
            for a in arrived
            if isinstance(a.item, _WITH_WORDS) and not _repeats(a.item, notes, plain)
        ]
        return await self._sealed(district_id, subject, new, plain)

    async def _sealed(
        self, district_id: UUID, subject: str, new: Sequence[tuple[int, str]], plain: dict[str, str | None]
    ) -> Sealing:
        if not new:
            return Sealing({}, plain)
        try:
            boxes = await self._deps.words.seal(district_id, subject, [words for _, words in new])
        except SubjectForgotten as erased:
            return Sealing({}, plain, erased)
        plain.update(zip(boxes, (words for _, words in new), strict=True))
        return Sealing({n: box for box, (n, _) in zip(boxes, new, strict=True)}, plain)

    def _decide(
        self, batch: Batch, slot_id: UUID, notes: Notes, arrived: Sequence[Arrived], sealing: Sealing
    ) -> tuple[Notes, list[NewEvent]]:
        """What the items make of the notes: the notes after them, the events to store, and the receipts."""
        after = notes.copy()
        events: list[NewEvent] = []
        names = StatementIds(slot_id, batch.observer_id)
        forms, device_id = Forms(), batch.delivery.device_id
        judged = judging([a.item.words if isinstance(a.item, _WITH_WORDS) else "" for a in arrived])
        all_new = _all_new(arrived, notes)
        for (n, item, slot, visit), judgmental in zip(arrived, judged, strict=True):
            seen = item.seq in after.seqs.get(device_id, ())
            repeats = not all_new and _repeats(item, after, sealing.plain)
            if sealing.erased is not None and not repeats and isinstance(item, _WITH_WORDS):
                batch.refuse(n, item, sealing.erased)
                continue
            command = TakeItem(
                item,
                names.of(item.client_id),
                slot,
                visit,
                batch.receipt_of(item, late(slot, submitted=after.submitted)),
                sealing.sealed.get(n, ""),
                judgmental,
                repeats,
            )
            try:
                made = decide(command, after)
            except Refused as refused:
                batch.refuse(n, item, refused)
                continue
            for event in made:
                after.apply(event)
                events.append(forms.new_event(event, self._deps.new_id() if seen else batch.ids.of(item.seq)))
            if made:
                batch.told(n, item, "conflict" if type(made[0]) in _CONFLICTS else "stored", version(item, after))
            else:
                batch.repeated(n, item, version(item, after), under_its_number=seen)
        return after, events

    async def _elsewhere(self, batch: Batch, stream: str, arrived: Sequence[Arrived]) -> dict[int, tuple[UUID, UUID]]:
        """The numbers among `arrived` that stand in the notes of other slots: slot and client id there."""
        by_id = {batch.ids.of(a.item.seq): a.item.seq for a in arrived}
        async with self._deps.db.reader(batch.context.district_id) as conn:
            rows = await conn.fetch(
                "select event_id, stream, data #>> '{receipt,client_id}' as client_id from events "
                "where event_id = any($1) and stream <> $2",
                list(by_id),
                stream,
            )
        return {by_id[r["event_id"]]: (UUID(r["stream"][6:42]), UUID(r["client_id"])) for r in rows}


def _is_sound(item: StatementItem, slot: SlotFacts) -> bool:
    """Whether `decide` would make a statement of this slot of it as it stands, if it is new."""
    tags = (*item.focus_question_ids, *item.look_for_ids)
    if item.slot_id != slot.slot_id or len(set(tags)) < len(tags):
        return False
    try:
        check_content(item, slot)
    except Refused:
        return False
    return True


def _all_new(arrived: Sequence[Arrived], notes: Notes) -> bool:
    """Whether none of the items was here before, nor comes twice: so it is with nearly every delivery."""
    ids = {a.item.client_id for a in arrived}
    return len(ids) == len(arrived) and notes.received.keys().isdisjoint(ids)


def _repeats(item: Item, notes: Notes, plain: dict[str, str | None]) -> bool:
    """Whether a version of the item that says the same is kept already."""
    earlier = notes.received.get(item.client_id)
    return earlier is not None and any(
        says_the_same(item, event, plain.get(sealed_words(event) or ""), notes) for event in earlier
    )
