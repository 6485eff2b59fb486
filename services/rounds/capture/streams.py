"""How the streams, ids and sealed subjects of capture are named."""

from __future__ import annotations

from uuid import UUID, uuid5

_STATEMENTS = UUID("6f0b3c2e-6a0b-5d0a-9a52-7c1f6f1f4a10")
_ITEMS = UUID("0d7c2f6c-2b8f-5a86-8d0e-7f3f0f6a5b21")


def notes_stream(slot_id: UUID, observer_id: UUID) -> str:
    """One stream per observer and slot: observers never wait for each other."""
    return f"notes-{slot_id}-{observer_id}"


def device_stream(device_id: UUID, observer_id: UUID) -> str:
    return f"device-{device_id}-{observer_id}"


def words_subject(slot_id: UUID, observer_id: UUID) -> str:
    """Whose key seals the words: see docs/adr on the sealing of statements."""
    return f"notes-{slot_id}-{observer_id}"


def statement_id(slot_id: UUID, observer_id: UUID, client_id: UUID) -> UUID:
    """The id under which others know what a device calls `client_id`. Slot and observer are part of
    it, so that no device can name, and so overwrite, another observer's statement."""
    return uuid5(_STATEMENTS, f"{slot_id}{observer_id}{client_id}")


class ItemIds:
    """Event ids of one device's items: the database refuses a second event for the same number."""

    def __init__(self, device_id: UUID, observer_id: UUID) -> None:
        self._base = uuid5(_ITEMS, f"{device_id}{observer_id}")

    def of(self, seq: int) -> UUID:
        return uuid5(self._base, str(seq))
