"""A TCP proxy in front of a server that can lose an answer: the server did it, the client never hears."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit


class CutOff:
    """`async with CutOff(url) as cut: connect to cut.url`. `cut.swallow(marker)` loses the answer to the
    next message that holds `marker`, after the server has given it, and closes that connection."""

    def __init__(self, url: str) -> None:
        self._target = urlsplit(url)
        self._marker: bytes | None = None
        self._doomed: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.swallowed = 0

    async def __aenter__(self) -> CutOff:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        user = self._target.netloc.rpartition("@")[0]
        self.url = urlunsplit(self._target._replace(netloc=f"{user}@127.0.0.1:{port}" if user else f"127.0.0.1:{port}"))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def swallow(self, marker: bytes) -> None:
        self._marker = marker

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up_reader, up_writer = await asyncio.open_connection(self._target.hostname, self._target.port)
        except OSError:
            writer.close()
            return
        for work in (self._up(reader, up_writer, writer), self._down(up_reader, writer)):
            task = asyncio.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _up(self, reader: asyncio.StreamReader, up: asyncio.StreamWriter, client: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65536):
                if self._marker is not None and self._marker in chunk:
                    self._marker = None
                    self._doomed.add(client)
                up.write(chunk)
                await up.drain()
        up.close()

    async def _down(self, up: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await up.read(65536):
                if client in self._doomed:
                    self.swallowed += 1
                    break
                client.write(chunk)
                await client.drain()
        client.close()
