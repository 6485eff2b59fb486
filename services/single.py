"""One service as a process of its own, against servers that others run."""

from __future__ import annotations

import asyncio

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from services.compose import build, settings_of
from services.origin import origin
from services.server import listen, server
from shared.service import Service
from shared.tokens import TokenVerifier

log = structlog.get_logger(__name__)

_PATIENCE = 120.0  # seconds in which the database and NATS must come up, before the supervisor starts us anew
_PAUSE = 0.5  # seconds between two tries


class _Door:
    """Answers from the first moment on, and lets a service that failed to start be replaced."""

    def __init__(self, service: Service) -> None:
        self.app: ASGIApp = origin([service])

    def opens_on(self, service: Service) -> None:
        self.app = origin([service])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


async def serve_one(name: str, host: str, port: int, stop: asyncio.Event) -> None:
    """Serves `/api/<name>`, health and metrics until `stop`. The servers may come later than we do, or
    fall over while we start: then it tries again. Raises PortTaken, or what the last start raised."""
    listener = listen(host, port)
    settings = settings_of(name)
    verifier = TokenVerifier.at(settings.jwks_url)
    stopping = asyncio.ensure_future(stop.wait())
    deadline = asyncio.get_running_loop().time() + _PATIENCE
    service = build(name, settings, verifier)
    door = _Door(service)
    serving = server(door)
    task = asyncio.create_task(serving.serve([listener]))
    try:
        while not stop.is_set():
            starting = asyncio.ensure_future(service.start())
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not starting.done():
                starting.cancel()
                await asyncio.wait({starting})
                return
            error = starting.exception()
            if error is None:
                await stop.wait()
                return
            if asyncio.get_running_loop().time() > deadline:
                raise error
            log.warning("the start failed and is tried again", service=name, error=repr(error))
            await _end(service)
            await asyncio.wait({stopping}, timeout=_PAUSE)
            service = build(name, settings, verifier)
            door.opens_on(service)
    finally:
        stopping.cancel()
        serving.should_exit = True
        await asyncio.wait({task})
        await _end(service)


async def _end(service: Service) -> None:
    """Ends it as far as it had come."""
    try:
        await service.stop()
    except Exception as error:
        log.warning("a service did not stop cleanly", service=service.name, error=repr(error))
