"""What rounds tells of the plans that it took up."""

from __future__ import annotations

from services.rounds.contract import RoundOpened, RoundReplanned, StageOpened
from shared.database import Database
from shared.messages import PublishedEvent
from shared.reactions import Reactions


def wire(reactions: Reactions, db: Database) -> None:
    async def taken_up(event: RoundOpened, published: PublishedEvent) -> None:
        if event.origin != "capture":  # observations that were imported were never planned here
            return
        async with db.writer(published.district_id) as conn:
            await conn.execute(
                _HOLD, published.district_id, event.round_id, event.day, event.instrument, event.instrument_version
            )

    async def stage(event: StageOpened, published: PublishedEvent) -> None:
        if event.stage == "prepare":
            return
        async with db.writer(published.district_id) as conn:
            await conn.execute("update held_rounds set begun = true where round_id = $1", event.round_id)

    reactions.on("rounds", RoundOpened, taken_up, later="visits")
    reactions.on("rounds", RoundReplanned, taken_up, later="visits")
    reactions.on("rounds", StageOpened, stage, later="visits")


_HOLD = """
insert into held_rounds (district_id, round_id, day, instrument, instrument_version) values ($1, $2, $3, $4, $5)
on conflict (round_id) do update set
    day = excluded.day, instrument = excluded.instrument, instrument_version = excluded.instrument_version
"""
