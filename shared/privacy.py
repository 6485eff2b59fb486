"""Text that must be erasable is sealed under its subject's own key; to forget the subject is to destroy
the key. Sealed text may then stay in history that never changes: nobody can read it again.

AES-256-GCM. A sealed text is bound to its district and subject and does not open for another.
Keys are kept in memory for at most `cache_seconds`. `forget` returns when no process can use the key any
more: each that keeps keys has confirmed it, or its lease has run out (`shared/keys/holders.py`).
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextvars
import os
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.database import Database
from shared.errors import Refused
from shared.keys.holders import LEASE, Holders
from shared.keys.master import KEY_BYTES, NONCE_BYTES, KeysSettings, MasterKey
from shared.migrations import upgrade

_FORM = "s1."
_CONNECTIONS = 2
_MAKE = """
    INSERT INTO subject_keys (district_id, subject, wrapped, master_id)
    SELECT $1, * FROM unnest($2::text[], $3::bytea[], $4::text[]) ON CONFLICT DO NOTHING
"""
_READ = """
    SELECT subject, wrapped, master_id, closed_at IS NOT NULL AS closed FROM subject_keys
    WHERE district_id = $1 AND subject = ANY($2::text[])
"""
_FORGET = """
    INSERT INTO subject_keys (district_id, subject, wrapped, master_id, forgotten_at)
    VALUES ($1, $2, NULL, $3, clock_timestamp())
    ON CONFLICT (district_id, subject) DO UPDATE SET wrapped = NULL, forgotten_at = clock_timestamp()
    WHERE subject_keys.forgotten_at IS NULL
"""
_CLOSE = """
    UPDATE subject_keys SET closed_at = clock_timestamp()
    WHERE district_id = $1 AND subject = $2 AND forgotten_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `open` answers for the words of a subject whose key was destroyed."""

    subject: str


class NotSealed(Exception):
    """The text was not sealed for this subject, or was changed since."""


class SubjectForgotten(Refused):
    """Nothing more can be sealed for the subject."""

    def __init__(self, subject: str) -> None:
        super().__init__("subject-forgotten", "What belonged to this was erased; nothing can be added to it.")
        self.subject = subject


@dataclass(frozen=True, slots=True)
class _Key:
    cipher: AESGCM
    closed: bool  # it opens, and seals no more


@dataclass(slots=True)
class _Asked:
    """Subjects whose keys the same reading will bring."""

    subjects: set[str] = field(default_factory=set)
    task: asyncio.Task[dict[str, _Key | None]] | None = None


class Privacy:
    """Seals and opens. `subject` is any name that is stable and unique in its district (`note:<id>`)."""

    def __init__(
        self,
        db: Database,
        master: MasterKey,
        *,
        cache_size: int = 20_000,
        cache_seconds: float = 60.0,
        lease: float = LEASE,
    ) -> None:
        self._db = db
        self._master = master
        self._cache: OrderedDict[tuple[UUID, str], tuple[float, _Key]] = OrderedDict()
        self._cache_size = cache_size
        self._cache_seconds = cache_seconds
        self._forgettings = 0
        self._asked: dict[tuple[UUID, bool], _Asked] = {}
        self._turns = asyncio.Semaphore(_CONNECTIONS)
        self._holders = Holders(db, self._drop_all, lease=lease)

    @classmethod
    async def start(cls, settings: KeysSettings, *, pool_size: int = _CONNECTIONS) -> Privacy:
        """Migrates the keys' database and opens it. Raises WrongMasterKey when what it holds was wrapped
        by another master key: better at the start than at the first reader."""
        await upgrade(settings.database_url, "keys")
        db = Database.open(settings.database_url, pool_size=pool_size, name="rondo keys")
        master = MasterKey.of(settings)
        async with db.system() as conn:
            row = await conn.fetchrow(
                "SELECT district_id, subject, wrapped, master_id FROM subject_keys WHERE wrapped IS NOT NULL LIMIT 1"
            )
        if row is not None:
            master.unwrap(row["wrapped"], row["master_id"], _about(row["district_id"], row["subject"]))
        privacy = cls(db, master, cache_seconds=settings.cache_seconds)
        await privacy._holders.start()
        return privacy

    async def close(self) -> None:
        await self._holders.stop()
        await self._db.close()

    async def seal(self, district_id: UUID, subject: str, plaintext: str) -> str:
        """Raises SubjectForgotten."""
        return (await self.seal_many(district_id, [(subject, plaintext)]))[0]

    async def open(self, district_id: UUID, subject: str, sealed: str) -> str | Forgotten:
        """Raises NotSealed for what was not sealed for this district and subject."""
        return (await self.open_many(district_id, [(subject, sealed)]))[0]

    async def seal_many(self, district_id: UUID, texts: Sequence[tuple[str, str]]) -> list[str]:
        """Seals (subject, plaintext) pairs in their order; makes the keys that are missing.
        Raises SubjectForgotten for the first subject that was forgotten or closed, having sealed nothing."""
        keys = await self._keys(district_id, {subject for subject, _ in texts}, make=True)
        about = {subject: _about(district_id, subject) for subject in keys}
        nonces = os.urandom(NONCE_BYTES * len(texts))  # one draw, a piece for each text
        sealed = []
        for n, (subject, plaintext) in enumerate(texts):
            key = keys[subject]
            if key is None or key.closed:
                raise SubjectForgotten(subject)
            nonce = nonces[n * NONCE_BYTES : (n + 1) * NONCE_BYTES]
            box = nonce + key.cipher.encrypt(nonce, plaintext.encode(), about[subject])
            sealed.append(_FORM + base64.urlsafe_b64encode(box).decode())
        return sealed

    async def open_many(self, district_id: UUID, texts: Sequence[tuple[str, str]]) -> list[str | Forgotten]:
        """Opens (subject, sealed) pairs in their order. Raises NotSealed."""
        keys = await self._keys(district_id, {subject for subject, _ in texts}, make=False)
        opened: list[str | Forgotten] = []
        for subject, sealed in texts:
            if subject not in keys:
                raise NotSealed(f"{subject} has no key")
            key = keys[subject]
            opened.append(
                Forgotten(subject) if key is None else _unseal(key.cipher, sealed, _about(district_id, subject))
            )
        return opened

    async def forget(self, district_id: UUID, subject: str) -> None:
        """Destroys the key, in every process, and leaves a tombstone; forgetting twice is once. The old row's bytes
        leave the disk with the database's next vacuum, and the backups with their own retention."""
        await self._change(_FORGET, district_id, subject, self._master.id)

    async def shut(self, district_id: UUID, subject: str) -> None:
        """From now on the subject's key opens what it sealed, and seals no more, in any process. A subject without a
        key gets one first."""
        await self._keys(district_id, {subject}, make=True)
        await self._change(_CLOSE, district_id, subject)

    async def _change(self, statement: str, district_id: UUID, *values: object) -> None:
        self._drop_all()
        async with self._db.system() as conn:
            await conn.execute(statement, district_id, *values)
            number = await self._holders.tell(conn)
        self._drop_all()
        await self._holders.confirmed(number)

    def _drop_all(self) -> None:
        self._forgettings += 1  # a read that is under way must not bring a key back
        self._cache.clear()

    async def _keys(self, district_id: UUID, subjects: set[str], *, make: bool) -> dict[str, _Key | None]:
        """The subjects' keys, None for the forgotten; those without a key are left out unless `make`."""
        found: dict[str, _Key | None] = {}
        now = time.monotonic()
        for subject in subjects if self._holders.leased else ():
            held = self._cache.get((district_id, subject))
            if held is not None and held[0] > now:
                self._cache.move_to_end((district_id, subject))
                found[subject] = held[1]
        missing = sorted(subjects - found.keys())
        if not missing:
            return found
        return found | await self._ask(district_id, missing, make=make)

    async def _ask(self, district_id: UUID, subjects: Sequence[str], *, make: bool) -> dict[str, _Key | None]:
        """What many ask for at the same moment is read together: when a round begins, every observer's first post
        needs a new key, and one by one over these few connections the last of them waited for seconds."""
        asked = self._asked.get((district_id, make))
        if asked is None:
            asked = self._asked[district_id, make] = _Asked()
            asked.task = asyncio.create_task(
                self._answer(district_id, asked, make=make), name="keys", context=contextvars.Context()
            )
        asked.subjects.update(subjects)
        assert asked.task is not None
        answer = await asyncio.shield(asked.task)
        return {s: answer[s] for s in subjects if s in answer}

    async def _answer(self, district_id: UUID, asked: _Asked, *, make: bool) -> dict[str, _Key | None]:
        async with self._turns:
            del self._asked[district_id, make]  # whoever comes from here on asks anew
            forgettings = self._forgettings
            until = time.monotonic() + self._cache_seconds
            subjects = sorted(asked.subjects)
            async with self._db.reader(district_id) as conn:
                rows = await conn.fetch(_READ, district_id, subjects)
            new = sorted(asked.subjects - {r["subject"] for r in rows}) if make else []
            if new:
                wrapped = [self._master.wrap(os.urandom(KEY_BYTES), _about(district_id, s)) for s in new]
                async with self._db.writer(district_id) as conn:
                    await conn.execute(_MAKE, district_id, new, wrapped, [self._master.id] * len(new))
                    rows += await conn.fetch(_READ, district_id, new)
            read = {r["subject"]: self._key(district_id, r) for r in rows}
            if forgettings == self._forgettings:
                self._keep(district_id, ((s, k) for s, k in read.items() if k is not None), until)
            return read

    def _key(self, district_id: UUID, row: Any) -> _Key | None:  # Any: asyncpg's Record is untyped
        if row["wrapped"] is None:
            return None
        cipher = AESGCM(self._master.unwrap(row["wrapped"], row["master_id"], _about(district_id, row["subject"])))
        return _Key(cipher, row["closed"])

    def _keep(self, district_id: UUID, keys: Iterable[tuple[str, _Key]], until: float) -> None:
        for subject, key in keys:
            self._cache[district_id, subject] = (until, key)
        while len(self._cache) > self._cache_size:
            self._cache.popitem(last=False)


def _about(district_id: UUID, subject: str) -> bytes:
    return district_id.bytes + subject.encode()


def _unseal(key: AESGCM, sealed: str, about: bytes) -> str:
    try:
        if not sealed.startswith(_FORM):
            raise NotSealed("not a sealed text")
        box = base64.urlsafe_b64decode(sealed[len(_FORM) :])
        return key.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], about).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise NotSealed("the text was sealed for another subject, or changed since") from error
