"""What is read of cycles: one with what its reader may open, my list, what was shown to me, published reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.commitments.queries import counts as commitment_counts
from services.rounds.cycles.decide import not_agreed
from services.rounds.cycles.events import ArtefactWritten
from services.rounds.cycles.reading import readable
from services.rounds.cycles.sealing import of_cycle, open_all, subject_of
from services.rounds.cycles.state import CycleState, Facts, Standing, Written
from services.rounds.cycles.walk import Blocked, both, finishing, moves
from services.rounds.protocols.model import Bilingual, Model, Protocol
from services.rounds.trainings.queries import taken
from shared.errors import NotFound
from shared.messages import CommandContext

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
    """Only for the one who asked."""

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
    mine: bool = Field(description="whether the reader's part opens it")


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
    agreement: AgreementOut | None
    not_agreed: Bilingual | None = Field(description="what is missing before the first stage")
    moves: list[MoveOut]
    cannot_finish: Bilingual | None
    artefacts: list[ArtefactOut]


class CycleSummary(BaseModel):
    cycle_id: UUID
    model: Model
    protocol: str
    title: Bilingual
    standing: Standing
    stage: Bilingual | None
    my_role: str
    people: list[UUID]


class InvitedOut(BaseModel):
    """An invitation to the reader."""

    cycle_id: UUID
    by: UUID
    role: Bilingual
    model: Model
    title: Bilingual
    about: Bilingual
    message: str | None


class ShownOut(BaseModel):
    """Something that its author shows to the reader, or that a team published."""

    cycle_id: UUID
    artefact_id: UUID
    author_id: UUID | None = Field(description="None on a published report: it is the team's")
    model: Model
    title: Bilingual
    artefact: Any = Field(description="the artefact's part of the protocol")
    fields: Fields | None


class VersionOut(BaseModel):
    revision: int
    by: UUID
    ready: bool
    fields: Fields | None


@dataclass(frozen=True, slots=True)
class CycleFile:
    """A cycle with its protocol and what other streams tell of its people."""

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
        raise NotFound("There is no such cycle, or it is not yours to see.")
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
        raise NotFound("There is no such cycle, or it is not yours to see.")
    return file


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
        agreement=AgreementOut(revision=agreement.revision, by=agreement.by, body=opened[agreement.body])
        if agreement
        else None,
        not_agreed=missing.say if missing else None,
        moves=[
            MoveOut(
                stage=s.id,
                opened=state.at.opened.get(s.id, 0),
                blocked=_said(missing or blocked.get(s.id), over),
                mine=state.may(protocol, reader, s.acts, state.at.turn + s.swaps),
            )
            for s in protocol.stages
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
    )


async def versions_out(deps: Deps, file: CycleFile, artefact_id: UUID, reader: UUID) -> list[VersionOut]:
    """Every version that the reader may open, oldest first. Raises NotFound."""
    written = file.state.artefacts.get(artefact_id)
    revisions = readable(file.protocol, file.state, written, reader) if written else ()
    if not revisions:
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    opened = await open_revisions(deps, file, revisions)
    return [VersionOut(revision=r.revision, by=r.author_id, ready=r.ready, fields=opened[r.fields]) for r in revisions]


async def mine(deps: Deps, district_id: UUID, person_id: UUID) -> list[CycleSummary]:
    """The cycles that the person is in, the ones under way first."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(_MINE, person_id)
    found = []
    for row in rows:
        protocol = await deps.protocols.get(district_id, row["protocol"], row["protocol_version"])
        stage = protocol.stage(row["stage"]) if row["stage"] else None
        found.append(
            CycleSummary(
                cycle_id=row["cycle_id"],
                model=row["model"],
                protocol=row["protocol"],
                title=protocol.title,
                standing=row["standing"],
                stage=stage.title if stage else None,
                my_role=row["role"],
                people=row["people"],
            )
        )
    return found


_MINE = """
select c.cycle_id, c.model, c.protocol, c.protocol_version, c.standing, c.stage, p.role,
    array(select o.person_id from cycle_people as o
          where o.cycle_id = c.cycle_id and o.standing = 'member' order by o.person_id) as people
from cycle_people as p join cycles as c using (cycle_id)
where p.person_id = $1 and p.standing = 'member'
order by case c.standing when 'under_way' then 0 when 'agreeing' then 1 when 'gathering' then 2 else 3 end,
    c.cycle_id desc
"""


async def invitations(deps: Deps, district_id: UUID, person_id: UUID) -> list[InvitedOut]:
    """Open invitations to the person, with their words."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select cycle_id from cycle_people where person_id = $1 and standing = 'invited' order by cycle_id",
            person_id,
        )
    found = []
    for row in rows:
        file = await cycle_file(deps, district_id, row["cycle_id"])
        held = file.state.invitations[person_id]
        role = file.protocol.role(held.role)
        if held.answer != "open" or role is None or file.state.ended or file.state.at.stage is not None:
            continue
        message = (await open_all(deps.words, district_id, [(of_cycle(file.cycle_id), held.message)]))[held.message]
        found.append(
            InvitedOut(
                cycle_id=file.cycle_id,
                by=held.by,
                role=role.title,
                model=file.protocol.model,
                title=file.protocol.title,
                about=file.protocol.about,
                message=message,
            )
        )
    return found


async def shown_to(deps: Deps, district_id: UUID, person_id: UUID) -> list[ShownOut]:
    """What colleagues show to the person, as long as they do."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select artefact_id, cycle_id from cycle_shown where person_id = $1 order by artefact_id desc", person_id
        )
    return [s for r in rows if (s := await _shown(deps, district_id, r["cycle_id"], r["artefact_id"], person_id))]


async def reports(deps: Deps, district_id: UUID, reader: UUID) -> list[ShownOut]:
    """Reports that teams published, newest first; whose they are is not told."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch("select artefact_id, cycle_id from cycle_reports order by artefact_id desc limit 200")
    found = [await _shown(deps, district_id, r["cycle_id"], r["artefact_id"], reader, report=True) for r in rows]
    return [f for f in found if f is not None]


async def _shown(
    deps: Deps, district_id: UUID, cycle_id: UUID, artefact_id: UUID, reader: UUID, *, report: bool = False
) -> ShownOut | None:
    file = await cycle_file(deps, district_id, cycle_id)
    written = file.state.artefacts.get(artefact_id)
    if written is None or (report and not file.state.published(written)):
        return None
    revisions = readable(file.protocol, file.state, written, reader)
    if not revisions:
        return None
    opened = await open_revisions(deps, file, revisions[-1:])
    return ShownOut(
        cycle_id=cycle_id,
        artefact_id=artefact_id,
        author_id=None if report else written.first.author_id,
        model=file.protocol.model,
        title=file.protocol.title,
        artefact=file.protocol.artefact(written.artefact),
        fields=opened[revisions[-1].fields],
    )
