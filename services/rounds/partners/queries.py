"""The directory's table."""

from __future__ import annotations

import json
from uuid import UUID

from services.rounds.partners.profile import Listed, Profile
from shared.database import Database
from shared.errors import NotFound
from shared.said import say

_PUT = """
insert into partner_profiles (person_id, district_id, school_id, profile) values ($1, $2, $3, $4::text::jsonb)
on conflict (person_id) do update set school_id = excluded.school_id, profile = excluded.profile, listed_at = now()
"""


class Partners:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, district_id: UUID, listed: Listed) -> None:
        body = json.dumps(listed.profile.model_dump(mode="json"))
        async with self._db.writer(district_id) as conn:
            await conn.execute(_PUT, listed.person_id, district_id, listed.school_id, body)

    async def leave(self, district_id: UUID, person_id: UUID) -> None:
        async with self._db.writer(district_id) as conn:
            await conn.execute("delete from partner_profiles where person_id = $1", person_id)

    async def all(self, district_id: UUID) -> list[Listed]:
        async with self._db.reader(district_id) as conn:
            rows = await conn.fetch("select person_id, school_id, profile::text as profile from partner_profiles")
        return [Listed(r["person_id"], r["school_id"], Profile.model_validate_json(r["profile"])) for r in rows]

    async def require_listed(self, district_id: UUID, person_id: UUID) -> None:
        """Raises NotFound for who is not in the directory: nobody is asked who did not offer it."""
        async with self._db.reader(district_id) as conn:
            found = await conn.fetchval("select true from partner_profiles where person_id = $1", person_id)
        if not found:
            raise NotFound(
                say("cycles.no_partner"),
                mend=say("cycles.add_themselves"),
                where="person_id",
            )
