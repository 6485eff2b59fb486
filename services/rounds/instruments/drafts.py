"""A draft as its author writes it, and the version that it becomes. Pure. What it lacks: `lacks.py`."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.rounds.instruments.documents import WITH_CHOICES, Instrument, Kind
from services.rounds.instruments.relevance import Relevance

KEY = re.compile(r"^[a-z][a-z0-9-]{1,58}[a-z0-9]$")
LANGUAGES = ("en", "es")
MOST_GROUPS, MOST_ITEMS, MOST_CHOICES = 60, 300, 100
LONGEST_TEXT = 1000  # characters
INTERVAL = (5, 3600)  # seconds between two samples


class _Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DraftText(_Draft):
    en: str = Field(default="", max_length=LONGEST_TEXT)
    es: str = Field(default="", max_length=LONGEST_TEXT)


class DraftChoice(_Draft):
    code: str = Field(default="", max_length=80)
    label: DraftText = DraftText()


class DraftGroup(_Draft):
    id: str = Field(default="", max_length=80)
    label: DraftText = DraftText()
    relevance: Relevance | None = None


class DraftItem(_Draft):
    id: str = Field(default="", max_length=80)
    kind: Kind = "choice"
    prompt: DraftText = DraftText()
    hint: DraftText | None = None
    group: str = Field(default="", max_length=80)
    core_element: Literal["teacher", "student", "content", "task"] | None = None
    choices: tuple[DraftChoice, ...] = Field(default=(), max_length=MOST_CHOICES)
    minimum: int = Field(default=0, ge=0, le=9999)
    maximum: int | None = Field(default=None, ge=0, le=9999)
    interval_seconds: int | None = Field(default=None, ge=INTERVAL[0], le=INTERVAL[1])
    required: bool = False
    relevance: Relevance | None = None


class Draft(_Draft):
    """An instrument that is being written."""

    title: DraftText = DraftText()
    description: DraftText = DraftText()
    groups: tuple[DraftGroup, ...] = Field(default=(), max_length=MOST_GROUPS)
    items: tuple[DraftItem, ...] = Field(default=(), max_length=MOST_ITEMS)


def languages_of(draft: Draft) -> tuple[Literal["en", "es"], ...]:
    """The languages of the title; of English when it has none."""
    told: list[Literal["en", "es"]] = []
    if draft.title.en.strip():
        told.append("en")
    if draft.title.es.strip():
        told.append("es")
    return tuple(told) or ("en",)


def instrument_of(draft: Draft, key: str, version: int) -> Instrument:
    """The draft as a version. What is irrelevant to an item's kind is left out; raises ValidationError for what
    `lacks` should have named."""
    items = []
    for item in draft.items:
        body = item.model_dump(mode="json")
        body["prompt"] = _both(item.prompt)
        body["hint"] = _both(item.hint) if item.hint and (item.hint.en.strip() or item.hint.es.strip()) else None
        body["choices"] = (
            [{"code": c.code, "label": _both(c.label)} for c in item.choices] if item.kind in WITH_CHOICES else []
        )
        if item.kind not in ("count", "scale"):
            body["minimum"], body["maximum"] = 0, None
        if item.kind != "tally":
            body["interval_seconds"] = None
        items.append(body)
    return Instrument.model_validate(
        {
            "key": key,
            "version": version,
            "title": _both(draft.title),
            "description": _both(draft.description) or _both(draft.title),
            "languages": languages_of(draft),
            "groups": [g.model_dump(mode="json") | {"label": _both(g.label)} for g in draft.groups],
            "items": items,
        }
    )


def _both(text: DraftText) -> dict[str, str]:
    en, es = text.en.strip(), text.es.strip()
    return {"en": en or es, "es": es or en} if en or es else {}


def draft_of(instrument: Instrument) -> Draft:
    """A published version as the beginning of the next one, or of another instrument."""
    body: dict[str, Any] = instrument.model_dump(mode="json", include={"title", "description", "groups", "items"})
    named = {g.id for g in instrument.groups}
    for id_ in dict.fromkeys(i.group for i in instrument.items if i.group and i.group not in named):
        body["groups"].append({"id": id_, "label": {"en": id_.replace("-", " ").capitalize(), "es": ""}})
    try:
        return Draft.model_validate(body)
    except ValidationError as error:  # a shipped document is stricter than a draft
        raise AssertionError(instrument.key) from error
