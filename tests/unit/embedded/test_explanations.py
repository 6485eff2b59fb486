"""One sentence for each cause, told from what the servers log."""

from __future__ import annotations

import pytest

from shared.embedded import AlreadyRunning, DataUnusable, DiskFull, PortTaken, StartFailed
from shared.embedded.errors import EmbeddedError, explain

_LOGS: list[tuple[type[EmbeddedError], str, str]] = [
    (
        DiskFull,
        '2026-11-23 19:00:00 UTC [7] PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device',
        "is full",
    ),
    (
        PortTaken,
        'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  no sockets',
        "Port 5432",
    ),
    (PortTaken, "[7] [FTL] Error listening on port: 127.0.0.1:5432 - listen: address already in use", "Port 5432"),
    (AlreadyRunning, 'FATAL:  lock file "postmaster.pid" already exists', "already runs"),
    (DataUnusable, "PANIC:  could not locate a valid checkpoint record at 0/1", "could not locate a valid checkpoint"),
    (DataUnusable, "FATAL:  database files are incompatible with server", "database files are incompatible"),
    (DiskFull, "[7] [FTL] Can't start JetStream: mkdir store: no space left on device", "is full"),
    (StartFailed, "FATAL:  a thing that nobody foresaw", "a thing that nobody foresaw"),
    (StartFailed, "", "it left no word in its log"),
]


@pytest.mark.parametrize(("kind", "log", "word"), _LOGS)
def test_a_log_is_told_as_its_cause(kind: type[EmbeddedError], log: str, word: str) -> None:
    told = explain("PostgreSQL", "the/folder", 5432, log)

    assert type(told) is kind
    assert word in told.detail
    assert "\n" not in told.detail
    assert told.mend
