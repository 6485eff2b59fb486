"""How the streams, ids and sealed subjects of capture are named."""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from hashlib import _Hash as HASH

_STATEMENTS = UUID("6f0b3c2e-6a0b-5d0a-9a52-7c1f6f1f4a10")
_ITEMS = UUID("0d7c2f6c-2b8f-5a86-8d0e-7f3f0f6a5b21")


def notes_stream(slot_id: UUID, observer_id: UUID) -> str:
    """One stream per observer and slot: observers never wait for each other."""
    return f"notes-{slot_id}-{observer_id}"


def device_stream(device_id: UUID, observer_id: UUID) -> str:
    return f"device-{device_id}-{observer_id}"


def words_subject(round_id: UUID, observer_id: UUID) -> str:
    """Whose key seals the words: one observer's in one round. docs/adr/0005 says why."""
    return f"notes-{round_id}-{observer_id}"


class StatementIds:
    """The ids under which others know what a device calls by its client ids. Slot and observer are part
    of them, so that no device can name, and so overwrite, another observer's statement."""

    def __init__(self, slot_id: UUID, observer_id: UUID) -> None:
        self._base = _uuid5_of(_STATEMENTS, f"{slot_id}{observer_id}")

    def of(self, client_id: UUID) -> UUID:
        return _uuid5(self._base, str(client_id))


def statement_id(slot_id: UUID, observer_id: UUID, client_id: UUID) -> UUID:
    return StatementIds(slot_id, observer_id).of(client_id)


class ItemIds:
    """Event ids of one device's items: the database refuses a second event for the same number. The
    number is the low 32 bits, so that a batch's ids lie side by side in the index."""

    def __init__(self, device_id: UUID, observer_id: UUID) -> None:
        self._base = uuid5(_ITEMS, f"{device_id}{observer_id}").int >> 32 << 32

    def of(self, seq: int) -> UUID:
        return UUID(int=self._base | seq)


def _uuid5_of(namespace: UUID, start: str = "") -> HASH:
    """What `uuid5` hashes, up to the part that changes: hundreds of ids share it."""
    return sha1(namespace.bytes + start.encode(), usedforsecurity=False)


def _uuid5(base: HASH, rest: str) -> UUID:
    digest = base.copy()
    digest.update(rest.encode())
    return UUID(bytes=digest.digest()[:16], version=5)
