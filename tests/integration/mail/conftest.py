"""An outbox on a real database, and a real SMTP server that can be told to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.integration.imports.conftest import database, http, office, store

__all__ = ["database", "http", "office", "store"]


@dataclass
class MailServer:
    """What came in, and what to say to each address (`250 OK` when nothing is said)."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # aiosmtpd's name
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        parsed = message_from_bytes(envelope.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        self.received.append(parsed)
        return "250 Taken"


class _AnyPort(Controller):
    """aiosmtpd asks its configured port whether it is up; here the system chooses one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # it is up
        super()._trigger_server()


@contextmanager
def serving() -> Iterator[MailServer]:
    """A mail server for the block."""
    held = MailServer()
    controller = _AnyPort(held, hostname="127.0.0.1", port=0)
    controller.start()
    held.port = controller.port
    try:
        yield held
    finally:
        controller.stop()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with serving() as held:
        yield held
