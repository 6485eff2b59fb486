"""A row of the outbox as a message that mail programs show and calendars take up."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID


def message(
    *,
    mail_id: UUID,
    sender: tuple[str, str],
    to: tuple[str | None, str],
    subject: str,
    body: str,
    at: datetime,
    calendar: bytes | None,
    method: str | None,
) -> EmailMessage:
    """`sender` and `to` are (name, address). The Message-ID is the mail's own: a repeated sending can be told."""
    out = EmailMessage(policy=SMTP)
    out["From"] = Address(_plain(sender[0]), addr_spec=sender[1])
    out["To"] = Address(_plain(to[0] or ""), addr_spec=to[1])
    out["Subject"] = _plain(subject)
    out["Date"] = format_datetime(at)
    out["Message-ID"] = f"<{mail_id}@{sender[1].rpartition('@')[2]}>"
    out["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers from holidays
    out.set_content(body, cte="quoted-printable")
    if calendar is not None:
        out.add_alternative(calendar.decode(), subtype="calendar", cte="base64", params={"method": method or "PUBLISH"})
        out.add_attachment(
            calendar, maintype="application", subtype="ics", filename="rondo.ics", disposition="attachment"
        )
    return out


def _plain(text: str) -> str:
    """One line: a header ends where its line ends."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
