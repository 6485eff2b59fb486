"""A draft as its author writes it, and what it lacks before it can be published. Pure."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.rounds.instruments.documents import WITH_CHOICES, Instrument, Kind
from services.rounds.instruments.relevance import Relevance, items_of, never_asked

KEY = re.compile(r"^[a-z][a-z0-9-]{1,58}[a-z0-9]$")
_ID = re.compile(r"^[a-z0-9][a-z0-9_-]{0,79}$")
_CODE = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_BUILT_IN = ("not_observed", "not_applicable")
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


class Lack(BaseModel):
    """What keeps a draft from being published (`refuses`), or what its readers will miss."""

    where: str
    detail: str
    refuses: bool = True


def lacks(draft: Draft) -> list[Lack]:
    """All that is wrong or missing, at its place."""
    found: list[Lack] = []
    languages = languages_of(draft)
    _text(found, "title", draft.title, languages)
    if not draft.items:
        found.append(Lack(where="items", detail="The instrument has no item yet."))
    _ids(found, "groups", [g.id for g in draft.groups])
    _ids(found, "items", [i.id for i in draft.items])
    for n, group in enumerate(draft.groups):
        _text(found, f"groups/{n}/label", group.label, languages)
    groups, ids = {g.id for g in draft.groups}, {i.id for i in draft.items}
    for n, item in enumerate(draft.items):
        _item(found, f"items/{n}", item, groups, languages)
    asked = [(f"groups/{n}", g.relevance) for n, g in enumerate(draft.groups)]
    of_group = {g.id: g.relevance for g in draft.groups}
    never = never_asked({i.id: (i.relevance, of_group.get(i.group)) for i in draft.items})
    for n, item in enumerate(draft.items):
        asked.append((f"items/{n}", item.relevance))
        if item.id in items_of(item.relevance):
            found.append(Lack(where=f"items/{n}/relevance", detail=f"“{item.id}” is asked by its own answer."))
        elif item.id in never:
            told = f"“{item.id}” is never asked: what it waits for waits for it, or is never asked either."
            found.append(Lack(where=f"items/{n}/relevance", detail=told))
    for place, relevance in asked:
        if gone := items_of(relevance) - ids:
            told = ", ".join(sorted(gone))
            found.append(Lack(where=f"{place}/relevance", detail=f"It asks for “{told}”, which is not there."))
    return found


def _ids(found: list[Lack], place: str, ids: list[str]) -> None:
    for n, id_ in enumerate(ids):
        if not _ID.match(id_):
            found.append(Lack(where=f"{place}/{n}/id", detail="An id has small letters, digits, “-” and “_” alone."))
        elif id_ in ids[:n]:
            found.append(Lack(where=f"{place}/{n}/id", detail=f"“{id_}” is used twice."))


def _item(found: list[Lack], at: str, item: DraftItem, groups: set[str], languages: tuple[str, ...]) -> None:
    _text(found, f"{at}/prompt", item.prompt, languages)
    if item.group and item.group not in groups:
        found.append(Lack(where=f"{at}/group", detail=f"There is no group “{item.group}”."))
    if item.kind in WITH_CHOICES:
        if len(item.choices) < 2:  # one choice asks nothing
            found.append(Lack(where=f"{at}/choices", detail="It needs at least two choices."))
        codes = [c.code for c in item.choices]
        for n, choice in enumerate(item.choices):
            _text(found, f"{at}/choices/{n}/label", choice.label, languages)
            if choice.code in _BUILT_IN:
                found.append(Lack(where=f"{at}/choices/{n}/code", detail="Every item has this answer already."))
            elif not _CODE.match(choice.code):
                found.append(
                    Lack(where=f"{at}/choices/{n}/code", detail="A code begins with a letter: a-z, 0-9 and “_” alone.")
                )
            elif choice.code in codes[:n]:
                found.append(Lack(where=f"{at}/choices/{n}/code", detail=f"“{choice.code}” is used twice."))
    if item.kind in ("count", "scale") and (item.maximum is None or item.maximum <= item.minimum):
        found.append(Lack(where=f"{at}/maximum", detail="The highest value must be above the lowest."))
    if item.kind == "tally" and item.interval_seconds is None:
        found.append(Lack(where=f"{at}/interval_seconds", detail="Say how many seconds lie between two samples."))


def _text(found: list[Lack], at: str, text: DraftText, languages: tuple[str, ...]) -> None:
    if not text.en.strip() and not text.es.strip():
        found.append(Lack(where=at, detail="It has no words yet."))
        return
    for language in languages:
        if not getattr(text, language).strip():
            name = {"en": "English", "es": "Spanish"}[language]
            found.append(
                Lack(where=f"{at}/{language}", detail=f"{name} is missing: the other is shown.", refuses=False)
            )


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
