"""Which schools scheduling lists: observations can be imported for those alone."""

from __future__ import annotations

from services.scheduling.contract import SchoolDelisted, SchoolListed
from shared.database import Database
from shared.messages import PublishedEvent
from shared.reactions import Reactions


def register(reactions: Reactions, db: Database) -> None:
    async def listed(event: SchoolListed, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await conn.execute(
                "insert into known_schools (school_id, district_id, name) values ($1, $2, $3) "
                "on conflict (school_id) do update set name = excluded.name",
                event.school_id,
                published.district_id,
                event.name,
            )

    async def delisted(event: SchoolDelisted, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await conn.execute("delete from known_schools where school_id = $1", event.school_id)

    reactions.on("scheduling", SchoolListed, listed)
    reactions.on("scheduling", SchoolDelisted, delisted)
