"""What is read of cycles: one with what its reader may open, my list, what was shown to me, published reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.commitments.queries import counts as commitment_counts
from services.rounds.cycles.decide import not_agreed
from services.rounds.cycles.events import ArtefactWritten
from services.rounds.cycles.names import named
from services.rounds.cycles.reading import readable
from services.rounds.cycles.sealing import of_cycle, open_all, subject_of
from services.rounds.cycles.state import CycleState, Facts, Standing, Written
from services.rounds.cycles.walk import Blocked, both, finishing, moves
from services.rounds.protocols.model import Bilingual, Protocol
from services.rounds.trainings.queries import taken
from shared.errors import NotFound
from shared.messages import CommandContext
from shared.said import say

if TYPE_CHECKING:
    from services.rounds.deps import Deps

Fields = dict[str, Any]


def cycle_stream(cycle_id: UUID) -> str:
    return f"cycle-{cycle_id}"


class PersonOut(BaseModel):
    """`role` is the part in the present turn."""

    person_id: UUID
    role: str
    signed: bool
    present: bool = Field(description="false for somebody who has left")


class InvitationOut(BaseModel):
    """Only for the one who asked: nobody else learns that somebody was asked, nor the answer."""

    person_id: UUID
    role: str
    answer: Literal["open", "accepted", "declined"]


class AgreementOut(BaseModel):
    revision: int
    by: UUID
    body: Fields | None = Field(description="None when its words were erased")


class MoveOut(BaseModel):
    """A stage, with why it cannot be opened now (None: it can)."""

    stage: str
    opened: int = Field(description="how often it was opened")
    blocked: Bilingual | None
    waits_for: Sequence[UUID] = Field(description="whose share is missing, where the reader will read it")
    mine: bool = Field(description="whether the reader's part opens it")


class NamedOut(BaseModel):
    """`where` in the note, as in `findings/0/text`, a word looks like somebody's name."""

    where: str
    name: str


class ArtefactOut(BaseModel):
    """`fields` are None when the words were erased."""

    artefact_id: UUID
    artefact: str
    stage: str
    turn: int
    author_id: UUID
    changed_by: UUID
    revision: int
    ready: bool
    fields: Fields | None
    mine: bool = Field(description="whether the reader may change it")
    shared_with: list[UUID] = Field(description="only for its author")
    agreed_to_publish: list[UUID]
    published: bool
    names: list[NamedOut] = Field(
        description="what seems to name a student, for who may change it; it is for them to say, and blocks nothing"
    )


class CycleOut(BaseModel):
    """A cycle as one of its people sees it."""

    cycle_id: UUID
    version: int
    protocol: Protocol
    standing: Standing
    stage: str | None
    turn: int
    my_role: str
    people: list[PersonOut]
    invitations: list[InvitationOut]
    may_invite: bool = Field(description="whether the reader asks people into it")
    agreement: AgreementOut | None
    not_agreed: Bilingual | None = Field(description="what is missing before the first stage")
    moves: list[MoveOut]
    cannot_finish: Bilingual | None
    artefacts: list[ArtefactOut]


class VersionOut(BaseModel):
    revision: int
    by: UUID
    ready: bool
    fields: Fields | None


@dataclass(frozen=True, slots=True)
class CycleFile:
    """A cycle with its protocol and what other streams tell of its people. `version` is what its reader may know of
    the stream's, see `CycleState.told`."""

    cycle_id: UUID
    district_id: UUID
    protocol: Protocol
    state: CycleState
    version: int
    facts: Facts

    @property
    def context(self) -> CommandContext:
        return CommandContext(self.district_id, None)


async def cycle_file(deps: Deps, district_id: UUID, cycle_id: UUID) -> CycleFile:
    """Raises NotFound."""
    state, version = await deps.cycles.load(cycle_stream(cycle_id), CommandContext(district_id, None))
    if state.proposed is None:
        raise NotFound(say("cycles.no_cycle"))
    protocol = await deps.protocols.get(district_id, state.proposed.protocol, state.proposed.protocol_version)
    facts = await facts_of(deps, district_id, cycle_id, protocol, state)
    return CycleFile(cycle_id, district_id, protocol, state, version, facts)


async def facts_of(deps: Deps, district_id: UUID, cycle_id: UUID, protocol: Protocol, state: CycleState) -> Facts:
    """Counts that other streams know and the protocol asks for, by person."""
    found: dict[str, Mapping[UUID, int]] = {}
    asked = [k for s in protocol.stages for k in (*s.enter_when, *s.leave_when)]
    if any(k.have == "commitments" for k in asked):
        found["commitments"] = await commitment_counts(deps, district_id, cycle_id, state.people)
    for training in {r.training for r in protocol.people.roles if r.training}:
        found[f"training:{training}"] = await taken(deps, district_id, state.people, training)
    return found


async def member_file(deps: Deps, district_id: UUID, cycle_id: UUID, person_id: UUID) -> CycleFile:
    """The cycle, for one of its people. Raises NotFound for everybody else, whatever their roles."""
    file = await cycle_file(deps, district_id, cycle_id)
    if person_id not in file.state.people:
        raise NotFound(say("cycles.no_cycle"))
    return replace(file, version=file.state.told(file.version, person_id))


class Seen(BaseModel):
    """How far a cycle, its meetings and those of its commitments have come that the reader may read; `member`: whether
    the reader is in it."""

    version: int
    meetings: int
    commitments: int
    member: bool


async def seen(deps: Deps, district_id: UUID, cycle_id: UUID, reader: UUID) -> Seen:
    async with deps.db.reader(district_id) as conn:
        row = await conn.fetchrow(_SEEN, cycle_stream(cycle_id), f"meetings-{cycle_id}", cycle_id, reader)
    assert row is not None, "a select without a table gives one row"
    return Seen(**dict(row))


_SEEN = """
with people as (select person_id from cycle_people where cycle_id = $3 and standing = 'member'),
told as (
    select type, data from events where stream in (select 'commitments-' || person_id from people)
        and data ->> 'cycle_id' = $3::uuid::text
),
asking as (
    select from events as e
    where stream = $1 and type in ('PartnerInvited', 'InvitationDeclined') and $4::uuid::text <> (
        select i.data ->> 'by' from events as i where i.stream = $1 and i.type = 'PartnerInvited'
            and i.data -> 'person_id' = e.data -> 'person_id' and i.version <= e.version
        order by i.version desc limit 1
    )
),
open_to_me as (
    select data ->> 'commitment_id' as commitment_id from told where type = 'CommitmentMade'
        and (data -> 'shown' = 'true' or data ->> 'person_id' = $4::uuid::text)
)
select (select count(*) from events where stream = $1) - (select count(*) from asking) as version,
       coalesce((select max(version) from events where stream = $2), 0) as meetings,
       (select count(*) from told where data ->> 'commitment_id' in (table open_to_me)) as commitments,
       exists (select from people where person_id = $4) as member
"""


async def cycle_out(deps: Deps, file: CycleFile, reader: UUID) -> CycleOut:
    state, protocol = file.state, file.protocol

    def holds(condition: Any) -> bool:
        return state.holds(protocol, condition, file.facts)

    role = state.role_of(reader, rotate=protocol.people.rotate) or ""

    missing = not_agreed(protocol, state) if state.at.stage is None else None
    over = state.finished or state.ended
    blocked = {} if over else moves(protocol, state.at, holds)
    agreement = state.agreement
    sealed = [(of_cycle(file.cycle_id), agreement.body)] if agreement else []
    opened = await open_all(deps.words, file.district_id, sealed)
    return CycleOut(
        cycle_id=file.cycle_id,
        version=file.version,
        protocol=protocol,
        standing=state.standing,
        stage=state.at.stage,
        turn=state.at.turn,
        my_role=role,
        people=people_out(file),
        invitations=[
            InvitationOut(person_id=i.person_id, role=i.role, answer=i.answer)
            for i in state.invitations.values()
            if i.by == reader
        ],
        may_invite=reader == state.asker and state.standing in ("gathering", "agreeing"),
        agreement=AgreementOut(revision=agreement.revision, by=agreement.by, body=opened[agreement.body])
        if agreement
        else None,
        not_agreed=missing.say if missing else None,
        moves=[
            MoveOut(
                stage=s.id,
                opened=state.at.opened.get(s.id, 0),
                blocked=_said(why, over),
                waits_for=state.waits_for(protocol, why.missing, reader) if why and why.missing else (),
                mine=state.may(protocol, reader, s.acts, state.at.turn + s.swaps),
            )
            for s, why in ((s, missing or blocked.get(s.id)) for s in protocol.stages)
        ],
        cannot_finish=_said(finishing(protocol, state.at, holds), over),
        artefacts=await artefacts_out(deps, file, reader),
    )


def _said(blocked: Blocked | None, over: bool) -> Bilingual | None:
    if over:
        return both("The cycle is over.", "El ciclo terminó.")
    return blocked.say if blocked else None


def people_out(file: CycleFile) -> list[PersonOut]:
    state, rotate = file.state, file.protocol.people.rotate
    everyone = [(m, True) for m in state.members] + [(m, False) for m in state.gone.values()]
    return [
        PersonOut(
            person_id=m.person_id,
            role=state.role_of(m.person_id, rotate=rotate) or m.role,
            signed=m.person_id in state.signed,
            present=present,
        )
        for m, present in everyone
    ]


async def artefacts_out(deps: Deps, file: CycleFile, reader: UUID) -> list[ArtefactOut]:
    """What the reader may open of the cycle, in the order in which it was begun."""
    shown = [(w, r[-1]) for w in file.state.artefacts.values() if (r := readable(file.protocol, file.state, w, reader))]
    opened = await open_revisions(deps, file, [newest for _, newest in shown])
    return [_artefact(file, written, newest, opened[newest.fields], reader) for written, newest in shown]


async def open_revisions(deps: Deps, file: CycleFile, revisions: Sequence[ArtefactWritten]) -> Mapping[str, Any]:
    return await open_all(deps.words, file.district_id, [(subject_of(file.protocol, r), r.fields) for r in revisions])


def _artefact(
    file: CycleFile, written: Written, newest: ArtefactWritten, fields: Fields | None, reader: UUID
) -> ArtefactOut:
    kind = file.protocol.artefact(written.artefact)
    own = written.first.author_id == reader
    together = kind is not None and kind.together
    may = own or (
        kind is not None and together and file.state.may(file.protocol, reader, kind.written_by, written.first.turn)
    )
    return ArtefactOut(
        artefact_id=written.artefact_id,
        artefact=written.artefact,
        stage=written.first.stage,
        turn=written.first.turn,
        author_id=written.first.author_id,
        changed_by=newest.author_id,
        revision=newest.revision,
        ready=newest.ready,
        fields=fields,
        mine=may,
        shared_with=sorted(written.shared_with) if own else [],
        agreed_to_publish=sorted(written.agreed),
        published=file.state.published(written),
        names=[NamedOut(where=w, name=n) for w, n in named(file.protocol, kind, fields)]
        if may and kind and fields
        else [],
    )


async def versions_out(deps: Deps, file: CycleFile, artefact_id: UUID, reader: UUID) -> list[VersionOut]:
    """Every version that the reader may open, oldest first. Raises NotFound."""
    written = file.state.artefacts.get(artefact_id)
    revisions = readable(file.protocol, file.state, written, reader) if written else ()
    if not revisions:
        raise NotFound(say("cycles.no_note"))
    opened = await open_revisions(deps, file, revisions)
    return [VersionOut(revision=r.revision, by=r.author_id, ready=r.ready, fields=opened[r.fields]) for r in revisions]
