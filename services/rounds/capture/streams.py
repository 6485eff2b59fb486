"""How the streams, ids and sealed subjects of capture are named."""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID, uuid5

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
        self._of_both = slot_id.bytes + observer_id.bytes

    def of(self, client_id: UUID) -> UUID:
        digest = blake2b(self._of_both + client_id.bytes, digest_size=16, person=b"rondo statement").digest()
        return UUID(int=int.from_bytes(digest) & _FREE | _VERSION_8)


def statement_id(slot_id: UUID, observer_id: UUID, client_id: UUID) -> UUID:
    return StatementIds(slot_id, observer_id).of(client_id)


class ItemIds:
    """Event ids of one device's items: the database refuses a second event for the same number. The
    number is the low 32 bits, so that a batch's ids lie side by side in the index."""

    def __init__(self, device_id: UUID, observer_id: UUID) -> None:
        self._base = uuid5(_ITEMS, f"{device_id}{observer_id}").int >> 32 << 32

    def of(self, seq: int) -> UUID:
        return UUID(int=self._base | seq)
