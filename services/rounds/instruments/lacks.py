"""What keeps a draft from being published, or what its readers will miss: in words, at its place. Pure."""

from __future__ import annotations

import re

from pydantic import BaseModel, Field

from services.rounds.instruments.documents import WITH_CHOICES
from services.rounds.instruments.drafts import Draft, DraftItem, DraftText, languages_of
from services.rounds.instruments.relevance import NOT_APPLICABLE, NOT_OBSERVED, items_of, never_asked

_ID = re.compile(r"^[a-z0-9][a-z0-9_-]{0,79}$")
_CODE = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_BUILT_IN = (NOT_OBSERVED, NOT_APPLICABLE)
_FEWEST_CHOICES = 2  # one choice asks nothing
_NAMES = {"en": ("English", "el inglés"), "es": ("Spanish", "el español")}


class Lack(BaseModel):
    """What keeps a draft from being published (`refuses`), or what its readers will miss."""

    where: str = Field(description="of the draft: items/0/choices/1/label")
    detail: str
    say: DraftText = Field(description="`detail` in both languages")
    refuses: bool = True


class _Found:
    """What was found so far."""

    def __init__(self) -> None:
        self.lacks: list[Lack] = []

    def at(self, where: str, en: str, es: str, *, refuses: bool = True) -> None:
        self.lacks.append(Lack(where=where, detail=en, say=DraftText(en=en, es=es), refuses=refuses))


def lacks(draft: Draft) -> list[Lack]:
    """All that is wrong or missing, at its place."""
    found = _Found()
    languages = languages_of(draft)
    _text(found, "title", draft.title, languages)
    if not draft.items:
        found.at("items", "The instrument has no item yet.", "El instrumento todavía no tiene ítems.")
    _ids(found, "groups", [g.id for g in draft.groups])
    _ids(found, "items", [i.id for i in draft.items])
    for n, group in enumerate(draft.groups):
        _text(found, f"groups/{n}/label", group.label, languages)
    groups = {g.id for g in draft.groups}
    for n, item in enumerate(draft.items):
        _item(found, f"items/{n}", item, groups, languages)
    _relevance(found, draft)
    return found.lacks


def _relevance(found: _Found, draft: Draft) -> None:
    ids = {i.id for i in draft.items}
    asked = [(f"groups/{n}", g.relevance) for n, g in enumerate(draft.groups)]
    of_group = {g.id: g.relevance for g in draft.groups}
    never = never_asked({i.id: (i.relevance, of_group.get(i.group)) for i in draft.items})
    for n, item in enumerate(draft.items):
        at = f"items/{n}/relevance"
        asked.append((f"items/{n}", item.relevance))
        if item.id in items_of(item.relevance):
            found.at(at, f"“{item.id}” is asked by its own answer.", f"«{item.id}» depende de su propia respuesta.")
        elif item.id in never:
            found.at(
                at,
                f"“{item.id}” is never asked: what it waits for waits for it, or is never asked either.",
                f"«{item.id}» no se pregunta nunca: lo que espera lo espera a él, o tampoco se pregunta.",
            )
    for place, relevance in asked:
        if gone := items_of(relevance) - ids:
            told = ", ".join(sorted(gone))
            found.at(
                f"{place}/relevance",
                f"It asks for “{told}”, which is not there.",
                f"Depende de «{told}», que no está.",
            )


def _ids(found: _Found, place: str, ids: list[str]) -> None:
    for n, id_ in enumerate(ids):
        if not _ID.match(id_):
            found.at(
                f"{place}/{n}/id",
                "An id has small letters, digits, “-” and “_” alone.",
                "Un id lleva solo minúsculas, cifras, «-» y «_».",
            )
        elif id_ in ids[:n]:
            found.at(f"{place}/{n}/id", f"“{id_}” is used twice.", f"«{id_}» se usa dos veces.")


def _item(found: _Found, at: str, item: DraftItem, groups: set[str], languages: tuple[str, ...]) -> None:
    _text(found, f"{at}/prompt", item.prompt, languages)
    if item.group and item.group not in groups:
        found.at(f"{at}/group", f"There is no group “{item.group}”.", f"No hay ningún grupo «{item.group}».")
    if item.kind in WITH_CHOICES:
        _choices(found, at, item, languages)
    if item.kind in ("count", "scale") and (item.maximum is None or item.maximum <= item.minimum):
        found.at(
            f"{at}/maximum",
            "The highest value must be above the lowest.",
            "El valor máximo debe ser mayor que el mínimo.",
        )
    if item.kind == "tally" and item.interval_seconds is None:
        found.at(
            f"{at}/interval_seconds",
            "Say how many seconds lie between two samples.",
            "Diga cuántos segundos hay entre dos muestras.",
        )


def _choices(found: _Found, at: str, item: DraftItem, languages: tuple[str, ...]) -> None:
    if len(item.choices) < _FEWEST_CHOICES:
        found.at(f"{at}/choices", "It needs at least two choices.", "Necesita al menos dos opciones.")
    codes = [c.code for c in item.choices]
    for n, choice in enumerate(item.choices):
        _text(found, f"{at}/choices/{n}/label", choice.label, languages)
        place = f"{at}/choices/{n}/code"
        if choice.code in _BUILT_IN:
            found.at(place, "Every item has this answer already.", "Todos los ítems tienen ya esta respuesta.")
        elif not _CODE.match(choice.code):
            found.at(
                place,
                "A code begins with a letter: a-z, 0-9 and “_” alone.",
                "Un código empieza con una letra: solo a-z, 0-9 y «_».",
            )
        elif choice.code in codes[:n]:
            found.at(place, f"“{choice.code}” is used twice.", f"«{choice.code}» se usa dos veces.")


def _text(found: _Found, at: str, text: DraftText, languages: tuple[str, ...]) -> None:
    if not text.en.strip() and not text.es.strip():
        found.at(at, "It has no words yet.", "Todavía no tiene texto.")
        return
    for language in languages:
        if not getattr(text, language).strip():
            en, es = _NAMES[language]
            found.at(
                f"{at}/{language}",
                f"{en} is missing: the other is shown.",
                f"Falta {es}: se muestra el otro.",
                refuses=False,
            )
