"""Statements' words, sealed before they reach the log and opened for those who may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from shared.errors import Unavailable
from shared.keys.master import KeysSettings
from shared.privacy import Forgotten, Privacy


class Words:
    """`start` opens the keys' database. Order is kept; None stands for words that were erased."""

    def __init__(self, settings: KeysSettings) -> None:
        self._settings = settings
        self._privacy: Privacy | None = None

    async def start(self) -> None:
        self._privacy = await Privacy.start(self._settings)

    async def close(self) -> None:
        if self._privacy is not None:
            await self._privacy.close()

    async def seal(self, district_id: UUID, subject: str, texts: Sequence[str]) -> list[str]:
        """Raises SubjectForgotten when the subject's words were erased."""
        return await self._open().seal_many(district_id, [(subject, t) for t in texts])

    async def reveal(self, district_id: UUID, sealed: Mapping[str, Sequence[str]]) -> dict[str, list[str | None]]:
        """Opens, by subject."""
        pairs = [(subject, box) for subject, boxes in sealed.items() for box in boxes]
        opened = iter(await self._open().open_many(district_id, pairs) if pairs else ())
        return {
            subject: [None if isinstance(words := next(opened), Forgotten) else words for _ in boxes]
            for subject, boxes in sealed.items()
        }

    async def forget(self, district_id: UUID, subject: str) -> None:
        """Destroys the subject's key: its words are gone from history, for good."""
        await self._open().forget(district_id, subject)

    def _open(self) -> Privacy:
        if self._privacy is None:
            raise Unavailable("The keys of the notes are not open yet.", mend="Try again in a moment.")
        return self._privacy
