"""The follow-up as its people read it, and the checks that wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.commitments.queries import subject
from services.rounds.cycles.sealing import open_all
from services.rounds.debrief.events import Commitment
from services.rounds.deps import Deps
from services.rounds.follow_up.decide import standing
from services.rounds.follow_up.events import Status
from services.rounds.rounds.queries import RoundFile


class ReportOut(BaseModel):
    status: Status
    day: date
    mine: bool
    evidence: str | None = Field(description="empty: none; null: erased, or not yours to read")


class FollowedOut(Commitment):
    number: int
    status: Status | None
    yours: bool = Field(description="whether the one who asks may report on it")
    reports: list[ReportOut]


class FollowUpOut(BaseModel):
    round_id: UUID
    school_id: UUID
    usual_day: date = Field(description="three months from today, on a school day")
    day: date | None
    held: bool
    leads: bool = Field(description="whether the one who asks may move the day and hold the check")
    commitments: list[FollowedOut]


class Waiting(BaseModel):
    round_id: UUID
    school_id: UUID
    round_day: date
    day: date
    overdue: bool
    commitments: int
    open: int = Field(description="commitments that nobody has reported on")


class WaitingList(BaseModel):
    items: list[Waiting]


async def follow_up_out(
    deps: Deps, file: RoundFile, district_id: UUID, reader: UUID, leads: bool, usual: date
) -> FollowUpOut:
    """`leads`: the reader may read and report on all of them."""
    debrief = file.debrief
    said = debrief.follow_up.said
    own = {n for n, c in enumerate(debrief.commitments, start=1) if leads or c.owner_id == reader}
    sealed = [(subject(s.by), s.report.evidence) for n in own for s in said.get(n, ()) if s.report.evidence]
    words: dict[str, str | None] = {"": ""} | await open_all(deps.words, district_id, sealed)
    return FollowUpOut(
        round_id=file.plan.round_id,
        school_id=file.plan.school_id,
        usual_day=usual,
        day=debrief.follow_up.day,
        held=debrief.follow_up.held,
        leads=leads,
        commitments=[
            FollowedOut(
                **c.model_dump(),
                number=s.number,
                status=s.status,
                yours=s.number in own,
                reports=[
                    ReportOut(
                        status=x.report.status, day=x.day, mine=x.by == reader, evidence=words.get(x.report.evidence)
                    )
                    for x in said.get(s.number, ())
                ],
            )
            for c, s in zip(debrief.commitments, standing(debrief), strict=True)
        ],
    )


async def waiting(
    deps: Deps, district_id: UUID, person_id: UUID, schools: Sequence[UUID], today: date, until: date
) -> list[Waiting]:
    """Checks of the person's rounds, schools and commitments up to a day, which were not held yet; oldest first."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(_WAITING, person_id, list(schools), today, until)
    return [Waiting.model_validate(dict(r)) for r in rows]


_WAITING = """
select f.round_id, r.school_id, r.day as round_day, f.day, f.day < $3 as overdue, f.commitments, f.open
from follow_ups f join rounds r using (round_id)
where not f.held and r.release > 0 and not r.withdrawn and f.day <= $4
  and (r.facilitator_id = $1 or r.school_id = any($2) or $1 = any(f.people))
order by f.day, f.round_id
limit 50
"""
