"""One service as a process of its own, against servers that others run."""

from __future__ import annotations

import asyncio

from services.compose import build, settings_of
from services.origin import origin
from services.server import listen, server
from shared.tokens import TokenVerifier


async def serve_one(name: str, host: str, port: int, stop: asyncio.Event) -> None:
    """Serves `/api/<name>`, health and metrics until `stop`. Raises PortTaken, or what the start raises."""
    listener = listen(host, port)
    settings = settings_of(name)
    service = build(name, settings, TokenVerifier.at(settings.jwks_url))
    serving = server(origin([service]))
    task = asyncio.create_task(serving.serve([listener]))
    starting = asyncio.ensure_future(service.start())
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    try:
        if starting.done():
            starting.result()
            await stop.wait()
        else:
            starting.cancel()
            await asyncio.wait({starting})
    finally:
        stopping.cancel()
        serving.should_exit = True
        await asyncio.wait({task})
        await service.stop()
