"""Statements' words, sealed before they reach the log and opened for those who may read them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from shared.database import Database
from shared.errors import Unavailable
from shared.keys.master import KeysSettings
from shared.privacy import Forgotten, Privacy, SubjectForgotten
from shared.said import say


class Words:
    """`start` opens the keys' database. Order is kept; None stands for words that were erased.

    When one statement's words are erased, its observer's key of the round is destroyed, and what stays is sealed again
    under the key's next generation, in a table beside the log (docs/adr/0010). A box says its generation: "2~..."."""

    def __init__(self, settings: KeysSettings) -> None:
        self._settings = settings
        self._privacy: Privacy | None = None
        self._db: Database | None = None

    async def start(self) -> None:
        self._privacy = await Privacy.start(self._settings)

    async def close(self) -> None:
        if self._privacy is not None:
            await self._privacy.close()

    def beside(self, db: Database) -> None:
        """Where the words that were sealed again are kept."""
        self._db = db

    async def seal(self, district_id: UUID, subject: str, texts: Sequence[str]) -> list[str]:
        """Raises SubjectForgotten when the subject's words were erased."""
        try:
            return await self._open().seal_many(district_id, [(subject, t) for t in texts])
        except SubjectForgotten:
            generation = await self._generation(district_id, subject)
            if generation < 2:  # the key itself was the first
                raise
        return await self._seal_as(district_id, subject, generation, texts)

    async def _seal_as(self, district_id: UUID, subject: str, generation: int, texts: Sequence[str]) -> list[str]:
        boxes = await self._open().seal_many(district_id, [(f"{subject}~{generation}", t) for t in texts])
        return [f"{generation}~{box}" for box in boxes]

    async def _generation(self, district_id: UUID, subject: str) -> int:
        if self._db is None:
            return 1
        async with self._db.reader(district_id) as conn:
            found = await conn.fetchval("select generation from word_keys where subject = $1", subject)
        return int(found or 1)

    async def reveal(self, district_id: UUID, sealed: Mapping[str, Sequence[str]]) -> dict[str, list[str | None]]:
        """Opens, by subject."""
        pairs = [_under(subject, box) for subject, boxes in sealed.items() for box in boxes]
        opened = await self._open().open_many(district_id, pairs) if pairs else []
        words: list[str | None] = [None if isinstance(o, Forgotten) else o for o in opened]
        gone = [n for n, w in enumerate(words) if w is None]
        if gone and self._db is not None:
            given = [(subject, box) for subject, boxes in sealed.items() for box in boxes]
            hashes = {n: _hash(given[n][1]) for n in gone}
            async with self._db.reader(district_id) as conn:
                rows = await conn.fetch(
                    "select hash, box from resealed_words where hash = any($1)", list(hashes.values())
                )
            again = {r["hash"]: r["box"] for r in rows}
            kept = [n for n in gone if hashes[n] in again]
            reopened = await self._open().open_many(district_id, [_under(given[n][0], again[hashes[n]]) for n in kept])
            for n, one in zip(kept, reopened, strict=True):
                words[n] = None if isinstance(one, Forgotten) else one
        told = iter(words)
        return {subject: [next(told) for _ in boxes] for subject, boxes in sealed.items()}

    async def next_key(self, district_id: UUID, subject: str) -> int:
        """Begins to turn the subject's key: from now on every process seals new words under the next one, and the
        old one only opens. Answers the generation."""
        if self._db is None:
            raise Unavailable(say("rounds.words_without_table"))
        before = await self._generation(district_id, subject)
        async with self._db.writer(district_id) as conn:
            await conn.execute(
                "insert into word_keys (district_id, subject, generation) values ($1, $2, $3) "
                "on conflict (district_id, subject) do update set generation = excluded.generation",
                district_id,
                subject,
                before + 1,
            )
        await self._open().shut(district_id, _named(subject, before))
        return before + 1

    async def reseal(self, district_id: UUID, subject: str, generation: int, boxes: Sequence[str]) -> None:
        """Seals the words of `boxes` again under the subject's key of this generation, beside the log."""
        assert self._db is not None
        plain = (await self.reveal(district_id, {subject: boxes}))[subject]
        left = [(box, words) for box, words in zip(boxes, plain, strict=True) if words is not None]
        again = await self._seal_as(district_id, subject, generation, [words for _, words in left])
        async with self._db.writer(district_id) as conn:
            await conn.executemany(
                "insert into resealed_words (district_id, subject, hash, box) values ($1, $2, $3, $4) "
                "on conflict (district_id, hash) do update set box = excluded.box",
                [(district_id, subject, _hash(box), new) for (box, _), new in zip(left, again, strict=True)],
            )

    async def turn(self, district_id: UUID, subject: str, generation: int) -> None:
        """Destroys the subject's keys before this generation: all of them, as a crash may have left one."""
        for before in range(1, generation):
            await self._open().forget(district_id, _named(subject, before))

    async def forget_all(self, district_id: UUID, subject: str) -> None:
        """Destroys every key of the subject, and what was sealed again under them: a person is erased."""
        generation = await self._generation(district_id, subject)
        for n in range(2, generation + 1):
            await self._open().forget(district_id, f"{subject}~{n}")
        await self.forget(district_id, subject)
        if self._db is not None:
            async with self._db.writer(district_id) as conn:
                await conn.execute("delete from resealed_words where subject = $1", subject)

    async def forget(self, district_id: UUID, subject: str) -> None:
        """Destroys the subject's key: its words are gone from history, for good."""
        await self._open().forget(district_id, subject)

    def _open(self) -> Privacy:
        if self._privacy is None:
            raise Unavailable(say("rounds.keys_closed"), mend=say("errors.try_soon"))
        return self._privacy


def _named(subject: str, generation: int) -> str:
    return subject if generation == 1 else f"{subject}~{generation}"


def _under(subject: str, box: str) -> tuple[str, str]:
    """The subject whose key opens the box, and the box as that key knows it."""
    generation, mark, rest = box.partition("~")
    return (f"{subject}~{generation}", rest) if mark and generation.isdigit() else (subject, box)


def _hash(box: str) -> bytes:
    return hashlib.sha256(box.encode()).digest()
