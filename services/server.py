"""Serves an application on one socket until it is told to stop, by Ctrl-C or by SIGTERM."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
import uvloop
from starlette.types import ASGIApp

from shared.embedded import PortTaken
from shared.tasks import end

_GRACE = 3  # seconds in which open requests may end
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Server(uvicorn.Server):
    """uvicorn, with the signals left to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server(app: ASGIApp) -> Server:
    """Only behind a proxy that FORWARDED_ALLOW_IPS names is a client's address taken from the request's headers:
    anybody can write those, and the limit on sign-ins and the audit log go by the address."""
    return Server(
        uvicorn.Config(
            app,
            loop="none",
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(os.environ.get("FORWARDED_ALLOW_IPS")),
            timeout_graceful_shutdown=_GRACE,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a taken port is known before anything else starts. Raises PortTaken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Port {port} on {host} cannot be used: {error.strerror}.",
            mend=f"Stop the program that uses it, or choose another: make up PORT={port + 1}.",
        ) from None
    listener.setblocking(False)
    return listener


def run(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Runs `work(stop)` to its end on uvloop; `stop` is set when a signal tells us to stop."""

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in _STOPS:
            loop.add_signal_handler(number, stop.set)
        try:
            await work(stop)
        finally:  # the runner cancels what is left once, which is not always enough
            await end(*(asyncio.all_tasks() - {asyncio.current_task()}))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
