"""Which protocols a district has: the product's and its own."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from asyncpg import Connection

from services.rounds.protocols.events import ProtocolDrafted, ProtocolPublished
from services.rounds.protocols.library import newest, shipped
from services.rounds.protocols.model import Protocol
from services.rounds.protocols.read import published
from shared.database import Database
from shared.errors import NotFound
from shared.messages import Event
from shared.said import say

DRAFT = 0  # the version under which a draft is kept
_KEPT = 200


def protocol_stream(district_id: UUID, key: str) -> str:
    return f"protocol-{district_id}-{key}"


class Protocols:
    """Looks protocols up; a published version is read once and kept."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: OrderedDict[tuple[UUID, str, int], Protocol] = OrderedDict()

    async def get(self, district_id: UUID, key: str, version: int | None = None) -> Protocol:
        """A published version, the newest without one. Raises NotFound."""
        if key in newest():
            found = newest()[key] if version is None else shipped().get((key, version))
            if found is None:
                raise NotFound(say("rounds.no_protocol"))
            return found
        held = self._read.get((district_id, key, version or 0))
        if held is not None:
            return held
        async with self._db.reader(district_id) as conn:
            row = await conn.fetchrow(_ONE, key, version)
        if row is None:
            raise NotFound(say("rounds.no_protocol"))
        found = published(row["text"])
        self._read[district_id, key, found.version] = found
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return found

    async def all(self, district_id: UUID) -> list[Protocol]:
        """The newest published version of each, the product's first."""
        async with self._db.reader(district_id) as conn:
            keys = await conn.fetch(
                "select key, max(version) as version from district_protocols where version > 0 "
                "group by key order by key"
            )
        own = [await self.get(district_id, row["key"], row["version"]) for row in keys]
        return [*newest().values(), *own]

    async def text(self, district_id: UUID, key: str, version: int) -> str | None:
        """The text of a district's own version, or of its draft (`DRAFT`)."""
        async with self._db.reader(district_id) as conn:
            text: str | None = await conn.fetchval(
                "select text from district_protocols where key = $1 and version = $2", key, version
            )
        return text

    async def own_keys(self, district_id: UUID) -> list[tuple[str, int, bool]]:
        """(key, newest published version or 0, whether there is a draft)."""
        async with self._db.reader(district_id) as conn:
            rows = await conn.fetch(
                "select key, max(version) as version, bool_or(version = 0) as draft from district_protocols "
                "group by key order by key"
            )
        return [(r["key"], r["version"], r["draft"]) for r in rows]


_ONE = """
select text from district_protocols
where key = $1 and version > 0 and ($2::int is null or version = $2) order by version desc limit 1
"""


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    """Keeps the texts in the transaction of each event."""
    match event:
        case ProtocolDrafted():
            await conn.execute(_PUT, district_id, event.key, DRAFT, event.text)
        case ProtocolPublished():
            await conn.execute(_PUT, district_id, event.key, event.version, event.text)
            await conn.execute("delete from district_protocols where key = $1 and version = $2", event.key, DRAFT)


_PUT = """
insert into district_protocols (district_id, key, version, text) values ($1, $2, $3, $4)
on conflict (district_id, key, version) do update set text = excluded.text
"""
