"""Tells people what changed for them: compares what is with what each was last told, and puts the difference into
the outbox. Changes in quick succession become one mail; a crash between them loses none and doubles none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal
from uuid import uuid5
from zoneinfo import ZoneInfo

import structlog
from asyncpg import Connection

from services.scheduling.appointments.table import GONE
from services.scheduling.appointments.words import (
    BETWEEN,
    LANGUAGES,
    debrief,
    event_in_both,
    say,
    short_day,
    summary,
    times,
)
from shared.calendars.write import NOBODY, SOMEWHERE, Address, cancellation, invitation
from shared.database import Database
from shared.errors import Unavailable
from shared.mail import outbox
from shared.mail.outbox import Mail
from shared.messages import utc_now
from shared.reminders import remind_at
from shared.tasks import end

log = structlog.get_logger(__name__)
Notice = Literal["invitation", "update", "cancellation", "reminder"]
_BATCH = 25  # in one transaction: mail of a large publication holds up nobody else
_LOOK_EVERY = 5.0  # seconds


class Notifier:
    def __init__(
        self,
        db: Database,
        organizer: Address,
        public_url: str,
        wake_sender: Callable[[], None],
        *,
        clock: Callable[[], datetime] = utc_now,
        quiet: int = 0,
    ) -> None:
        """`quiet`: seconds that a round must stay as it is before its people are told; one that was moved and put back
        meanwhile is told of to nobody. A round of today or tomorrow is told of at once."""
        self._db, self._organizer, self._url, self._wake_sender = db, organizer, public_url, wake_sender
        self._clock, self._quiet = clock, quiet
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="notifier")

    async def stop(self) -> None:
        await end(self._task)

    def wake(self) -> None:
        """Something was appended."""
        self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                while await self.tell():
                    self._wake_sender()
            except (Unavailable, OSError) as error:
                log.info("notices wait for the database", error=repr(error))
            except Exception:
                log.exception("notices failed; they are tried again")
            self._wake.clear()
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def tell(self) -> int:
        """Puts what people do not know yet into the outbox, at most a batch; how many rows it settled."""
        now = self._clock()
        async with self._db.system() as conn:
            rows = await conn.fetch(_UNTOLD, _BATCH, now, self._quiet)
            for row in rows:
                await self._tell(conn, row, now)
        return len(rows)

    async def _tell(self, conn: Connection, row: Any, now: datetime) -> None:  # asyncpg's Record has no types
        gone = row["essence"] == GONE
        told = row["told"] not in (None, GONE)
        zone = ZoneInfo(row["timezone"])
        kind: Notice | None = None
        if row["day"] >= now.astimezone(zone).date():
            kind = "update" if told else "invitation"
            if gone:
                kind = "cancellation" if told else None
        if gone:
            await outbox.drop(conn, row["about"], "reminder", row["person_id"])
        if kind is not None:
            mails = [self._mail(row, kind)]
            due_at = remind_at(row["day"], zone)
            if not gone and due_at > now:
                mails.append(self._mail(row, "reminder", due_at=due_at))
            await outbox.put(conn, mails)
        await conn.execute(
            "update appointment_people set told = essence where about = $1 and person_id = $2",
            row["about"],
            row["person_id"],
        )

    def _mail(self, row: Any, kind: Notice, due_at: datetime | None = None) -> Mail:
        gone = kind == "cancellation"
        row = dict(row) | {"place": SOMEWHERE if row["place"] and not gone else ""}
        calendar: bytes | None = None
        if kind != "reminder":
            event = event_in_both(row, self._url, part=row["part"], gone=gone)
            write = cancellation if gone else invitation
            calendar = write(event, self._organizer, [Address(NOBODY)])
        key = f"{kind} {row['person_id']} {row['sequence']} {row['essence']}"
        return Mail(
            mail_id=uuid5(row["about"], key),
            district_id=row["district_id"],
            person_id=row["person_id"],
            # an update that overtakes an unsent invitation replaces it
            kind="reminder" if kind == "reminder" else "invitation",
            about=row["about"],
            subject=BETWEEN.join(self._subject(row, kind, language) for language in LANGUAGES),
            body="\n\n".join(self._body(row, kind, language) for language in LANGUAGES) + "\n",
            calendar=calendar,
            method="CANCEL" if gone else "REQUEST" if calendar else None,
            due_at=due_at,
        )

    def _subject(self, row: Any, kind: Notice, language: str) -> str:
        what = summary(row["kind"], row["school_name"], language)
        return say(f"subject_{kind}", language, what=what, day=short_day(row["day"], language))

    def _body(self, row: Any, kind: Notice, language: str) -> str:
        lines = [
            say("body_no_school" if kind == "update" and row["no_school"] else f"body_{kind}", language),
            "",
            summary(row["kind"], row["school_name"], language),
            times(row, language),
        ]
        if row["place"]:
            lines.append(say("where", language, place=row["place"]))
        if kind != "cancellation" and (talked := debrief(row, language)) is not None:
            lines.append(talked)
        if kind != "cancellation" and row["no_school"]:
            lines.append(say("no_school", language))
        if kind != "cancellation":
            lines += ["", say(f"part_{row['part']}", language), say("more", language, url=f"{self._url}/desk")]
        return "\n".join(lines)


_UNTOLD = """
select a.about, a.district_id, a.kind, a.school_id, a.day, a.starts_at, a.ends_at, a.timezone, a.sequence, a.cancelled,
       a.changed_at, a.no_school, a.debrief_room, a.debrief_at, a.place,
       p.person_id, p.part, p.gone, p.essence, p.told, s.name as school_name, s.latitude, s.longitude
from appointment_people p
join appointments a using (about)
left join schools s on s.school_id = a.school_id
where p.told is distinct from p.essence
  and (a.kind <> 'round' or a.changed_at <= $2::timestamptz - make_interval(secs => $3)
       or a.day <= ($2::timestamptz at time zone a.timezone)::date + 1)
order by a.changed_at limit $1
for update of p skip locked
"""
