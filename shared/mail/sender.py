"""Takes mail out of the outbox and sends it: at least once, later when the server is away, never for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from asyncpg import Connection, Record

from shared.calendars.write import SOMEWHERE, Address, addressed
from shared.database import Database
from shared.errors import Unavailable
from shared.mail.message import message
from shared.mail.transport import MailRefused, ServerAway, Transport
from shared.messages import utc_now
from shared.tasks import end

log = structlog.get_logger(__name__)

RETRY_SECONDS = (30.0, 120.0, 600.0, 3600.0, 4 * 3600.0, 12 * 3600.0, 24 * 3600.0)
"""How long a mail waits after each try that failed; after the last it is dead, and an administrator sees it."""
_LEASE = 120  # seconds in which who took mail must have sent it; then another sender may
_BATCH = 20
_LOOK_EVERY = 5.0  # seconds

Addresses = Callable[[Connection, Sequence[UUID]], Awaitable[Mapping[UUID, tuple[str, str | None]]]]
"""person -> (name, address) of those who are known; address None: they have none."""
Places = Callable[[Connection, Sequence[Record]], Awaitable[Mapping[UUID, str]]]
"""what mails are about -> where that is, for those of which the place is kept sealed"""


async def _nowhere(conn: Connection, mails: Sequence[Record]) -> Mapping[UUID, str]:
    return {}


class Sender:
    """One of these in each process of a service; they share the work by leases. Make it before the start."""

    def __init__(
        self,
        db: Database,
        transport: Transport,
        addresses: Addresses,
        sender: tuple[str, str],
        *,
        places: Places = _nowhere,
        clock: Callable[[], datetime] = utc_now,
        retry_seconds: Sequence[float] = RETRY_SECONDS,
    ) -> None:
        self._db, self._transport, self._addresses, self._from = db, transport, addresses, sender
        self._places = places
        self._clock, self._retry = clock, retry_seconds
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="mail sender")

    async def stop(self) -> None:
        await end(self._task)
        await self._transport.close()

    def wake(self) -> None:
        """There may be new mail."""
        self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                while await self.send_due():
                    pass
            except (Unavailable, OSError) as error:
                log.info("mail waits for the database", error=repr(error))
            except Exception:
                log.exception("sending mail failed; it is tried again")
            await self._transport.close()
            self._wake.clear()
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def send_due(self) -> int:
        """Sends what is due, at most a batch; how many were taken out. None of it while a server is away."""
        now = self._clock()
        async with self._db.system() as conn:
            rows = await conn.fetch(_TAKE, now, _BATCH, _LEASE)
            known = await self._addresses(conn, [r["person_id"] for r in rows]) if rows else {}
            places = await self._places(conn, rows) if rows else {}
        away: str | None = None
        for row in rows:
            if self._clock() > now + timedelta(seconds=_LEASE / 2):
                break  # a slow server: the rest is taken anew when its lease ends, by one sender alone
            if away is not None:
                await self._later(row, away, counts=False)
                continue
            name, address = known.get(row["person_id"], (None, None))
            if address is None:
                await self._done(row, "dead", "the person has no e-mail address")
                continue
            try:
                written = self._message(row, name, address, places.get(row["about"], ""), now)
            except Exception as error:  # an address that no header can hold; email raises IndexErrors and more for it
                await self._done(row, "dead", f"the address cannot be written ({type(error).__name__})")
                continue
            try:
                await self._transport.send(written)
            except MailRefused as refused:
                await self._done(row, "dead", str(refused))
            except ServerAway as error:
                away = str(error)
                await self._later(row, away, counts=True)
            except ValueError as error:  # found out while it was put on the wire
                await self._done(row, "dead", f"the address cannot be written ({type(error).__name__})")
            else:
                await self._done(row, self._transport.leaves_as, None)
        return 0 if away is not None else len(rows)

    def _message(self, row: Record, name: str | None, address: str, place: str, now: datetime) -> Any:  # EmailMessage
        return message(
            mail_id=row["mail_id"],
            sender=self._from,
            to=(name, address),
            subject=row["subject"],
            body=told_where(row["body"], place),
            at=now,
            calendar=addressed(row["calendar"], Address(address, name), place) if row["calendar"] is not None else None,
            method=row["method"],
        )

    async def _done(self, row: Record, state: str, error: str | None) -> None:
        if error is not None:
            # without the error: servers like to repeat the address in it; an administrator reads it in the outbox
            log.warning("a mail cannot be sent", mail_id=str(row["mail_id"]), kind=row["kind"])
        async with self._db.system() as conn:
            await conn.execute(
                "update mail_outbox set state = $2, error = $3, ended_at = $4, attempts = attempts + 1 "
                "where mail_id = $1 and state = 'waiting'",
                row["mail_id"],
                state,
                error,
                self._clock(),
            )

    async def _later(self, row: Record, error: str, *, counts: bool) -> None:
        tries = row["attempts"] + (1 if counts else 0)
        if tries > len(self._retry):
            await self._done(row, "dead", error)
            return
        async with self._db.system() as conn:
            await conn.execute(
                "update mail_outbox set due_at = $2::timestamptz + make_interval(secs => $3), attempts = $4, "
                "error = $5 where mail_id = $1 and state = 'waiting'",
                row["mail_id"],
                self._clock(),
                self._retry[max(tries - 1, 0)],
                tries,
                error,
            )


def told_where(body: str, place: str) -> str:
    """The lines of a kept body, the place put where SOMEWHERE stands; without one, those lines are left out."""
    lines = [line for line in body.split("\n") if place or SOMEWHERE not in line]
    return "\n".join(lines).replace(SOMEWHERE, place)


_TAKE = """
update mail_outbox set due_at = $1::timestamptz + make_interval(secs => $3)
where mail_id in (
    select mail_id from mail_outbox where state = 'waiting' and due_at <= $1
    order by due_at limit $2 for update skip locked
)
returning mail_id, person_id, about, kind, subject, body, calendar, method, attempts
"""
