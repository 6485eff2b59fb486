"""What of my coaching a device needs: the notes that I may write now, and what I look at while I write them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.cycles import lists
from services.rounds.cycles.forms import for_devices
from services.rounds.cycles.queries import ArtefactOut, CycleFile, Fields, artefacts_out, cycle_file
from services.rounds.protocols.model import Artefact, Bilingual, Model, Stage

if TYPE_CHECKING:
    from services.rounds.deps import Deps

MOST_CYCLES = 30
MOST_SHOWN = 20
MOST_OWN = 60


class DayNote(BaseModel):
    """A note of mine as the server holds it."""

    artefact_id: UUID
    fields: Fields | None
    ready: bool
    taken: list[UUID] = Field(description="the client ids of the items that it is made of")


class DayKind(BaseModel):
    """A kind of note that I may write in the stage that is open; `own` are mine of this turn, oldest first."""

    artefact: Artefact
    own: list[DayNote]


class DayShown(BaseModel):
    """What others of the cycle, or all of us together, have written for this turn."""

    artefact: Artefact
    author_id: UUID
    fields: Fields | None


class DayCycle(BaseModel):
    cycle_id: UUID
    model: Model
    title: Bilingual
    stage: str
    stage_title: Bilingual
    purpose: Bilingual
    prompts: list[Bilingual]
    turn: int
    minutes: int = Field(description="how long a meeting or a lesson lasts, by the protocol")
    people: list[UUID] = Field(description="the others")
    kinds: list[DayKind]
    shown: list[DayShown]


async def coaching(deps: Deps, district_id: UUID, person_id: UUID) -> list[DayCycle]:
    """My cycles under way in which I may write something without a network."""
    found = []
    for cycle_id in (await lists.cycles_of(deps, district_id, person_id, "under_way"))[:MOST_CYCLES]:
        file = await cycle_file(deps, district_id, cycle_id)
        stage = file.protocol.stage(file.state.at.stage or "")
        if stage is not None and (kinds := _kinds(file, stage, person_id)):
            found.append(await _cycle(deps, file, stage, kinds, person_id))
    return found


async def erased(deps: Deps, district_id: UUID, person_id: UUID) -> list[UUID]:
    """The cycles that I left, where the protocol erases the words of who leaves, and those that were erased whole."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(_OVER, person_id)
    found = []
    for row in rows:
        protocol = await deps.protocols.get(district_id, row["protocol"], row["protocol_version"])
        rule = protocol.policies.on_withdrawal
        if rule == "erase_all" or (rule == "erase_own" and row["left"]):
            found.append(row["cycle_id"])
    return found


_OVER = """
select c.cycle_id, c.protocol, c.protocol_version, p.standing = 'left' as left
from cycle_people as p join cycles as c using (cycle_id)
where p.person_id = $1 and (p.standing = 'left' or (p.standing = 'member' and c.standing = 'ended'))
order by c.cycle_id desc
"""


def _kinds(file: CycleFile, stage: Stage, person_id: UUID) -> list[Artefact]:
    listed = (file.protocol.artefact(id_) for id_ in stage.artefacts)
    return [k for k in listed if k and for_devices(k) and file.state.may(file.protocol, person_id, k.written_by)]


async def _cycle(deps: Deps, file: CycleFile, stage: Stage, kinds: list[Artefact], person_id: UUID) -> DayCycle:
    written = [w for w in await artefacts_out(deps, file, person_id) if w.turn == file.state.at.turn]
    by_id = {a.id: a for a in file.protocol.artefacts}
    own = {k.id: [w for w in written if w.artefact == k.id and w.author_id == person_id][-MOST_OWN:] for k in kinds}
    shown = [w for w in written if w.artefact not in own and w.ready and w.fields and _light(by_id[w.artefact])]
    cadence = file.protocol.cadence
    return DayCycle(
        cycle_id=file.cycle_id,
        model=file.protocol.model,
        title=file.protocol.title,
        stage=stage.id,
        stage_title=stage.title,
        purpose=stage.purpose,
        prompts=list(stage.prompts),
        turn=file.state.at.turn,
        minutes=cadence.minutes if cadence else 45,
        people=[p for p in file.state.people if p != person_id],
        kinds=[
            DayKind(
                artefact=k,
                own=[_own(file, w) for w in own[k.id]],
            )
            for k in kinds
        ],
        shown=[
            DayShown(artefact=by_id[w.artefact], author_id=w.author_id, fields=w.fields) for w in shown[-MOST_SHOWN:]
        ],
    )


def _own(file: CycleFile, note: ArtefactOut) -> DayNote:
    taken = [t.client_id for r in file.state.artefacts[note.artefact_id].revisions for t in r.taken]
    return DayNote(artefact_id=note.artefact_id, fields=note.fields, ready=note.ready, taken=taken)


def _light(kind: Artefact) -> bool:
    return not any(f.kind == "counts" for f in kind.fields)
