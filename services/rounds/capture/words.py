"""Statements' words, sealed before they reach the log and opened for those who may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID


class Words(Protocol):
    """`seal` and `open` keep the order of what they are given; None stands for words that were erased."""

    async def seal(self, district_id: UUID, subject: str, texts: Sequence[str]) -> list[str]: ...

    async def open(self, district_id: UUID, sealed: Mapping[str, Sequence[str]]) -> dict[str, list[str | None]]:
        """Opens by subject."""
        ...
