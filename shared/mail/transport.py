"""Ways for a message to leave: an SMTP server, a folder, or none."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar, Protocol

from shared.mail.settings import MailSettings

_TIMEOUT = 30.0  # seconds for each exchange with the server


class MailRefused(Exception):
    """The server will never take this message; the text says why."""


class ServerAway(Exception):
    """The server cannot be spoken to now, or says try later; the text says why."""


class Transport(Protocol):
    leaves_as: ClassVar[str]
    """state of a message after it: `sent` or `kept`"""

    async def send(self, message: EmailMessage) -> None:
        """Raises MailRefused, ServerAway."""
        ...

    async def close(self) -> None: ...


class Nowhere:
    """Keeps mail in the outbox, where an administrator reads it."""

    leaves_as: ClassVar[str] = "kept"

    async def send(self, message: EmailMessage) -> None:
        return None

    async def close(self) -> None:
        return None


class Folder:
    """Writes each message as a file that mail programs open."""

    leaves_as: ClassVar[str] = "kept"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = str(message["Message-ID"]).strip("<>").partition("@")[0]
            part = self._folder / f"{name}.part"
            part.write_bytes(bytes(message))
            os.replace(part, self._folder / f"{name}.eml")
        except OSError as error:
            raise ServerAway(f"the folder cannot be written ({error.strerror})") from None

    async def close(self) -> None:
        return None


class Smtp:
    """One connection to the server, kept while there is mail, made anew when it breaks."""

    leaves_as: ClassVar[str] = "sent"

    def __init__(self, settings: MailSettings) -> None:
        from aiosmtplib import SMTP

        secret = settings.mail_password
        self._smtp = SMTP(
            hostname=settings.mail_host,
            port=settings.mail_port,
            username=settings.mail_username or None,
            password=(secret.get_secret_value() or None) if secret else None,
            use_tls=settings.mail_security == "tls",
            start_tls=settings.mail_security == "starttls",
            timeout=_TIMEOUT,
        )

    async def send(self, message: EmailMessage) -> None:
        import aiosmtplib

        try:
            if not self._smtp.is_connected:
                await self._smtp.connect()
            await self._smtp.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            raise _judged(refusal.code, refusal.message) from None
        except (aiosmtplib.SMTPDataError, aiosmtplib.SMTPRecipientRefused) as error:
            raise _judged(error.code, error.message) from None
        except aiosmtplib.SMTPNotSupported as error:
            raise MailRefused(str(error)) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            await self.close()
            raise ServerAway(f"{type(error).__name__}: {error}") from None

    async def close(self) -> None:
        with suppress(Exception):  # it is going away in any case
            if self._smtp.is_connected:
                await self._smtp.quit()
            self._smtp.close()


def _judged(code: int, said: str) -> MailRefused | ServerAway:
    """4xx: later; 5xx: never (RFC 5321, 4.2.1)."""
    text = f"{code} {' '.join(said.split())[:300]}"
    return MailRefused(text) if code >= 500 else ServerAway(text)


def transport_of(settings: MailSettings) -> Transport:
    if settings.mail_host:
        return Smtp(settings)
    return Folder(settings.mail_folder) if settings.mail_folder else Nowhere()
