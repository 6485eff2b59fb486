"""From a delivery to receipts: look up the slots, seal the words, decide item by item, append once per slot.

Notes are kept in memory between posts, so that a post reads nothing and writes once; the append names
the version that the memory knows, so that a memory that is behind is found out and read anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.rounds.capture.commands import AmendItem, Delivery, Item, Malformed, RatingItem, StatementItem
from services.rounds.capture.decide import SlotFacts, TakeItem, decide, sequence_reused
from services.rounds.capture.devices import Devices
from services.rounds.capture.events import (
    EvidenceConflictKept,
    Late,
    NotedItem,
    RatingConflictKept,
    Receipt,
    Visit,
)
from services.rounds.capture.held import HeldNotes, Keeper
from services.rounds.capture.judging import judges
from services.rounds.capture.receipts import KEPT_BOTH, BatchReceipt, ItemReceipt, Reason, Result
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


@dataclass(frozen=True, slots=True)
class Arrived:
    """An understood item: its place in the delivery, and the slot in which the device took it."""

    n: int
    item: Item
    slot: SlotFacts
    visit: Visit


@dataclass(slots=True)
class Batch:
    """One delivery on its way: what is known of all its items, and the receipts so far."""

    delivery: Delivery
    context: CommandContext
    observer_id: UUID
    received_at: datetime
    skew_seconds: float
    ids: ItemIds
    receipts: dict[int, ItemReceipt]
    noted: list[NotedItem]

    def refuse(self, n: int, item: Item | Malformed, refused: Refused) -> None:
        self._tell(n, item, "refused", Reason.of(refused))
        kind = item.kind
        self.noted.append(
            NotedItem(
                seq=item.seq,
                client_id=item.client_id,
                kind=kind,
                slot_id=item.slot_id,
                result="refused",
                code=refused.code,
            )
        )

    def told(self, n: int, item: Item, result: Result, version: int | None) -> None:
        self._tell(n, item, result, KEPT_BOTH if result == "conflict" else None, version)

    def _tell(
        self, n: int, item: Item | Malformed, result: Result, reason: Reason | None, version: int | None = None
    ) -> None:
        self.receipts[n] = ItemReceipt(
            client_id=item.client_id, seq=item.seq, result=result, reason=reason, version=version
        )


class Capture:
    def __init__(self, deps: Deps, slots: SlotBook) -> None:
        self._deps = deps
        self._slots = slots
        self._keeper = Keeper(deps.store)
        self._devices = Devices(deps)

    async def receive(
        self, delivery: Delivery, *, district_id: UUID, observer_id: UUID, traceparent: str | None = None
    ) -> BatchReceipt:
        """Takes the delivery. What is told stored is durable; raises Unavailable when the database is away:
        then some items may be stored, and sending the same again is safe."""
        now = self._deps.clock()
        batch = Batch(
            delivery,
            CommandContext(district_id, observer_id, device_time=delivery.sent_at, traceparent=traceparent),
            observer_id,
            now,
            round((delivery.sent_at - now).total_seconds(), 3),
            ItemIds(delivery.device_id, observer_id),
            {},
            [],
        )
        pending = await self._by_slot(batch)
        while pending:
            slot_id, arrived = pending.popitem()
            await self._devices.visited(batch.context, delivery.device_id, observer_id, slot_id)
            for elsewhere, moved in (await self._take(batch, slot_id, arrived)).items():
                pending.setdefault(elsewhere, []).extend(moved)
        if batch.noted:
            await self._devices.note(batch.context, delivery, observer_id, batch.noted, now, batch.skew_seconds)
        receipts = tuple(batch.receipts[n] for n in range(len(delivery.items)))
        return BatchReceipt.model_construct(server_time=now, skew_seconds=batch.skew_seconds, receipts=receipts)

    async def _by_slot(self, batch: Batch) -> dict[UUID, list[Arrived]]:
        groups: dict[UUID, list[Arrived]] = {}
        visits: dict[UUID, Visit] = {}
        for n, item in enumerate(batch.delivery.items):
            if isinstance(item, Malformed):
                batch.refuse(
                    n, item, Refused("malformed", item.detail, mend="Correct the item and send it under a new number.")
                )
                continue
            slot = await self._slots.get(batch.context.district_id, item.slot_id)
            if slot is None:
                batch.refuse(n, item, _unknown_slot())
            elif batch.observer_id not in slot.observer_ids:
                batch.refuse(n, item, _not_your_team())
            else:
                visit = visits.get(item.slot_id) or visits.setdefault(item.slot_id, slot.visit(batch.observer_id))
                groups.setdefault(item.slot_id, []).append(Arrived(n, item, slot, visit))
        return groups

    async def _take(self, batch: Batch, slot_id: UUID, arrived: Sequence[Arrived]) -> dict[UUID, list[Arrived]]:
        """Stores the items in the notes of `slot_id`. Answers those whose number already stands in the
        notes of another slot, by that slot: they are to be taken there, as second versions."""
        stream = notes_stream(slot_id, batch.observer_id)
        moved: dict[UUID, list[Arrived]] = defaultdict(list)
        async with self._keeper.hold(stream, batch.context.district_id) as held:
            for _ in range(RETRIES + 1):
                notes = await held.notes()
                try:
                    sealed, plain = await self._words(batch, slot_id, notes, arrived)
                except SubjectForgotten as erased:
                    arrived = _without_words(batch, arrived, erased)
                    continue
                after, events = self._decide(batch, slot_id, notes, arrived, sealed, plain)
                if not events or await self._append(held, after, events, batch):
                    return moved
                found = await self._elsewhere(batch, stream, arrived)
                for a in arrived:
                    home = found.get(a.item.seq)
                    if home is None:
                        continue
                    if home[1] == a.item.client_id:
                        moved[home[0]].append(a)
                    else:
                        batch.refuse(a.n, a.item, sequence_reused(a.item.seq))
                arrived = [a for a in arrived if a.item.seq not in found]
        raise Conflict("Others wrote the same notes at the same moment.", mend="Send the batch again.")

    async def _append(self, held: HeldNotes, after: Notes, events: list[NewEvent], batch: Batch) -> bool:
        try:
            result = await self._deps.store.append(held.stream, events, expected=held.version, context=batch.context)
        except (WrongVersion, KeyReused):
            held.drop()
            return False
        if result.duplicate:
            held.drop()
            return False
        held.advance(after, result.version)
        return True

    async def _words(
        self, batch: Batch, slot_id: UUID, notes: Notes, arrived: Sequence[Arrived]
    ) -> tuple[dict[int, str], dict[str, str | None]]:
        """Seals the words of what is new, by place in the delivery, and opens those that it is compared with."""
        subject = words_subject(slot_id, batch.observer_id)
        district_id = batch.context.district_id
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
            if isinstance(a.item, StatementItem | AmendItem) and not _repeats(a.item, notes, plain)
        ]
        boxes = await self._deps.words.seal(district_id, subject, [words for _, words in new]) if new else []
        plain.update({box: words for box, (_, words) in zip(boxes, new, strict=True)})
        return {n: box for box, (n, _) in zip(boxes, new, strict=True)}, plain

    def _decide(
        self,
        batch: Batch,
        slot_id: UUID,
        notes: Notes,
        arrived: Sequence[Arrived],
        sealed: dict[int, str],
        plain: dict[str, str | None],
    ) -> tuple[Notes, list[NewEvent]]:
        after = notes.copy()
        events: list[NewEvent] = []
        device_id = batch.delivery.device_id
        names = StatementIds(slot_id, batch.observer_id)
        batch.noted = [x for x in batch.noted if x.seq not in {a.item.seq for a in arrived}]
        for a in arrived:
            item = a.item
            command = TakeItem(
                item=item,
                statement_id=names.of(item.client_id),
                slot=a.slot,
                visit=a.visit,
                receipt=_receipt(item, batch, _late(a.slot, after)),
                sealed=sealed.get(a.n, ""),
                judgmental=isinstance(item, StatementItem | AmendItem) and judges(item.words),
                repeats=_repeats(item, after, plain),
            )
            seen = (device_id, item.seq) in after.seqs
            try:
                made = decide(command, after)
            except Refused as refused:
                batch.refuse(a.n, item, refused)
                continue
            for event in made:
                after.apply(event)
                event_id = self._deps.new_id() if seen else batch.ids.of(item.seq)
                events.append(NewEvent.of(event, event_id))
            kept_both = bool(made) and isinstance(made[0], EvidenceConflictKept | RatingConflictKept)
            result: Result = "conflict" if kept_both else "stored" if made else "duplicate"
            batch.told(a.n, item, result, _version(item, after))
            if not made and not seen:
                batch.noted.append(
                    NotedItem(
                        seq=item.seq,
                        client_id=item.client_id,
                        kind=item.kind,
                        slot_id=item.slot_id,
                        result="duplicate",
                    )
                )
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


def _without_words(batch: Batch, arrived: Sequence[Arrived], erased: Refused) -> list[Arrived]:
    """Refuses what would add words to notes that were erased; the rest goes on."""
    left = []
    for a in arrived:
        if isinstance(a.item, StatementItem | AmendItem):
            batch.refuse(a.n, a.item, erased)
        else:
            left.append(a)
    return left


def _receipt(item: Item, batch: Batch, late: Late | None) -> Receipt:
    return Receipt(
        client_id=item.client_id,
        device_id=batch.delivery.device_id,
        seq=item.seq,
        device_time=item.device_time,
        elapsed_seconds=item.elapsed_seconds,
        sent_at=batch.delivery.sent_at,
        received_at=batch.received_at,
        skew_seconds=batch.skew_seconds,
        late=late,
    )


def _late(slot: SlotFacts, notes: Notes) -> Late | None:
    if slot.released:
        return "after_release"
    if slot.closed:
        return "after_close"
    if slot.describe_open:
        return "after_describe"
    return "after_submit" if notes.submitted else None


def _repeats(item: Item, notes: Notes, plain: dict[str, str | None]) -> bool:
    return any(
        says_the_same(item, event, plain.get(sealed_words(event) or ""), notes)
        for event in notes.received.get(item.client_id, ())
    )


def _version(item: Item, notes: Notes) -> int | None:
    if isinstance(item, RatingItem):
        return None
    held = notes.statements.get(getattr(item, "of", item.client_id))
    return held.revision if held else None


def _unknown_slot() -> Refused:
    return Refused(
        "unknown_slot",
        "The district has no such classroom slot.",
        mend="Load the visit again, then move the note to its slot.",
    )


def _not_your_team() -> Refused:
    return Refused(
        "not_your_team",
        "You are not on the team that visits in this slot.",
        mend="Ask the facilitator who visits there.",
    )
