"""The composition root of identity."""

from __future__ import annotations

import asyncio

import structlog

from services.identity.app import app_of
from services.identity.contract import PUBLISHED
from services.identity.deps import Deps
from services.identity.identity import Identity
from services.identity.publish import PUBLISH
from services.identity.seal import seal_of
from services.identity.sessions.passwords import Passwords
from services.identity.settings import IdentitySettings
from shared.errors import Unavailable
from shared.http import Verifier
from shared.kernel import Kernel
from shared.service import Service
from shared.tokens import TokenVerifier

log = structlog.get_logger(__name__)
HOUSEKEEPING_SECONDS = 600


def build(settings: IdentitySettings, verifier: Verifier | None = None) -> Service:
    """Identity, not yet started. Without `verifier` it reads its own keys directly."""
    kernel = Kernel("identity", settings, PUBLISH)
    passwords = Passwords(memory_kib=settings.argon2_memory_kib, time_cost=settings.argon2_time_cost)
    identity = Identity(Deps(settings, kernel.db, kernel.store, seal_of(settings), passwords))
    app = app_of(identity, verifier or TokenVerifier(identity.keys.jwks, max_age_seconds=30))
    housekeeping: list[asyncio.Task[None]] = []

    async def start() -> None:
        try:
            await kernel.start()
            await identity.keys.start()
        except BaseException:
            await stop()
            raise
        await passwords.warm_up()
        housekeeping.append(asyncio.create_task(_housekeep(identity), name="identity housekeeping"))

    async def stop() -> None:
        for task in housekeeping:
            task.cancel()
        await asyncio.gather(*housekeeping, return_exceptions=True)
        passwords.close()
        await kernel.stop()

    return Service("identity", app, start, stop, kernel.ready, lambda: kernel.asyncapi(PUBLISHED))


async def _housekeep(identity: Identity) -> None:
    while True:
        await asyncio.sleep(HOUSEKEEPING_SECONDS)
        try:
            await identity.housekeep()
        except (Unavailable, OSError) as error:
            log.warning("identity housekeeping tries again later", error=repr(error))
