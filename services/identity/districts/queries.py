from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.identity.districts.commands import DistrictSettings
from services.identity.districts.events import DistrictRegistered
from shared.database import Database

_SETTINGS = "name, timezone, slot_minutes, min_visits, min_classrooms, min_observers"


async def write(conn: Connection, event: DistrictRegistered, version: int) -> None:
    await conn.execute(
        f"INSERT INTO districts (district_id, version, {_SETTINGS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"  # noqa: S608 - names of columns
        f" ON CONFLICT (district_id) DO UPDATE SET (version, {_SETTINGS}) = ROW ($2, $3, $4, $5, $6, $7, $8)",
        event.district_id,
        version,
        event.name,
        event.timezone,
        event.slot_minutes,
        event.min_visits,
        event.min_classrooms,
        event.min_observers,
    )


async def settings_of(db: Database, district_id: UUID) -> tuple[DistrictSettings, int] | None:
    """The district's settings and their version."""
    async with db.reader(district_id) as conn:
        row = await conn.fetchrow(
            f"SELECT version, {_SETTINGS} FROM districts WHERE district_id = $1",  # noqa: S608 - names of columns
            district_id,
        )
    if row is None:
        return None
    held = dict(row)
    version = held.pop("version")
    return DistrictSettings.model_validate(held), version


async def registered_as(db: Database, name: str) -> UUID | None:
    """The first district that bears this name."""
    async with db.system() as conn:
        found: UUID | None = await conn.fetchval(
            "SELECT district_id FROM districts WHERE name = $1 ORDER BY district_id LIMIT 1", name
        )
    return found
