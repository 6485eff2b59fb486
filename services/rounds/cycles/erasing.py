"""Destroys the keys that a withdrawal takes with it. What a crash interrupts is done at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from services.rounds.commitments.queries import subject as commitments_subject
from services.rounds.cycles.sealing import of_person

if TYPE_CHECKING:
    from services.rounds.deps import Deps


async def erase(deps: Deps, district_id: UUID) -> None:
    """Every erasure of the district that was decided and is not done yet."""
    async with deps.db.reader(district_id) as conn:
        subjects = [r["subject"] for r in await conn.fetch("select subject from cycle_erasures")]
    for subject in subjects:
        await deps.words.forget(district_id, subject)
    async with deps.db.writer(district_id) as conn:
        await conn.execute("delete from cycle_erasures where subject = any($1)", subjects)


async def erase_everywhere(deps: Deps) -> None:
    """What was interrupted, of all districts."""
    async with deps.db.system() as conn:
        districts = [r["district_id"] for r in await conn.fetch("select distinct district_id from cycle_erasures")]
    for district_id in districts:
        await erase(deps, district_id)


async def erase_person(deps: Deps, district_id: UUID, person_id: UUID) -> int:
    """Destroys the keys of what a person wrote alone, in cycles and commitments, and deletes what is kept beside:
    profile, busy times, reminders put aside, devices. What a cycle's people wrote together stays theirs. Answers in how
    many cycles."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch("select cycle_id from cycle_people where person_id = $1", person_id)
    subjects = [of_person(r["cycle_id"], person_id) for r in rows]
    for subject in (*subjects, commitments_subject(person_id)):
        await deps.words.forget(district_id, subject)
    async with deps.db.writer(district_id) as conn:
        await conn.execute("delete from partner_profiles where person_id = $1", person_id)
        await conn.execute("delete from busy_times where person_id = $1", person_id)
        await conn.execute("delete from reminders_put_aside where person_id = $1", person_id)
        await conn.execute("delete from capture_devices where person_id = $1", person_id)
    return len(rows)
