"""Reactions to identity: each event tells the whole of its subject, so that hearing it twice is harmless."""

from __future__ import annotations

from services.identity.contract import (
    AccountErased,
    DistrictRegistered,
    DistrictSettingsChanged,
    RoleGranted,
    RoleRevoked,
)
from shared.database import Database
from shared.messages import PublishedEvent
from shared.reactions import Reactions


def wire(reactions: Reactions, db: Database) -> None:
    async def settings(event: DistrictRegistered, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await conn.execute(
                "insert into districts (district_id, name, timezone, slot_minutes) values ($1, $2, $3, $4) "
                "on conflict (district_id) do update set name = excluded.name, timezone = excluded.timezone, "
                "slot_minutes = excluded.slot_minutes",
                event.district_id,
                event.name,
                event.timezone,
                event.slot_minutes,
            )

    async def granted(event: RoleGranted, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await conn.execute(
                "insert into person_grants (district_id, person_id, role, school_id) values ($1, $2, $3, $4) "
                "on conflict do nothing",
                published.district_id,
                event.person_id,
                event.role,
                event.school_id,
            )

    async def revoked(event: RoleRevoked, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await conn.execute(
                "delete from person_grants where person_id = $1 and role = $2 and school_id is not distinct from $3",
                event.person_id,
                event.role,
                event.school_id,
            )

    async def erased(event: AccountErased, published: PublishedEvent) -> None:
        """The roster row is where the name stands; history keeps the id."""
        async with db.writer(published.district_id) as conn:
            await conn.execute("delete from mail_outbox where person_id = $1", event.person_id)
            await conn.execute("delete from unavailable where person_id = $1", event.person_id)
            await conn.execute("delete from people where person_id = $1", event.person_id)

    reactions.on("identity", AccountErased, erased)
    reactions.on("identity", DistrictRegistered, settings)
    reactions.on("identity", DistrictSettingsChanged, settings)
    reactions.on("identity", RoleGranted, granted)
    reactions.on("identity", RoleRevoked, revoked)
