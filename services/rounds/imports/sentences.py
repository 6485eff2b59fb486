"""From a cell of notes to statements: one sentence, one statement, without anybody's name or address.

Sentences are found by `sentencex` (rules per language, from the Wikimedia Foundation); a boundary that
is not followed by white space ("CCSS.MATH.CONTENT.4.NF.C.7") is none. A line break always is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sentencex import segment

LONGEST = 2000  # characters, as for statements that are typed
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)])\s+")
_TWICE = re.compile(r"the observer(?:[\s,]+the observer)+")
_PARTS = re.compile(r"[\s,;/]+")
_SAYS_SOMETHING = re.compile(r"\w.*\w", re.DOTALL)


def statements(cell: str, names: Sequence[str], raters: Sequence[str] = (), language: str = "en") -> list[str]:
    """The sentences of `cell`; `names` (the teacher's) become "the teacher", those of `raters` "the observer", e-mail
    addresses are taken out."""
    return [s for line in cell.splitlines() for s in _sentences(_cleansed(line, names, raters), language)]


def _sentences(line: str, language: str) -> Iterator[str]:
    held = ""
    for piece in segment(language, _BULLET.sub("", line)):
        held += piece
        if held[-1:].isspace():
            yield from _fit(held)
            held = ""
    yield from _fit(held)


def _fit(sentence: str) -> Iterator[str]:
    """Nothing of a sentence is lost when it is longer than a statement may be."""
    sentence = " ".join(sentence.split())
    while len(sentence) > LONGEST:
        cut = sentence.rfind(" ", 0, LONGEST) if " " in sentence[:LONGEST] else LONGEST
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    if _SAYS_SOMETHING.search(sentence):
        yield sentence


def _cleansed(line: str, names: Sequence[str], raters: Sequence[str]) -> str:
    line = _ADDRESS.sub("(address removed)", line)
    people = {n.strip(): "the teacher" for n in names}
    for rater in raters:  # whole, and in parts: "Roe, Jane" is written as Jane Roe too
        people = dict.fromkeys((rater.strip(), *_PARTS.split(rater)), "the observer") | people
    for name in sorted(people, key=len, reverse=True):
        if len(name) > (1 if people[name] == "the teacher" else 2):
            # As a name is written, so that "will" and "grace" stay words.
            written = "|".join(re.escape(way) for way in (name, name.title(), name.upper()))
            line = re.sub(rf"(?<!\w)(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr)\.?\s+)?(?:{written})(?!\w)", people[name], line)
    return _TWICE.sub("the observer", line)
