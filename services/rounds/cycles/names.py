"""Words that look like somebody's name, in protocols whose students are letters: the writer is told, nobody is blocked.
The lists and the rule are those of the keyboard (`shared/judging.json`, web/lib/judging.ts). Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from services.rounds.protocols.model import Artefact, PlainField, Protocol

_FILE = Path(__file__).resolve().parents[3] / "shared" / "judging.json"
_RULES: Mapping[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
_GIVEN = frozenset(_RULES["names"]["given"])
_NOT = frozenset(word for words in _RULES["names"]["not"].values() for word in words)
_TITLES = frozenset(_RULES["names"]["titles"])
_QUOTED = re.compile(_RULES["quotes"])
_TITLE = re.compile(rf"\b({'|'.join(_RULES['names']['titles'])})\.", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?:;\n])\s+")
_PARTS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*\.?|\d+")
_OWN = re.compile(r"['’]s$")


def names(words: str) -> Sequence[str]:
    """A given name with a capital letter anywhere, or a capital inside a sentence that is no day, subject or place."""
    found: dict[str, None] = {}
    for sentence in _SENTENCES.split(_TITLE.sub(r"\1", _QUOTED.sub(" ", words))):
        parts = _PARTS.findall(sentence)
        for n, part in enumerate(parts):
            word = part.removesuffix(".")
            low = unicodedata.normalize("NFC", _OWN.sub("", word.lower()))
            if not (word[:1].isupper() and word[1:2].islower()) or low in _NOT:
                continue
            titled = n > 0 and parts[n - 1].lower().replace(".", "", 1) in _TITLES
            if _plain(low) in _GIVEN or titled or (n > 0 and low not in _TITLES):
                found[_OWN.sub("", word)] = None
    return list(found)


def named(protocol: Protocol, kind: Artefact, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The places of the note's free text that seem to name somebody, each with the name; none where the protocol has
    no students by letter."""
    if any(f.kind == "alias" for a in protocol.artefacts for f in _all(a)):
        yield from _named(kind.fields, values, "")


def _named(fields: Sequence[PlainField], values: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = values.get(field.id)
        if field.kind in ("words", "text") and isinstance(value, str):
            yield from ((place + field.id, name) for name in names(value))
        elif field.kind == "items":
            for n, item in enumerate(value or ()):
                yield from _named(getattr(field, "fields", ()), item, f"{place}{field.id}/{n}/")


def _all(artefact: Artefact) -> Iterator[PlainField]:
    for field in artefact.fields:
        yield field
        yield from field.fields


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
