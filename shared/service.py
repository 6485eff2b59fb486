"""A service as its composition root hands it out: an app, and the work that runs beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI


@dataclass(frozen=True, slots=True)
class Service:
    """`app` serves `/api/<name>/...` with the prefix left off. `start` opens connections, migrates and
    starts the background work; `stop` ends it. `ready` names what is not ready yet (empty: ready).
    `asyncapi` gives the AsyncAPI 3 document of the events that it publishes and reacts to."""

    name: str
    app: FastAPI
    start: Callable[[], Awaitable[None]]
    stop: Callable[[], Awaitable[None]]
    ready: Callable[[], Awaitable[list[str]]]
    asyncapi: Callable[[], dict[str, Any]]  # JSON of many shapes
