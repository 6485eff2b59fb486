"""What other services may know of identity."""

from __future__ import annotations

from uuid import UUID

from shared.messages import ContractEvent


class DistrictRegistered(ContractEvent):
    district_id: UUID
    name: str
    timezone: str  # IANA name
    slot_minutes: int
    min_visits: int
    min_classrooms: int
    min_observers: int


class DistrictSettingsChanged(DistrictRegistered):
    """The whole of the settings after the change."""


class RoleGranted(ContractEvent):
    person_id: UUID
    role: str
    school_id: UUID | None = None


class RoleRevoked(RoleGranted):
    pass


class AccountErased(ContractEvent):
    """The person's name and address were destroyed: whoever keeps words or details of theirs destroys them too."""

    person_id: UUID


PUBLISHED: tuple[type[ContractEvent], ...] = (
    DistrictRegistered,
    DistrictSettingsChanged,
    RoleGranted,
    RoleRevoked,
    AccountErased,
)
