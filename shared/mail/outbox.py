"""The outbox: mail is put into it by the transaction that makes the fact, so that neither is without the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from asyncpg import Connection

from shared.errors import NotFound, Refused
from shared.said import say

State = Literal["waiting", "sent", "kept", "replaced", "dead"]


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. `mail_id` is derived from what it tells of (uuid5), so that telling twice sends once.

    `about` is what it is about (a round, a meeting): a newer mail of the same kind about the same to the same person
    replaces one that still waits. `calendar` is iCalendar with this `method`, its attendee `shared.calendars.write.
    NOBODY`: whom it goes to is filled in when the mail leaves, and so is where SOMEWHERE stands for. `due_at`: not
    before. Never a statement's words nor a teacher's name in any of them.
    """

    mail_id: UUID
    district_id: UUID
    person_id: UUID
    kind: str
    about: UUID
    subject: str
    body: str
    calendar: bytes | None = None
    method: Literal["REQUEST", "CANCEL"] | None = None
    due_at: datetime | None = None


async def put(conn: Connection, mails: Iterable[Mail]) -> None:
    """Puts the mails into the outbox, within the caller's writing transaction of their district."""
    held = list(mails)
    if not held:
        return
    await conn.execute(_REPLACE, *_columns(held, "about", "person_id", "kind", "mail_id"))
    await conn.execute(_PUT, *_columns(held, *Mail.__slots__))


async def drop(conn: Connection, about: UUID, kind: str, person_id: UUID | None = None) -> None:
    """Takes back what still waits (a reminder of what was cancelled); for one person, or for all."""
    await conn.execute(
        "update mail_outbox set state = 'replaced', ended_at = clock_timestamp() "
        "where about = $1 and kind = $2 and state = 'waiting' and ($3::uuid is null or person_id = $3)",
        about,
        kind,
        person_id,
    )


async def again(conn: Connection, mail_id: UUID) -> None:
    """Has a mail that could not be sent tried anew. Raises NotFound, Refused."""
    state = await conn.fetchval("select state from mail_outbox where mail_id = $1 for update", mail_id)
    if state is None:
        raise NotFound(say("errors.no_mail"))
    if state != "dead":
        raise Refused(
            "not_dead",
            say("errors.mail_not_stuck", state=say(f"errors.mail_state.{state}")),
            mend=say("errors.look_again"),
        )
    await conn.execute(
        "update mail_outbox set state = 'waiting', attempts = 0, due_at = clock_timestamp(), ended_at = null, "
        "error = null where mail_id = $1",
        mail_id,
    )


def _columns(mails: list[Mail], *names: str) -> list[list[Any]]:
    return [[getattr(m, name) for m in mails] for name in names]


_REPLACE = """
update mail_outbox o set state = 'replaced', ended_at = clock_timestamp()
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) as n (about, person_id, kind, mail_id)
where o.about = n.about and o.person_id = n.person_id and o.kind = n.kind and o.mail_id <> n.mail_id
  and o.state = 'waiting'
"""
_PUT = """
insert into mail_outbox (
    mail_id, district_id, person_id, kind, about, subject, body, calendar, method, due_at
)
select mail_id, district_id, person_id, kind, about, subject, body, calendar, method,
       coalesce(due_at, clock_timestamp())
from unnest(
    $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::bytea[], $9::text[],
    $10::timestamptz[]
) as n (mail_id, district_id, person_id, kind, about, subject, body, calendar, method, due_at)
on conflict (mail_id) do nothing
"""
