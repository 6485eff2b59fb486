"""Whether feedback is specific (cites what was seen) and actionable (a next step with a day). Pure.

Told as problems with their places; nobody is kept from saving a draft.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.rounds.capture.judging import judges
from services.rounds.cycles.walk import both
from services.rounds.protocols.model import Bilingual

_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice|nobody|no one|none|no student|one student"
    "|a third|a quarter|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|mitad|un tercio|nadie|ning[uú]n[oa]?"
    "|un[oa]? (?:de|alumn[oa]|niñ[oa])"
)
_QUOTED = r"\"[^\"]{2,}\"|“[^”]{2,}”|«[^»]{2,}»|(?<!\w)['‘][^'‘’]{2,}['’](?!\w)"
_CITES = re.compile(rf"{_QUOTED}|\d|\b(?:{_NUMBERS})\b", re.IGNORECASE)
_MOST = re.compile(  # counts by word, of people or what they hold; only where nothing judges beside it
    r"\b(?:all|every|each|most|many|several|few|some) (?:of )?(?:the |these )?"
    r"(?:students?|pairs?|groups?|tables?|children|hands?|notebooks?)\b"
    r"|\b(?:tod[oa]s?|cada|la mayoría(?: de)?|much[oa]s|vari[oa]s|algun[oa]s) (?:l[oa]s )?"
    r"(?:alumn|estudiant|niñ|parej|grupo|mesa|man[oa])"
    r"|\bla mayoría\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(  # places and marks out of ten are numbers that count nothing
    r"\b(?:room|grade|period|class|unit|aula|sal[oó]n|grado|curso|unidad) \d+\w*|\b10\s*/\s*10\b"
    r"|\b(?:lección|clase) de (?:10|diez)\b|\b(?:\d|ten|five) (?:stars?|estrellas?)\b"
    r"|\b(?:\d+|eight|nine|ten|ocho|nueve|diez) (?:out of|sobre|de) (?:10|100|ten|diez)(?=\W*$|[.,;!]| for\b| para\b)"
    r"|\bonce (?=students|the|you|they|we|he|she|it|all|every|each|that|this|there|your|most|everybody)"  # no eleven
    r"|\bun[oa] de l[oa]s (?:mejores|peores|más)\b",
    re.IGNORECASE,
)
_SWEEPING = re.compile(
    r"\b(good|great|nice|excellent|amazing|wonderful|perfect|poor|bad|weak|boring) (job|work|lesson|class|teaching)\b"
    r"|\b(you always|you never|you should have|well done|keep it up)\b"
    r"|\b(buen[ao]?|gran|excelente|mal[ao]?) (trabajo|clase|lección)\b"
    r"|\b(usted siempre|usted nunca|debería haber|muy bien hecho|siga así)\b",
    re.IGNORECASE,
)
_ASKED = (
    "please |you should |you could |try to |remember to |por favor,? |(?:usted )?debería |(?:trat|intent)(?:ar|e) de "
)
_VAGUE = re.compile(  # says in which direction, and not what to do
    rf"^\W*(?:{_ASKED})*"
    r"(?:try harder|improve|increase|raise|strengthen|develop|be (?:more|better|aware)|(?:keep )?work(?:ing)? on"
    r"|keep|continue|think (?:more )?about|reflect on|focus on|consider|try|look (?:at|into)"
    r"|mejor(?:ar|e)|aument(?:ar|e)|reforzar|refuerce|desarroll(?:ar|e)|s(?:er|ea) (?:más|mejor)"
    r"|(?:seguir|siga|continuar|continúe)(?: \w+ndo)?|trabaj(?:ar|e)(?: en)?|reflexion(?:ar|e)|piens[ae]|pensar"
    r"|esforzarse|esfuércese|enfocarse|considerar|considere)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:better|stronger|more|mejor(?:es)?|más|mayor)\b", re.IGNORECASE)
_HOW = re.compile(  # with whom, when, how often or by what
    rf"{_CITES.pattern}|\b(?:each|every|before|after|when|until|once|by \w+ing|(?:mon|tues|wednes|thurs|fri)day"
    r"|cada|antes de|después de|cuando|hasta|una vez|\w+[aei]ndo|lunes|martes|miércoles|jueves|viernes)\b",
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
    if not cites(evidence):
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
    if not says_what_to_do(step):
        found.append((place + "step", both(
            "Not actionable yet: say what to do, in which lesson or with whom.",
            "Aún no es accionable: diga qué hacer, en qué clase o con quién.",
        )))  # fmt: skip
    if by is not None and not today <= date.fromisoformat(by) <= today + _LONGEST:
        found.append((place + "by", both(
            "The day to try it by lies within the coming year.", "El día para probarlo está en el próximo año."
        )))  # fmt: skip
    return found


def cites(evidence: str) -> bool:
    """Whether it stands on something seen or heard: words in quotes, a count, a minute."""
    counted = _NO_COUNT.sub("", evidence)
    return bool(_CITES.search(counted)) or (bool(_MOST.search(counted)) and not judges(counted))


def bare_direction(words: str) -> bool:
    """Whether it says where to ("improve student talk"), and neither when, with whom nor how."""
    vague = _VAGUE.match(words)
    return vague is not None and not _HOW.search(words, vague.end())


def says_what_to_do(step: str) -> bool:
    """Whether it is an act; a direction ("improve ...", "more ...") needs a when, a whom or a how."""
    if len(step.split()) < _LEAST_WORDS:
        return False
    vague = _VAGUE.match(step)
    return bool(_HOW.search(step, vague.end() if vague else 0)) or not (vague or _MORE.search(step))
