"""The table of pins: it changes in the transaction that appends the event, and rounds are held against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from asyncpg import Connection

from services.scheduling.pins.events import BoardPinFreed, BoardPinSet
from shared.messages import Event


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    match event:
        case BoardPinSet():
            await conn.execute(
                "insert into board_pins (pin_id, district_id, school_id, day, round_id) values ($1, $2, $3, $4, $5) "
                "on conflict (pin_id) do update set school_id = excluded.school_id, day = excluded.day, "
                "round_id = excluded.round_id",
                event.pin_id, district_id, event.school_id, event.day, event.round_id,
            )  # fmt: skip
        case BoardPinFreed():
            await conn.execute("delete from board_pins where pin_id = $1", event.pin_id)


_ALL = """
select p.pin_id, p.school_id, p.day, p.round_id
from board_pins p left join rounds r using (round_id)
where p.round_id is null or (r.status = 'scheduled' and r.day = p.day)
order by p.day, p.pin_id
"""


async def all_pins(conn: Connection) -> Sequence[BoardPinSet]:
    """Those that hold: a round that a repair had to move is pinned no longer."""
    rows = await conn.fetch(_ALL)
    return [BoardPinSet(**dict(r)) for r in rows]


async def pinned_to(conn: Connection, round_id: UUID) -> date | None:
    """The day on which this round is held."""
    day: date | None = await conn.fetchval(
        "select p.day from board_pins p join rounds r using (round_id) where p.round_id = $1 and r.day = p.day",
        round_id,
    )
    return day


async def forbidden(conn: Connection, school_id: UUID, days: Sequence[date]) -> set[date]:
    """Those of `days` that are kept free of rounds at this school."""
    rows = await conn.fetch(
        "select day from board_pins where round_id is null and school_id = $1 and day = any($2)", school_id, days
    )
    return {r["day"] for r in rows}
