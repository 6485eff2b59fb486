"""Launches the servers that the one-machine platform and the tests run on: PostgreSQL and NATS, from wheels."""

from shared.embedded.errors import (
    AlreadyRunning,
    DataUnusable,
    DiskFull,
    EmbeddedError,
    PortTaken,
    ServerMissing,
    StartFailed,
)
from shared.embedded.nats import NatsServer
from shared.embedded.postgres import PostgresServer

__all__ = [
    "AlreadyRunning",
    "DataUnusable",
    "DiskFull",
    "EmbeddedError",
    "NatsServer",
    "PortTaken",
    "PostgresServer",
    "ServerMissing",
    "StartFailed",
]
