"""The storage format of `cycle-<id>`. Whatever people write is sealed; codes, ids and counts are not."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.rounds.protocols.model import Model
from shared.messages import Event
from shared.upcasting import upcaster


class CycleProposed(Event):
    """Somebody begins to gather a cycle. The protocol's version is the cycle's for ever."""

    cycle_id: UUID
    protocol: str
    protocol_version: int
    model: Model
    school_id: UUID | None
    person_id: UUID
    role: str


class PartnerInvited(Event):
    """Only the two know: the one who asks and the one who is asked. `message` is sealed."""

    cycle_id: UUID
    person_id: UUID
    by: UUID
    role: str
    message: str


class InvitationAccepted(Event):
    cycle_id: UUID
    person_id: UUID
    school_id: UUID | None


class InvitationDeclined(Event):
    """Or let go by the one who asked (`by`)."""

    cycle_id: UUID
    person_id: UUID
    by: UUID


class AgreementWritten(Event):
    """Goals, norms and what is out of bounds, whole and sealed; signatures of an earlier revision are void."""

    cycle_id: UUID
    revision: int
    by: UUID
    body: str


class AgreementSigned(Event):
    cycle_id: UUID
    revision: int
    person_id: UUID


class CycleStageOpened(Event):
    """`turn` counts from 1 and grows where the parts go round."""

    cycle_id: UUID
    stage: str
    turn: int
    by: UUID


class TakenItem(BaseModel):
    """An item of a device that a version holds: how it came in. `device_time` and `sent_at` are the device's clock,
    `received_at` is ours; `skew_seconds` is device minus server, taken at sending."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    client_id: UUID
    device_id: UUID
    seq: int
    device_time: datetime
    elapsed_seconds: int | None
    sent_at: datetime
    received_at: datetime
    skew_seconds: float


class ArtefactWritten(Event):
    """An artefact, whole, when it is written and after each change; `fields` is sealed. `revision` counts from 1.
    `taken` are the items of a device that came in with this version."""

    schema_version = 2
    cycle_id: UUID
    artefact_id: UUID
    artefact: str
    stage: str
    turn: int
    author_id: UUID
    revision: int
    ready: bool
    fields: str
    taken: tuple[TakenItem, ...] = ()


@upcaster("ArtefactWritten", 1)
def _by_hand(body: dict[str, Any]) -> dict[str, Any]:
    """What was written before devices handed in notes was written on the desk."""
    return {**body, "taken": []}


class ArtefactRemoved(Event):
    cycle_id: UUID
    artefact_id: UUID
    by: UUID


class ArtefactShared(Event):
    """Its author shows it to one colleague."""

    cycle_id: UUID
    artefact_id: UUID
    with_person: UUID


class SharingRevoked(Event):
    cycle_id: UUID
    artefact_id: UUID
    with_person: UUID


class PublicationAgreed(Event):
    """A member agrees that this revision may be read by the district."""

    cycle_id: UUID
    artefact_id: UUID
    revision: int
    person_id: UUID


class PublicationRevoked(Event):
    """By one of the cycle; or by somebody who had agreed and has left: that version is then published no more."""

    cycle_id: UUID
    artefact_id: UUID
    person_id: UUID


class MemberLeft(Event):
    """`erased`: whose words the protocol's policy takes with them; their keys are destroyed after this."""

    cycle_id: UUID
    person_id: UUID
    erased: tuple[UUID, ...]
    notes: Literal["erase_all", "erase_own", "keep"]
    ends: bool  # too few are left to go on


class CycleFinished(Event):
    cycle_id: UUID
    by: UUID


EVENTS: tuple[type[Event], ...] = (
    CycleProposed,
    PartnerInvited,
    InvitationAccepted,
    InvitationDeclined,
    AgreementWritten,
    AgreementSigned,
    CycleStageOpened,
    ArtefactWritten,
    ArtefactRemoved,
    ArtefactShared,
    SharingRevoked,
    PublicationAgreed,
    PublicationRevoked,
    MemberLeft,
    CycleFinished,
)
