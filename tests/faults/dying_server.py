"""The rounds service's HTTP side, which kills itself in the middle of a delivery:
`python -m tests.faults.dying_server DATABASE_URL KEYS_URL MASTER_KEY JWKS`.

For each line on its input, a number N, a child is forked that serves at the port that it prints, and is gone by SIGKILL
at the Nth time that anything in it waits, counted over all its tasks, once a delivery has begun to come in.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any

import uvloop
from joserfc.jwk import KeySetSerialization
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from services.rounds.capture.words import Words
from services.rounds.deps import Deps
from services.rounds.main import app_of
from services.server import server
from shared.database import Database
from shared.keys.master import KeysSettings
from shared.tokens import TokenVerifier


class Death:
    """Comes at the `at`th wait after `armed` was set."""

    def __init__(self, at: int) -> None:
        self.at, self.armed = at, False

    def pass_by(self) -> None:
        if self.armed:
            self.at -= 1
            if self.at == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def task(self, loop: asyncio.AbstractEventLoop, work: Any, **how: Any) -> asyncio.Task[Any]:
        """The loop's task factory."""
        return asyncio.Task(self._watched(work), loop=loop, **how)

    async def _watched(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await self._steps(work)

    @coroutine
    def _steps(self, work: Coroutine[Any, Any, Any]) -> Generator[Any, None, Any]:
        """Hands on what `work` waits for, one wait after the other."""
        error: BaseException | None = None
        while True:
            try:
                awaited = work.send(None) if error is None else work.throw(error)
            except StopIteration as ended:
                return ended.value
            error = None
            self.pass_by()
            try:
                yield awaited
            except BaseException as raised:  # a cancellation, too, is the work's to know
                error = raised


def armed_by_a_delivery(app: ASGIApp, death: Death) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        death.armed = death.armed or scope["path"] == "/capture/batches"
        await app(scope, receive, send)

    return answer


async def serve(at: int, app: ASGIApp, db: Database, words: Words) -> None:
    death = Death(at)
    asyncio.get_running_loop().set_task_factory(death.task)
    await words.start()
    async with db.system(), db.system():
        pass  # connected: the handshakes are dozens of waits with nothing at stake
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # before the port is told: who is refused takes it for the death that is waited for
        sys.stdout.write(json.dumps({"port": listener.getsockname()[1], "pid": os.getpid()}) + "\n")
        sys.stdout.flush()
        await server(armed_by_a_delivery(app, death)).serve(sockets=[listener])


def main(database_url: str, keys_url: str, master_key: str, jwks: str) -> None:
    served: KeySetSerialization = json.loads(jwks)

    async def keys() -> KeySetSerialization:
        return served

    # Made once, for that takes longest; nothing of it has a connection yet.
    words = Words(KeysSettings(database_url=keys_url, master_key=SecretStr(master_key)))
    db = Database.open(database_url, pool_size=3)
    app = app_of(Deps.over(db, words), TokenVerifier(keys))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                uvloop.run(serve(int(line), app, db, words))
            finally:  # and never on with the parent's loop
                traceback.print_exc()
                os._exit(1)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
