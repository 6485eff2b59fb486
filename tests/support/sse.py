"""A service on a real socket, and its server-sent events one by one."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from tests.support.until import until

Following = Callable[[], Awaitable[tuple[str, str, Any]]]


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The app's address while the block runs; its service is started and stopped by the caller."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        try:
            await until(lambda: server.started)
            yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def listening(http: httpx.AsyncClient, path: str, headers: dict[str, str]) -> AsyncIterator[Following]:
    """An open stream of server-sent events; the next (event, id, data) at each call, pings left out."""
    async with http.stream("GET", path, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()

        async def following() -> tuple[str, str, Any]:
            found: dict[str, str] = {}
            async with asyncio.timeout(20):
                async for line in lines:
                    if not line and "data" in found:
                        return found.get("event", ""), found.get("id", ""), json.loads(found["data"])
                    name, _, value = line.partition(":")
                    if name:
                        found[name] = value.strip()
            raise EOFError

        yield following
