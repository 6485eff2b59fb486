"""One delivery on its way through capture: what is known of its items, and the receipts so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from services.rounds.capture.commands import AmendItem, Delivery, Item, Malformed, StatementItem
from services.rounds.capture.decide import SlotFacts
from services.rounds.capture.events import Late, NotedItem, ReceiptFields, Visit
from services.rounds.capture.receipts import KEPT_BOTH, BatchReceipt, ItemReceipt, Reason
from services.rounds.capture.state import Notes
from services.rounds.capture.streams import ItemIds
from shared.errors import Refused
from shared.messages import CommandContext


class Arrived(NamedTuple):
    """An understood item: its place in the delivery, and the slot in which the device took it."""

    n: int
    item: Item
    slot: SlotFacts
    visit: Visit


@dataclass(slots=True)
class Batch:
    """`skew_seconds` is the device's clock minus ours at this post."""

    delivery: Delivery
    context: CommandContext
    observer_id: UUID
    received_at: datetime
    skew_seconds: float
    ids: ItemIds
    receipts: dict[int, ItemReceipt] = field(default_factory=dict)
    _noted: dict[int, NotedItem] = field(default_factory=dict)

    @property
    def noted(self) -> list[NotedItem]:
        """The items that left no event in any notes, for the device's own record."""
        return list(self._noted.values())

    def refuse(self, n: int, item: Item | Malformed, refused: Refused) -> None:
        self.receipts[n] = ItemReceipt(
            client_id=item.client_id, seq=item.seq, result="refused", reason=Reason.of(refused)
        )
        self._note(n, item, "refused", refused.code)

    def told(self, n: int, item: Item, result: Literal["stored", "conflict"], version: int | None) -> None:
        self._noted.pop(n, None)
        reason = KEPT_BOTH if result == "conflict" else None
        self.receipts[n] = ItemReceipt(item.client_id, item.seq, result, reason, version)

    def repeated(self, n: int, item: Item, version: int | None, *, under_its_number: bool) -> None:
        """The item was here before; under another number, the device's record must know this one too."""
        self._noted.pop(n, None)
        self.receipts[n] = ItemReceipt(client_id=item.client_id, seq=item.seq, result="duplicate", version=version)
        if not under_its_number:
            self._note(n, item, "duplicate", None)

    def _note(self, n: int, item: Item | Malformed, result: Literal["refused", "duplicate"], code: str | None) -> None:
        self._noted[n] = NotedItem(
            seq=item.seq, client_id=item.client_id, kind=item.kind, slot_id=item.slot_id, result=result, code=code
        )

    def receipt_of(self, item: Item, late: Late | None) -> ReceiptFields:
        return {
            "client_id": item.client_id,
            "device_id": self.delivery.device_id,
            "seq": item.seq,
            "device_time": item.device_time,
            "elapsed_seconds": item.elapsed_seconds,
            "sent_at": self.delivery.sent_at,
            "received_at": self.received_at,
            "skew_seconds": self.skew_seconds,
            "late": late,
        }

    def answer(self) -> BatchReceipt:
        return BatchReceipt(
            server_time=self.received_at,
            skew_seconds=self.skew_seconds,
            receipts=[self.receipts[n] for n in range(len(self.delivery.items))],
        )


def late(slot: SlotFacts, *, submitted: bool) -> Late | None:
    """What had happened already when the item came."""
    if slot.released:
        return "after_release"
    if slot.closed:
        return "after_close"
    if slot.describe_open:
        return "after_describe"
    return "after_submit" if submitted else None


def version(item: Item, notes: Notes) -> int | None:
    """The newest revision of the statement that the item makes or changes."""
    if isinstance(item, StatementItem):
        held = notes.statements.get(item.client_id)
    elif isinstance(item, AmendItem):
        held = notes.statements.get(item.of)
    else:
        return None
    return held.revision if held else None
