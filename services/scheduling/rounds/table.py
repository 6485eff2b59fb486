"""The table of rounds and the bookings that keep anybody from being in two places on one day.

Both change in the transaction that appends the event, so that two leaders who plan at the same moment
cannot both win; they can be made anew from the streams at any time.
"""

from __future__ import annotations

from asyncpg import Connection, UniqueViolationError

from services.scheduling.appointments import table as appointments
from services.scheduling.rounds.events import RoundPlanCancelled, RoundPlanned
from shared.errors import Refused
from shared.messages import Event
from shared.said import say


async def apply(conn: Connection, district_id: object, event: Event, version: int) -> None:
    """Folds one event into the tables. Raises Refused when somebody else booked first."""
    match event:
        case RoundPlanned():
            await _plan(conn, district_id, event, version)
        case RoundPlanCancelled():
            await conn.execute(
                "update rounds set status = 'cancelled', version = $2 where round_id = $1", event.round_id, version
            )
            await conn.execute("delete from bookings where round_id = $1", event.round_id)
            await appointments.cancel(conn, event.round_id, version - 1)


async def _plan(conn: Connection, district_id: object, event: RoundPlanned, version: int) -> None:
    observers = [p for team in event.teams for p in team.observer_ids]
    try:
        await conn.execute(
            _UPSERT,
            event.round_id,
            district_id,
            event.school_id,
            event.day,
            event.facilitator_id,
            len(event.teams),
            len(observers),
            len(event.slots),
            version,
        )
        await conn.execute("delete from bookings where round_id = $1", event.round_id)
        await conn.executemany(
            "insert into bookings (district_id, day, person_id, round_id) values ($1, $2, $3, $4)",
            [(district_id, event.day, p, event.round_id) for p in (event.facilitator_id, *observers)],
        )
        principals = await appointments.hosts(conn, event.school_id)
        await appointments.keep(conn, district_id, appointments.of_round(event, version, principals))
    except UniqueViolationError as error:
        if error.constraint_name == "rounds_host_day":
            raise Refused(
                "already_hosting",
                say("refusals.hosting_now"),
                mend=say("refusals.another_day"),
                where="day",
            ) from None
        raise Refused(
            "double_booking",
            say("refusals.booked_elsewhere"),
            mend=say("refusals.check_plan"),
            where="teams",
        ) from None


_UPSERT = """
insert into rounds (round_id, district_id, school_id, day, facilitator_id, teams, observers, slots, version, status)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'scheduled')
on conflict (round_id) do update set
    school_id = excluded.school_id, day = excluded.day, facilitator_id = excluded.facilitator_id,
    teams = excluded.teams, observers = excluded.observers, slots = excluded.slots,
    version = excluded.version, status = 'scheduled'
"""
