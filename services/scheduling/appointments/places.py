"""Where people meet is sealed. It is opened when their calendar is read or a mail leaves, and kept open nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from asyncpg import Connection, Record

from shared.keys.master import KeysSettings
from shared.privacy import Forgotten, NotSealed, Privacy


class Places:
    """`start` opens the keys' database. Without keys no place is told."""

    def __init__(self, settings: KeysSettings | None = None) -> None:
        self._settings = settings
        self._privacy: Privacy | None = None

    async def start(self) -> None:
        if self._settings is not None:
            self._privacy = await Privacy.start(self._settings)

    async def close(self) -> None:
        if self._privacy is not None:
            await self._privacy.close()

    async def shown(self, district_id: UUID, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Appointments' rows with their `place` open; empty where there is none, or its key is gone."""
        held = [dict(r) for r in rows]
        for row in held:
            row["place"] = await self._open(district_id, row["place_key"], row["place"])
        return held

    async def of_mail(self, conn: Connection, mails: Sequence[Record]) -> dict[UUID, str]:
        """Where that is which each mail is about, by its `about`."""
        rows = await conn.fetch(
            "select about, district_id, place, place_key from appointments where about = any($1) and place <> '' "
            "and not cancelled",
            [m["about"] for m in mails],
        )
        return {r["about"]: await self._open(r["district_id"], r["place_key"], r["place"]) for r in rows}

    async def _open(self, district_id: UUID, key: str, sealed: str) -> str:
        if not sealed or self._privacy is None:
            return ""
        try:
            opened = await self._privacy.open(district_id, key, sealed)
        except NotSealed:
            return ""
        return "" if isinstance(opened, Forgotten) else str(json.loads(opened))
