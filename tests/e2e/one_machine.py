"""`rondo up` as a person runs it: a process of its own, on a folder of its own."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from services.demo.district import DISTRICT, TIMEZONE
from shared.embedded.postgres import PostgresServer
from shared.embedded.process import free_port

RONDO = Path(sys.executable).with_name("rondo")
_START = 90.0  # seconds; a machine with other work takes its time
# The least that is allowed: a district's sixty passwords took half the time of bringing it in. What a hash costs a
# district, and that the time of an answer tells nothing, is tested at full cost with identity's sign-in.
_PASSWORDS = {"RONDO_IDENTITY_ARGON2_MEMORY_KIB": "8192", "RONDO_IDENTITY_ARGON2_TIME_COST": "1"}
_MAIL_AT_ONCE = {"RONDO_SCHEDULING_NOTICE_SECONDS": "0"}


class RondoUp:
    """One run. `url` once it said that it is up."""

    def __init__(
        self, home: Path, *arguments: str, port: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.said = ""
        self.process = subprocess.Popen(
            [str(RONDO), "up", "--port", str(self.port), *arguments],
            env=os.environ | {"RONDO_HOME": str(home)} | _PASSWORDS | _MAIL_AT_ONCE | dict(settings or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, words: str) -> str:
        """Reads its output until `words` (a pattern); what was read. Fails when it ends without."""
        assert self.process.stdout is not None
        while not re.search(words, self.said):
            ready, _, _ = select.select([self.process.stdout], [], [], _START)
            assert ready, f"no word of {words!r} within {_START} s; so far: {self.said}"
            piece = os.read(self.process.stdout.fileno(), 65536).decode()
            assert piece, f"it ended without {words!r}: {self.said}"
            self.said += piece
        return self.said

    def wait_end(self) -> int:
        """Its exit code; the rest of its output is in `said`."""
        assert self.process.stdout is not None
        rest, _ = self.process.communicate(timeout=_START)
        self.said += rest.decode()
        return self.process.returncode

    def family(self) -> list[psutil.Process]:
        """The process and all that it started."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def interrupt(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.wait_end()

    def end(self) -> None:
        """At the end of a test, whatever state it is in."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def rondo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Another command on the same machine."""
    return subprocess.run(
        [str(RONDO), *arguments],
        env=os.environ | {"RONDO_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=_START,
        check=False,
    )


def administrators(home: Path) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads((home / "administrators.json").read_text())
    return held


def mailing(folder: Path, port: int, **more: str) -> Iterator[RondoUp]:
    """A platform without the demo, in its district and time zone, that sends its mail to the server at `port`, with
    these settings besides; for a fixture to yield from."""
    mail = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "FROM": "rondo@district.example"}
    run = RondoUp(
        folder, "--empty", "--district", DISTRICT, "--timezone", TIMEZONE,
        settings={f"RONDO_SCHEDULING_MAIL_{k}": v for k, v in mail.items()} | more,
    )  # fmt: skip
    run.wait_for("Rondo is up at")
    yield run
    run.end()


async def rows(run: RondoUp, database: str, query: str, *values: object) -> list[Any]:
    """What a service's database holds, as its superuser sees it."""
    port = int((run.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[3])
    conn = await asyncpg.connect(PostgresServer(run.home / "postgres", port=port).url(database))
    try:
        return list(await conn.fetch(query, *values))
    finally:
        await conn.close()
