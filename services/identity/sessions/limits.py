"""How often somebody may try to sign in: counters of the `limits` library, kept in PostgreSQL, so that
every replica counts together and a restart forgets nothing."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter

from shared.database import Database
from shared.errors import TooManyRequests, Unavailable
from shared.said import say

WINDOW_MINUTES = 5


class PostgresCounters(Storage):
    """The storage that `limits` asks for: counters that expire."""

    STORAGE_SCHEME = None

    def __init__(self, db: Database) -> None:
        super().__init__()
        self._db = db

    @property
    def base_exceptions(self) -> type[Exception]:
        return Unavailable

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        async with self._db.system() as conn:
            hits: int = await conn.fetchval(
                "INSERT INTO rate_limits AS r (key, hits, ends_at)"
                " VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3::float8))"
                " ON CONFLICT (key) DO UPDATE SET"
                " hits = CASE WHEN r.ends_at <= clock_timestamp() THEN excluded.hits ELSE r.hits + excluded.hits END,"
                " ends_at = CASE WHEN r.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE r.ends_at END"
                " RETURNING hits",
                key,
                amount,
                float(expiry),
            )
        return hits

    async def get(self, key: str) -> int:
        async with self._db.system() as conn:
            hits: int | None = await conn.fetchval(
                "SELECT hits FROM rate_limits WHERE key = $1 AND ends_at > clock_timestamp()", key
            )
        return hits or 0

    async def get_expiry(self, key: str) -> float:
        async with self._db.system() as conn:
            ends: float | None = await conn.fetchval(
                "SELECT extract(epoch FROM ends_at)::float8 FROM rate_limits WHERE key = $1", key
            )
        return ends or time.time()

    async def check(self) -> bool:
        async with self._db.system() as conn:
            return bool(await conn.fetchval("SELECT true"))

    async def reset(self) -> int | None:
        async with self._db.system() as conn:
            return int((await conn.execute("DELETE FROM rate_limits")).split()[-1])

    async def clear(self, key: str) -> None:
        async with self._db.system() as conn:
            await conn.execute("DELETE FROM rate_limits WHERE key = $1", key)

    async def sweep(self) -> None:
        """Forgets counters whose time is over."""
        async with self._db.system() as conn:
            await conn.execute("DELETE FROM rate_limits WHERE ends_at <= clock_timestamp()")


class SignInLimits:
    """Per account and address every try counts until one succeeds. Per account, whatever the address,
    tries count too: guesses may come from many places at once, or claim to. Per address only failures
    count, since a school has one address for all its staff."""

    def __init__(
        self, counters: PostgresCounters, *, tries: int, tries_per_account: int, failures_per_address: int
    ) -> None:
        self._limiter = FixedWindowRateLimiter(counters)
        self._tries = _per_window(tries, "sign-in")
        self._account = _per_window(tries_per_account, "sign-in-account")
        self._failures = _per_window(failures_per_address, "sign-in-failures")

    async def count_try(self, account: str, address: str) -> None:
        """Raises TooManyRequests, before any work is done on the password. `account` names it by a hash:
        what people type there may be anything."""
        if not await self._limiter.test(self._failures, address):
            await self._refuse(self._failures, address)
        if not await self._limiter.hit(self._tries, account, address):
            await self._refuse(self._tries, account, address)
        if not await self._limiter.hit(self._account, account):
            await self._refuse(self._account, account)

    async def count_failure(self, address: str) -> None:
        await self._limiter.hit(self._failures, address)

    async def forgive(self, account: str, address: str) -> None:
        await self._limiter.clear(self._tries, account, address)
        await self._limiter.clear(self._account, account)

    async def _refuse(self, item: RateLimitItem, *identifiers: str) -> None:
        stats = await self._limiter.get_window_stats(item, *identifiers)
        seconds = max(1, math.ceil(stats.reset_time - time.time()))
        minutes = math.ceil(seconds / 60)
        raise TooManyRequests(
            say("errors.many_tries"),
            mend=say("errors.wait", count=minutes),
            headers={"Retry-After": str(seconds)},
            retry_after_seconds=seconds,
        )


def _per_window(amount: int, namespace: str) -> RateLimitItem:
    return RateLimitItemPerMinute(amount, WINDOW_MINUTES, namespace=namespace)
