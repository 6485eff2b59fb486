"""The released words of a round, asked of the rounds service with the caller's own session, and never kept.

Reporting has no words of its own and stores none of these: they are put on the page that the caller asked for.
What the caller may not read, rounds does not give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from fastapi import Request

from shared.errors import Unavailable
from shared.http import ACCESS_COOKIE
from shared.said import say
from shared.wording import Language

_REFUSED = (403, 404)
_TIMEOUT = 10.0  # seconds

# The bodies are another service's JSON, read loosely: a field that is not there is not shown.
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoundWords:
    """`synthesis`: None when the caller may read the figures but not the words."""

    synthesis: Body | None = None
    items: Mapping[str, Body] = field(default_factory=dict)

    def subject(self, definition: str, subject: str, language: Language) -> str:
        """The name of a focus question or look-for; the code itself where there is none."""
        if definition.startswith("focus_question"):
            asked = (self.synthesis or {}).get("focus_questions", ())
            return next((str(q["words"]) for q in asked if q["focus_question_id"] == subject), subject)
        prompt = self.items.get(subject, {}).get("prompt") or {}
        return str(prompt.get(language) or subject)

    def answer(self, look_for: str, code: str, language: Language) -> str:
        for choice in self.items.get(look_for, {}).get("choices") or ():
            if choice["code"] == code:
                return str(choice["label"].get(language) or code)
        return code


class RoundsWords:
    """`url`: the rounds service, "http://127.0.0.1:8000/api/rounds"."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def of(self, request: Request, round_id: UUID, release: int, instrument: str, version: int) -> RoundWords:
        """Raises Unavailable when rounds does not answer: a page without its words would be another page."""
        words, items = await self._asked(
            request, f"/rounds/{round_id}/synthesis?release={release}", f"/instruments/{instrument}/{version}"
        )
        return RoundWords(words["synthesis"] if words else None, _by_id(items))

    async def of_instruments(
        self, request: Request, instruments: Iterable[tuple[str, int]]
    ) -> dict[tuple[str, int], RoundWords]:
        """The words of each (key, version). Raises Unavailable."""
        keys = sorted(set(instruments))
        found = await self._asked(request, *(f"/instruments/{key}/{version}" for key, version in keys))
        return {key: RoundWords(items=_by_id(body)) for key, body in zip(keys, found, strict=True)}

    async def _asked(self, request: Request, *paths: str) -> list[Body | None]:
        """The body of each, None of what the caller may not read. Raises Unavailable."""
        headers = {}
        if sent := request.headers.get("authorization"):
            headers["Authorization"] = sent
        cookie = request.cookies.get(ACCESS_COOKIE)
        cookies = {ACCESS_COOKIE: cookie} if cookie else None
        try:
            async with httpx.AsyncClient(headers=headers, cookies=cookies, timeout=_TIMEOUT, trust_env=False) as http:
                answers = [await http.get(f"{self._url}{path}") for path in paths]
        except httpx.HTTPError as error:
            raise _silent() from error
        if any(a.status_code >= 400 and a.status_code not in _REFUSED for a in answers):
            raise _silent()
        return [a.json() if a.is_success else None for a in answers]


def _by_id(instrument: Body | None) -> dict[str, Body]:
    return {i["id"]: i for i in instrument["items"]} if instrument else {}


def _silent() -> Unavailable:
    return Unavailable(say("reporting.no_words"), mend=say("errors.try_soon"))
