"""Marks words that judge. It never blocks: the writer is nudged at the keyboard by the same lists
(`shared/judging.json`, web/lib/judging.ts), the team screens in debrief, and this only points.

Words inside quotation marks are what somebody said in the room, and so are facts. How often the marks are
right is measured on labelled sentences: tests/unit/rounds/test_judging.py.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).resolve().parents[3] / "shared" / "judging.json"
_RULES: Mapping[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
_QUOTED = re.compile(_RULES["quotes"])
_WORD = re.compile(r"[^\W_]+")


class Mark(NamedTuple):
    """Characters `start` to `end` of a statement judge; `kind` says how, in the words of shared/judging.json."""

    start: int
    end: int
    kind: str
    language: str


class _Language:
    def __init__(self, name: str, rules: Mapping[str, Any]) -> None:
        self.name = name
        self.words = {word: kind for kind, words in rules["words"].items() for word in words}
        self.phrases = [(p["kind"], re.compile(f" (?:{p['is'].rstrip()}) ", re.ASCII)) for p in rules["phrases"]]
        self.fine = re.compile(f" (?:{'|'.join(rules['fine'])})(?= )", re.ASCII)
        self._asked: dict[str, list[int]] = {}
        for n, phrase in enumerate(rules["phrases"]):
            for word in phrase["on"]:
                self._asked.setdefault(word, []).append(n)
        self.triggers = self.words.keys() | self._asked.keys()

    def phrases_of(self, words: AbstractSet[str]) -> list[tuple[str, re.Pattern[str]]]:
        """The phrases that can stand in a text of these words: each names words without which it cannot."""
        asked = {n for word in words & self._asked.keys() for n in self._asked[word]}
        return [self.phrases[n] for n in sorted(asked)]


_LANGUAGES = [_Language(name, rules) for name, rules in _RULES["languages"].items()]
_TRIGGERS = frozenset[str]().union(*(language.triggers for language in _LANGUAGES))
_SPACES = str.maketrans(dict.fromkeys(".,;:!?¡¿()[]{}\"'’‘“”«»…—–-/*_\t\n\r", " "))
_BETWEEN = "\0"


def judging(texts: Sequence[str]) -> list[bool]:
    """`judges` of each. What holds none of the words is found for all at once: so it is with most of a post."""
    lines = unicodedata.normalize("NFC", _BETWEEN.join(texts)).lower().translate(_SPACES).split(_BETWEEN)
    if len(lines) != len(texts):  # one has such a character itself
        return [bool(marks(words)) for words in texts]
    return [
        not _TRIGGERS.isdisjoint(line.split()) and bool(marks(words)) for line, words in zip(lines, texts, strict=True)
    ]


def judges(words: str) -> bool:
    """Whether a judging word or phrase of English or Spanish stands outside quotation marks."""
    return judging([words])[0]


def marks(words: str) -> list[Mark]:
    """Where the statement judges, in its order; two languages' marks of one place count once."""
    text = unicodedata.normalize("NFC", words)
    blank = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), text).lower()
    tokens = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(blank)]
    if len(blank) != len(text) or not tokens:  # a letter that is two in lower case: no places to tell
        tokens = [(m.group(), 0, len(text)) for m in _WORD.finditer(blank)]
    line = " ".join(t for t, _, _ in tokens)
    starts: dict[int, int] = {}
    at = 1
    for n, (token, _, _) in enumerate(tokens):
        starts[at] = n
        at += len(token) + 1
    found: dict[int, Mark] = {}
    present = {t for t, _, _ in tokens}
    for language in _LANGUAGES:
        phrases = language.phrases_of(present)
        if not phrases and language.words.keys().isdisjoint(present):
            continue
        # what is fine keeps its place, so that the others keep theirs
        padded = language.fine.sub(lambda m: " " + "\1" * (len(m.group()) - 1), f" {line} ")
        for at, n in starts.items():
            token, start, end = tokens[n]
            kind = language.words.get(token)
            if kind is not None and padded[at] != "\1":
                found.setdefault(start, Mark(start, end, kind, language.name))
        for kind, phrase in phrases:
            for m in phrase.finditer(padded):
                first, last = starts[m.start() + 1], _last(starts, m.end() - 1)
                found.setdefault(tokens[first][1], Mark(tokens[first][1], tokens[last][2], kind, language.name))
    return [found[start] for start in sorted(found)]


def _last(starts: Mapping[int, int], end: int) -> int:
    """The token that ends before place `end` of the line."""
    return max(n for at, n in starts.items() if at < end)
