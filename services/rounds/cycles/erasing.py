"""Destroys the keys that a withdrawal takes with it. What a crash interrupts is done at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

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
