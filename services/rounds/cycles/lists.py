"""Lists over cycles: mine, invitations to me, what colleagues show me, published reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.cycles.queries import CycleFile, Fields, cycle_file, open_revisions
from services.rounds.cycles.reading import readable
from services.rounds.cycles.sealing import of_cycle, open_all
from services.rounds.cycles.state import Standing
from services.rounds.protocols.model import Bilingual, Model
from shared.errors import NotFound
from shared.said import say

if TYPE_CHECKING:
    from services.rounds.deps import Deps


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


class Marks(BaseModel):
    """Of each list that a person has of coaching a mark, which is another one when the list is another. It says nothing
    else, and nothing of what others write: what is shown changes with who shows what, not with its words."""

    cycles: str
    invitations: str
    meetings: str
    shown: str


class ShownOut(BaseModel):
    """Something that its author shows to the reader, or that a team published."""

    cycle_id: UUID
    artefact_id: UUID
    author_id: UUID | None = Field(description="None on a published report: it is the team's")
    model: Model
    title: Bilingual
    artefact: Any = Field(description="the artefact's part of the protocol")
    fields: Fields | None
    mine: bool = Field(description="whether the reader agreed to publish it, and so may take it back")


async def mine(
    deps: Deps, district_id: UUID, person_id: UUID, after: tuple[int, UUID] | None, limit: int
) -> tuple[list[CycleSummary], tuple[int, UUID] | None]:
    """The cycles that the person is in, the ones under way first; and the place of the last, if more follow."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(_MINE, person_id, *(after or (None, None)), limit + 1)
    found = []
    for row in rows[:limit]:
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
    last = rows[limit - 1] if len(rows) > limit else None
    return found, (last["rank"], last["cycle_id"]) if last else None


_MINE = """
with held as (
    select c.*, p.role,
        case c.standing when 'under_way' then 0 when 'agreeing' then 1 when 'gathering' then 2 else 3 end as rank
    from cycle_people as p join cycles as c using (cycle_id)
    where p.person_id = $1 and p.standing = 'member'
)
select cycle_id, model, protocol, protocol_version, standing, stage, role, rank,
    array(select o.person_id from cycle_people as o
          where o.cycle_id = held.cycle_id and o.standing = 'member' order by o.person_id) as people
from held
where $2::int is null or rank > $2 or (rank = $2 and cycle_id < $3::uuid)
order by rank, cycle_id desc limit $4
"""


async def cycles_of(deps: Deps, district_id: UUID, person_id: UUID, standing: Standing | None = None) -> list[UUID]:
    """The cycles that the person is in, those under way first, then the newest; of this standing alone, when given."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select cycle_id from cycle_people as p join cycles as c using (cycle_id) "
            "where p.person_id = $1 and p.standing = 'member' and ($2::text is null or c.standing = $2) "
            "order by c.standing = 'under_way' desc, cycle_id desc",
            person_id,
            standing,
        )
    return [r["cycle_id"] for r in rows]


async def marks(deps: Deps, district_id: UUID, person_id: UUID) -> Marks:
    async with deps.db.reader(district_id) as conn:
        row = await conn.fetchrow(_MARKS, person_id, deps.clock())
    assert row is not None, "a select without a table gives one row"
    return Marks(**dict(row))


_MARKS = """
with mine as (
    select c.cycle_id, c.standing, c.stage, c.turn, p.standing as my_standing
    from cycle_people as p join cycles as c using (cycle_id) where p.person_id = $1
),
of_cycles as (
    select string_agg(
        concat_ws(' ', cycle_id, m.standing, stage, turn, o.person_id), ',' order by cycle_id, o.person_id
    )
    from mine as m join cycle_people as o using (cycle_id) where my_standing = 'member' and o.standing = 'member'
),
of_invitations as (
    select string_agg(cycle_id::text, ',' order by cycle_id) from mine
    where my_standing = 'invited' and stage is null and standing <> 'ended'
),
of_meetings as (
    select string_agg(concat_ws(' ', meeting_id, starts_at, ends_at, no_school, place), ',' order by meeting_id)
    from meetings
    where $1 = any(person_ids) and ends_at > $2
),
of_shown as (
    select string_agg(artefact_id::text, ',' order by artefact_id) from cycle_shown where person_id = $1
)
select md5(concat((table of_cycles))) as cycles, md5(concat((table of_invitations))) as invitations,
    md5(concat((table of_meetings))) as meetings, md5(concat((table of_shown))) as shown
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
        mine=report and file.state.agreed(artefact_id, reader),
    )


async def report_file(deps: Deps, district_id: UUID, artefact_id: UUID) -> CycleFile:
    """The cycle of a published report. Raises NotFound."""
    async with deps.db.reader(district_id) as conn:
        cycle_id = await conn.fetchval("select cycle_id from cycle_reports where artefact_id = $1", artefact_id)
    file = await cycle_file(deps, district_id, cycle_id) if cycle_id else None
    written = file.state.artefacts.get(artefact_id) if file else None
    if file is None or written is None or not file.state.published(written):
        raise NotFound(say("cycles.no_cycle"))
    return file
