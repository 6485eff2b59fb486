"""Passwords: the rule, the hash, and work that does not tell whether an account exists."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, TypeVarTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from shared.errors import Invalid
from shared.said import say

A = TypeVarTuple("A")
R = TypeVar("R")
LONGEST = 256
FEWEST_DIFFERENT = 5


def check_rule(password: str, *, min_length: int, email: str, name: str) -> None:
    """Length over composition (NIST SP 800-63B-4, 3.1.1.2): long enough, not one's own name, not one key held down.
    Raises Invalid."""
    told = normalised(password)
    problem = None
    if len(told) < min_length:
        problem = say("errors.password.short", least=min_length)
    elif len(told) > LONGEST:
        problem = say("errors.password.long", most=LONGEST)
    elif len(set(told)) < FEWEST_DIFFERENT:
        problem = say("errors.password.alike", least=FEWEST_DIFFERENT)
    elif told.casefold() in {email.casefold(), name.casefold(), email.split("@")[0].casefold()}:
        problem = say("errors.password.name")
    if problem:
        raise Invalid(problem, where="password", mend=say("errors.password.words"))


def normalised(password: str) -> str:
    """One form for what keyboards write in several (NFKC, as NIST SP 800-63B-4 asks)."""
    return unicodedata.normalize("NFKC", password)


@dataclass(frozen=True, slots=True)
class Verified:
    """`rehashed` is the hash to store instead when the parameters were raised since."""

    ok: bool
    rehashed: str | None = None


class Passwords:
    """argon2id off the event loop, at most two at a time: each takes `memory_kib` and about a tenth of a second."""

    def __init__(self, *, memory_kib: int, time_cost: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib, time_cost=time_cost)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")

    @cached_property
    def _nobody(self) -> str:
        """The hash of a password that nobody has."""
        return self._hasher.hash(secrets.token_hex(16))

    async def warm_up(self) -> None:
        """Makes the first refusal take no longer than the others."""
        await self.verify(None, "")

    async def hash(self, password: str) -> str:
        return await self._beside(self._hasher.hash, normalised(password))

    async def verify(self, stored: str | None, password: str) -> Verified:
        """Whether `password` is the one behind `stored`. Without a stored hash the same work is done
        for nobody, so that the time of the answer does not tell."""
        return await self._beside(self._verify, stored, normalised(password))

    def _verify(self, stored: str | None, password: str) -> Verified:
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return Verified(False)
        if stored is None:
            return Verified(False)
        stale = self._hasher.check_needs_rehash(stored)
        return Verified(True, self._hasher.hash(password) if stale else None)

    async def _beside(self, work: Callable[[*A], R], *args: *A) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)

    def close(self) -> None:
        self._pool.shutdown(wait=False)
