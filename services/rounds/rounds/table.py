"""The list of rounds, kept in the transaction of each event and rebuilt from the log when asked."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.rounds.debrief.events import RoundReleased, SynthesisClosed
from services.rounds.follow_up.events import CommitmentsRevisited, FollowUpSet
from services.rounds.rounds.events import (
    ProblemOfPracticeWritten,
    RoundOpened,
    RoundReplanned,
    RoundWithdrawn,
    StageOpened,
)
from shared.database import Database
from shared.messages import Event, Meta, StoredEvent
from shared.upcasting import EventCodec

_FOLDED: tuple[type[Event], ...] = (
    RoundOpened,
    RoundReplanned,
    RoundWithdrawn,
    ProblemOfPracticeWritten,
    StageOpened,
    SynthesisClosed,
    RoundReleased,
    FollowUpSet,
    CommitmentsRevisited,
)


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    """Folds one new event; `version` is its stream's and tells nothing here."""
    match event:
        case RoundOpened():  # and RoundReplanned, which is one
            await conn.execute(
                _UPSERT,
                event.round_id,
                district_id,
                event.school_id,
                event.day,
                event.facilitator_id,
                sorted({o for t in event.teams for o in t.observer_ids}),
                len(event.slots),
                event.origin,
            )
            await conn.execute(
                "insert into round_slots (slot_id, district_id, round_id) "
                "select s, $2, $3 from unnest($1::uuid[]) as s on conflict (slot_id) do nothing",
                [s.slot_id for s in event.slots],
                district_id,
                event.round_id,
            )
        case RoundWithdrawn():
            await conn.execute("update rounds set withdrawn = true where round_id = $1", event.round_id)
        case ProblemOfPracticeWritten():
            await conn.execute("update rounds set problem_written = true where round_id = $1", event.round_id)
        case StageOpened():
            await conn.execute("update rounds set stage = $2 where round_id = $1", event.round_id, event.stage)
        case SynthesisClosed():
            await conn.execute("update rounds set closed = true where round_id = $1", event.round_id)
        case RoundReleased():
            await conn.execute("update rounds set release = $2 where round_id = $1", event.round_id, event.release)
        case FollowUpSet():
            unsaid = sum(s.status is None for s in event.standing)
            await conn.execute(
                _FOLLOW, event.round_id, district_id, event.day, event.people, len(event.standing), unsaid
            )
        case CommitmentsRevisited():
            unsaid = sum(s.status is None for s in event.standing)
            await conn.execute(
                "update follow_ups set open = $2, held = held or $3 where round_id = $1",
                event.round_id,
                unsaid,
                event.held,
            )
        case _:
            return


_UPSERT = """
insert into rounds (round_id, district_id, school_id, day, facilitator_id, observer_ids, slots, origin)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (round_id) do update set
    day = excluded.day, facilitator_id = excluded.facilitator_id, observer_ids = excluded.observer_ids,
    slots = excluded.slots, withdrawn = false
"""
_FOLLOW = """
insert into follow_ups (round_id, district_id, day, people, commitments, open, held)
values ($1, $2, $3, $4, $5, $6, false)
on conflict (round_id) do update set
    day = excluded.day, people = excluded.people, open = excluded.open, held = false
"""


async def rebuild(db: Database) -> int:
    """Empties the list and folds the whole log again, in one transaction; answers the number of events."""
    codec = EventCodec(_FOLDED)
    count = 0
    async with db.system() as conn:
        await conn.execute("lock table rounds, round_slots, follow_ups in exclusive mode")
        await conn.execute("delete from follow_ups; delete from round_slots; delete from rounds")
        rows = conn.cursor(
            "select event_id, stream, version, type, schema_version, district_id, data::text as data, recorded_at "
            "from events where type = any($1) order by xid, position",
            [t.event_type() for t in _FOLDED],
        )
        pending = [r async for r in rows]
        for r in pending:
            stored = StoredEvent(
                r["event_id"],
                r["stream"],
                r["version"],
                r["type"],
                r["schema_version"],
                r["district_id"],
                r["data"].encode(),
                Meta(),
                r["recorded_at"],
            )
            await apply(conn, stored.district_id, codec.decode(stored), stored.version)
            count += 1
    return count
