"""Whether feedback is specific (cites what was seen) and actionable (a next step with a day). Pure.

Told as problems with their places; nobody is kept from saving a draft.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.rounds.cycles.walk import both
from services.rounds.protocols.model import Bilingual

_CITES = re.compile(r"""\d|["“”«»'‘’].{2,}["“”«»'‘’]""", re.DOTALL)
_SWEEPING = re.compile(
    r"\b(good|great|nice|excellent|amazing|wonderful|perfect|poor|bad|weak|boring) (job|work|lesson|class|teaching)\b"
    r"|\b(you always|you never|you should have|well done|keep it up)\b"
    r"|\b(buen[ao]?|gran|excelente|mal[ao]?) (trabajo|clase|lección)\b"
    r"|\b(usted siempre|usted nunca|debería haber|muy bien hecho|siga así)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^\s*(try harder|improve|be (more|better)|work on it|continue|keep going"
    r"|mejorar|mejore|seguir así|continúe)\b[^,;]{0,25}$",
    re.IGNORECASE,
)
_LEAST_WORDS = 4
_LONGEST = timedelta(days=366)
Found = tuple[str, Bilingual]


def weak_points(values: Mapping[str, Any], today: date) -> list[Found]:
    """What keeps the points of a feedback from being specific and actionable, each with its place."""
    found: list[Found] = []
    points: Sequence[Mapping[str, Any]] = values.get("points", ())
    for n, point in enumerate(points):
        found += _point(point, f"points/{n}/", today)
    return found


def _point(point: Mapping[str, Any], place: str, today: date) -> list[Found]:
    found: list[Found] = []
    evidence, step, by = point.get("evidence", ""), point.get("step", ""), point.get("by")
    if not _CITES.search(evidence):
        found.append((place + "evidence", both(
            "Not specific yet: cite a note, with words in quotes, a count or a minute.",
            "Aún no es concreto: cite una nota, con palabras entre comillas, un recuento o un minuto.",
        )))  # fmt: skip
    for name, text in (("evidence", evidence), ("step", step)):
        if (sweeping := _SWEEPING.search(text)) is not None:
            found.append((place + name, both(
                f"“{sweeping.group()}” judges: say what was seen, or what to do.",
                f"«{sweeping.group()}» juzga: diga qué se vio o qué hacer.",
            )))  # fmt: skip
    if len(step.split()) < _LEAST_WORDS or _VAGUE.search(step):
        found.append((place + "step", both(
            "Not actionable yet: say what to do, in which lesson or with whom.",
            "Aún no es accionable: diga qué hacer, en qué clase o con quién.",
        )))  # fmt: skip
    if by is not None and not today <= date.fromisoformat(by) <= today + _LONGEST:
        found.append((place + "by", both(
            "The day to try it by lies within the coming year.", "El día para probarlo está en el próximo año."
        )))  # fmt: skip
    return found
