"""What devices hand in for coaching cycles: from items to notes and receipts.

A delivery's items of one note become one version of it, which holds them by their ids: what came before is found there,
so that an item is taken once, whatever was repeated, and the ledger of a device is read off the cycles themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.rounds.capture.commands import Delivery, NoteItem
from services.rounds.capture.devices import Devices
from services.rounds.capture.events import NotedItem
from services.rounds.capture.receipts import ItemReceipt, Reason, Result
from services.rounds.cycles import commands as c
from services.rounds.cycles.events import ArtefactWritten, TakenItem
from services.rounds.cycles.forms import NotFilledIn, added, fill_in, for_devices
from services.rounds.cycles.queries import CycleFile, cycle_stream, member_file, open_revisions
from services.rounds.cycles.sealing import seal, subject
from services.rounds.cycles.today import today
from services.rounds.cycles.writing import own_note
from services.rounds.deps import Deps
from services.rounds.protocols.model import Artefact
from shared.command_handler import RETRIES
from shared.errors import Conflict, NotFound, Refused, Stale
from shared.messages import CommandContext
from shared.privacy import SubjectForgotten
from shared.said import Said, say

Place = tuple[int, NoteItem]  # an item, with its place among the delivery's notes


@dataclass(slots=True)
class _Note:
    """A note as the items make it. `revision` is the version that they are added to, 0 for none."""

    artefact: Artefact
    artefact_id: UUID
    stage: str
    turn: int
    revision: int
    values: dict[str, Any]
    ready: bool
    items: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class _Delivered:
    """One delivery on its way."""

    delivery: Delivery
    person_id: UUID
    context: CommandContext
    received_at: datetime
    skew_seconds: float
    today: date
    receipts: dict[int, ItemReceipt] = field(default_factory=dict)
    noted: dict[int, NotedItem] = field(default_factory=dict)

    def told(self, n: int, item: NoteItem, result: Result, reason: Reason | None = None, version: int | None = None,
             *, note: bool = False) -> None:  # fmt: skip
        self.receipts[n] = ItemReceipt(item.client_id, item.seq, result, reason, version)
        self.noted.pop(n, None)
        if note and result in ("refused", "duplicate"):
            self.noted[n] = NotedItem(
                seq=item.seq, client_id=item.client_id, kind=item.kind, slot_id=None, result=result,
                code=reason.code if reason else None,
            )  # fmt: skip

    def refuse(self, n: int, item: NoteItem, code: str, detail: Said, mend: Said | None = None) -> None:
        self.told(n, item, "refused", Reason.told(code, detail, mend), note=True)

    def taken(self, item: NoteItem) -> TakenItem:
        return TakenItem(
            client_id=item.client_id,
            device_id=self.delivery.device_id,
            seq=item.seq,
            device_time=item.device_time,
            elapsed_seconds=item.elapsed_seconds,
            sent_at=self.delivery.sent_at,
            received_at=self.received_at,
            skew_seconds=self.skew_seconds,
        )


class NoteTaker:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._devices = Devices(deps)

    async def receive(self, delivery: Delivery, *, district_id: UUID, person_id: UUID) -> list[ItemReceipt]:
        """One receipt per note of the delivery, in order. What is told stored is durable."""
        if not delivery.notes:
            return []
        now = self._deps.clock()
        skew = round((delivery.sent_at - now).total_seconds(), 3)
        context = CommandContext(district_id, person_id, device_time=delivery.sent_at)
        day = await today(self._deps, district_id)
        made = _Delivered(delivery, person_id, context, now, skew, day)
        items = [item for _, item in delivery.notes]
        by_cycle: dict[UUID, list[Place]] = {}
        for n, item in enumerate(items):
            by_cycle.setdefault(item.cycle_id, []).append((n, item))
        for cycle_id, places in by_cycle.items():
            await self._cycle(made, cycle_id, places)
        if made.noted:
            await self._devices.note(made.context, delivery, person_id, list(made.noted.values()), now, skew)
        return [made.receipts[n] for n in range(len(items))]

    async def _cycle(self, made: _Delivered, cycle_id: UUID, places: Sequence[Place]) -> None:
        district_id = made.context.district_id
        for _ in range(RETRIES + 1):
            try:
                file = await member_file(self._deps, district_id, cycle_id, made.person_id)
            except NotFound:
                for n, item in places:
                    made.refuse(n, item, "not_your_cycle", say("cycles.not_your_cycle"))
                return
            await self._devices.took_notes(made.context, made.delivery.device_id, made.person_id, cycle_id)
            notes = await self._made_of(made, file, places)
            try:
                for note in notes:
                    await self._store(made, file, note)
                return
            except Stale:
                continue  # another device, or the desk, was first: what is there now is read again
        raise Conflict(say("cycles.others_wrote"), mend=say("cycles.send_batch"))

    async def _made_of(self, made: _Delivered, file: CycleFile, places: Sequence[Place]) -> list[_Note]:
        """The notes that the items make; those that make none have their receipts."""
        notes: dict[UUID, _Note] = {}
        seen: set[UUID] = set()
        device_id = made.delivery.device_id
        mine = [t for t in file.state.taken.values() if (t.author_id, t.device_id) == (made.person_id, device_id)]
        numbers = {t.seq for t in mine}
        for n, item in places:
            before = file.state.taken.get(item.client_id)
            if before is not None or item.client_id in seen:
                same = before is None or (before.device_id, before.seq) == (device_id, item.seq)
                made.told(n, item, "duplicate", note=not same)
                continue
            if item.seq in numbers:
                made.refuse(n, item, "sequence_reused", say("cycles.number_used"), say("cycles.number_anew"))
                continue
            if file.state.ended:
                made.refuse(n, item, "cycle_ended", say("cycles.cycle_has_ended"), say("cycles.begin_another"))
                continue
            kind = file.protocol.artefact(item.artefact)
            if kind is None or not for_devices(kind):
                made.refuse(n, item, "unknown_note", say("cycles.no_such_note"), say("cycles.load_cycle"))
                continue
            held = await self._note(made, file, kind, item, notes)
            if held.artefact.id != kind.id:
                made.refuse(n, item, "unknown_note", say("cycles.other_kind"), say("cycles.new_note"))
                continue
            try:
                values = fill_in(
                    kind, added(kind, held.values, item.fields), ready=item.ready or held.ready,
                    people=file.state.people, today=made.today,
                )  # fmt: skip
            except NotFilledIn as wrong:
                made.refuse(n, item, "not_filled_in", wrong.words, wrong.say_mend)
                continue
            held.values, held.ready = values, item.ready or held.ready
            held.items.append((n, item))
            notes[held.artefact_id] = held
            seen.add(item.client_id)
            numbers.add(item.seq)
        return list(notes.values())

    async def _note(
        self, made: _Delivered, file: CycleFile, kind: Artefact, item: NoteItem, notes: Mapping[UUID, _Note]
    ) -> _Note:
        artefact_id = item.artefact_id or item.client_id
        standing = file.state.artefacts.get(artefact_id)
        if not kind.many:
            own = own_note(file.state, kind, made.person_id, item.turn)
            made_now = (m for m in notes.values() if (m.artefact.id, m.turn) == (kind.id, item.turn))
            standing, artefact_id = (
                own,
                own.artefact_id if own else next((m.artefact_id for m in made_now), artefact_id),
            )
        if artefact_id in notes:
            return notes[artefact_id]
        if standing is None or standing.first.author_id != made.person_id:
            return _Note(kind, artefact_id, item.stage, item.turn, 0, {}, ready=False)
        newest: ArtefactWritten = standing.newest
        if (its_own := file.protocol.artefact(newest.artefact)) != kind and its_own is not None:
            return _Note(its_own, artefact_id, item.stage, item.turn, newest.revision, {}, newest.ready)
        opened = await open_revisions(self._deps, file, [newest])
        values = opened[newest.fields] or {}
        return _Note(kind, artefact_id, item.stage, item.turn, newest.revision, values, newest.ready)

    async def _store(self, made: _Delivered, file: CycleFile, note: _Note) -> None:
        """Raises Stale when the note is not what it was."""
        district_id = made.context.district_id
        about = subject(file.protocol, file.cycle_id, note.artefact.id, made.person_id)
        try:
            command = c.TakeNotes(
                cycle_id=file.cycle_id,
                by=made.person_id,
                protocol=file.protocol,
                artefact_id=note.artefact_id,
                artefact=note.artefact.id,
                stage=note.stage,
                turn=note.turn,
                ready=note.ready,
                fields=await seal(self._deps.words, district_id, about, note.values),
                base_revision=note.revision,
                taken=tuple(made.taken(item) for _, item in note.items),
            )
            context = CommandContext(district_id, made.person_id, device_time=made.delivery.sent_at)
            await self._deps.cycles.handle(cycle_stream(file.cycle_id), command, context)
        except (Refused, SubjectForgotten) as refused:
            for n, item in note.items:
                made.told(n, item, "refused", Reason.of(refused), note=True)
            return
        for n, item in note.items:
            made.told(n, item, "stored", version=note.revision + 1)
