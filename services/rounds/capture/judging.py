"""A first, small mark of judging words. It never blocks: the team screens in debrief, this only points.

Words inside quotation marks are what somebody said in the room, and so are facts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_JUDGING = frozenset(
    # English
    "good great excellent wonderful nice amazing strong poor bad weak terrible boring lazy effective effectively "
    "ineffective ineffectively well poorly appropriate appropriately inappropriate inappropriately should shouldn "
    "ought lacks lacked unfortunately "
    # Spanish
    "bueno buena buenos buenas excelente excelentes maravilloso maravillosa maravillosos maravillosas malo mala malos "
    "malas débil débiles pésimo pésima pésimos pésimas aburrido aburrida aburridos aburridas perezoso perezosa eficaz "
    "ineficaz eficiente bien mal adecuado adecuada inadecuado inadecuada debería deberían lamentablemente demasiado "
    "demasiada".split()
)
_PHRASES = frozenset({"needs", "need", "failed", "too", "tendría", "hay", "necesita", "falta"})
"""Words that judge only in a phrase."""

_IN_PHRASE = re.compile(
    r"(?<!\w)(?:needs? to|failed to|too (?:much|many|little|few|slow(?:ly)?|fast|long|short)"
    r"|tendría que|hay que|necesita mejorar|falta de)(?!\w)"
)
_SPACES = str.maketrans(dict.fromkeys(".,;:!?¡¿()[]{}\"'’‘“”«»…—–-/*_\t\n\r", " "))
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")


def judging(texts: Sequence[str]) -> list[bool]:
    """`judges` of each. All are looked through at once first: most posts hold no such word at all."""
    found = "\n".join(texts).lower().translate(_SPACES).split()
    if _JUDGING.isdisjoint(found) and _PHRASES.isdisjoint(found):
        return [False] * len(texts)
    return [judges(words) for words in texts]


def judges(words: str) -> bool:
    """Whether a judging word of English or Spanish stands outside quotation marks."""
    text = words.lower()
    if '"' in text or "“" in text or "«" in text:
        text = _QUOTED.sub(" ", text)
    found = text.translate(_SPACES).split()
    if not _JUDGING.isdisjoint(found):
        return True
    return not _PHRASES.isdisjoint(found) and _IN_PHRASE.search(text) is not None
