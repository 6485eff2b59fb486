"""What rounds tells of instruments."""

from __future__ import annotations

from services.rounds.contract import InstrumentPublished
from shared.database import Database
from shared.messages import PublishedEvent
from shared.reactions import Reactions


def wire(reactions: Reactions, db: Database) -> None:
    async def published(event: InstrumentPublished, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await conn.execute(_KEEP, published.district_id, event.key, event.version)

    reactions.on("rounds", InstrumentPublished, published)


_KEEP = """
insert into known_instruments as k (district_id, key, newest) values ($1, $2, $3)
on conflict (district_id, key) do update set newest = greatest(k.newest, excluded.newest)
"""
