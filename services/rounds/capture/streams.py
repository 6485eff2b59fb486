"""How the streams, ids and sealed subjects of capture are named."""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID, uuid5

from shared.messages import uuid_of

_ITEMS = UUID("0d7c2f6c-2b8f-5a86-8d0e-7f3f0f6a5b21")
_VERSION_8 = 0x8000_8000_0000_0000_0000
_FREE = ~(0xF000_C000_0000_0000_0000)


def notes_stream(slot_id: UUID, observer_id: UUID) -> str:
    """One stream per observer and slot: observers never wait for each other."""
    return f"notes-{slot_id}-{observer_id}"


def device_stream(device_id: UUID, observer_id: UUID) -> str:
    return f"device-{device_id}-{observer_id}"


def words_subject(round_id: UUID, observer_id: UUID) -> str:
    """Whose key seals the words: one observer's in one round. docs/adr/0005 says why."""
    return f"notes-{round_id}-{observer_id}"


class StatementIds:
    """The ids under which others know what a device calls by its client ids. Slot and observer are hashed
    in, so that no device can name, and so overwrite, another observer's statement. UUIDs of version 8."""

    def __init__(self, slot_id: UUID, observer_id: UUID) -> None:
        self._of_both = blake2b(slot_id.bytes + observer_id.bytes, digest_size=16, person=b"rondo statement")

    def of(self, client_id: UUID) -> UUID:
        hashed = self._of_both.copy()
        hashed.update(client_id.bytes)
        return uuid_of((int.from_bytes(hashed.digest()) & _FREE | _VERSION_8).to_bytes(16))


def statement_id(slot_id: UUID, observer_id: UUID, client_id: UUID) -> UUID:
    return StatementIds(slot_id, observer_id).of(client_id)


class ItemIds:
    """Event ids of one device's items: the database refuses a second event for the same number. The
    number is the low 32 bits, so that a batch's ids lie side by side in the index."""

    def __init__(self, device_id: UUID, observer_id: UUID) -> None:
        self._base = uuid5(_ITEMS, f"{device_id}{observer_id}").bytes[:12]

    def of(self, seq: int) -> UUID:
        return uuid_of(self._base + seq.to_bytes(4))
