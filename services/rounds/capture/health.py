"""How the devices fare: each says so when it wakes and after it has sent, and an administrator reads it.

The answer carries the device's own secret, which opens what one person has queued on it: without a sign-in
the queue stays sealed (docs/capture-app.md).
"""

from __future__ import annotations

import base64
import os
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.rounds.capture.commands import DeviceClock
from services.rounds.deps import Deps
from shared.errors import Unavailable
from shared.said import say

SECRET_BYTES = 32
Key = tuple[datetime, UUID, UUID]


class DeviceReport(BaseModel):
    """What a device tells of itself, for one person's queue."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sent_at: DeviceClock = Field(description="the device's clock when it sends")
    unsent: int = Field(ge=0, le=10**7, description="items on the device alone")
    attention: int = Field(default=0, ge=0, le=10**7, description="of those, items that a person must mend")
    oldest_unsent_at: DeviceClock | None = Field(default=None, description="by the device's clock")
    kept: bool | None = Field(default=None, description="whether the browser promised to keep the storage")
    installed: bool = Field(default=False, description="whether it runs as an installed app")
    build: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=60, description='as a person would say: "Android, Chrome"')


class DeviceSecret(BaseModel):
    """`secret`: 32 bytes in base64, for this person on this device alone. `skew_seconds`: device minus server."""

    secret: str
    server_time: datetime
    skew_seconds: float


class DeviceHealth(BaseModel):
    device_id: UUID
    person_id: UUID
    kind: str
    first_seen: datetime
    last_seen: datetime
    skew_seconds: float = Field(description="device clock minus server clock when last seen")
    unsent: int = Field(description="items on the device alone when last seen")
    attention: int
    oldest_unsent_at: datetime | None = Field(description="by the device's clock")
    kept: bool | None
    installed: bool
    build: str


class DevicePage(BaseModel):
    items: list[DeviceHealth]
    next: str | None


class DeviceBook:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def report(self, district_id: UUID, device_id: UUID, person_id: UUID, said: DeviceReport) -> DeviceSecret:
        """Keeps the report and gives the secret, which is made at the first one. Raises Unavailable when the
        secret was sealed under a key that is gone."""
        now = self._deps.clock()
        skew = round((said.sent_at - now).total_seconds(), 3)
        subject = f"device-{person_id}"
        fresh = base64.b64encode(os.urandom(SECRET_BYTES)).decode()
        [sealed] = await self._deps.words.seal(district_id, subject, [fresh])
        async with self._deps.db.writer(district_id) as conn:
            held = await conn.fetchval(
                _REPORT, device_id, person_id, district_id, sealed, now, skew, said.unsent, said.attention,
                said.oldest_unsent_at, said.kept, said.installed, said.build, said.kind,
            )  # fmt: skip
        [secret] = (await self._deps.words.reveal(district_id, {subject: [held]}))[subject]
        if secret is None:
            raise Unavailable(say("rounds.device_key_gone"), mend=say("errors.ask_administrator"))
        return DeviceSecret(secret=secret, server_time=now, skew_seconds=skew)

    async def page(self, district_id: UUID, after: Key | None, limit: int) -> list[dict[str, Any]]:
        """Devices, the one that was longest not seen last."""
        async with self._deps.db.reader(district_id) as conn:
            rows = await conn.fetch(_PAGE, *(after or (None, None, None)), limit)
        return [dict(r) for r in rows]


_REPORT = """
insert into capture_devices as d
    (device_id, person_id, district_id, secret, first_seen, last_seen, skew_seconds, unsent, attention,
     oldest_unsent_at, kept, installed, build, kind)
values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (device_id, person_id) do update set
    last_seen = excluded.last_seen, skew_seconds = excluded.skew_seconds, unsent = excluded.unsent,
    attention = excluded.attention, oldest_unsent_at = excluded.oldest_unsent_at, kept = excluded.kept,
    installed = excluded.installed, build = excluded.build, kind = excluded.kind
returning d.secret
"""
_PAGE = """
select device_id, person_id, kind, first_seen, last_seen, skew_seconds, unsent, attention, oldest_unsent_at, kept,
    installed, build
from capture_devices
where $1::timestamptz is null or (last_seen, device_id, person_id) < ($1, $2, $3)
order by last_seen desc, device_id desc, person_id desc
limit $4
"""
