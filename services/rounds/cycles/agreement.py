"""The agreement that everybody signs: goals that are specific and dated, norms, what is out of bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, Field

from services.rounds.cycles.feedback import bare_direction
from services.rounds.cycles.forms import Found, NotFilledIn
from services.rounds.cycles.walk import both

LEAST_WORDS, LEAST_WORDS_OF_SIGN = 4, 3
LONGEST = timedelta(days=2 * 366)


class Goal(BaseModel):
    """`what` will be different, the `sign` by which it will be known, and the day `by` which."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    what: str = Field(max_length=600)
    sign: str = Field(max_length=600)
    by: date


class AgreementBody(BaseModel):
    """`norms`: the protocol's by place, as they are kept or left out, and own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    goals: tuple[Goal, ...] = Field(max_length=6)
    norms: tuple[int, ...] = Field(default=(), max_length=12, description="places of the protocol's norms, from 0")
    own_norms: tuple[str, ...] = Field(default=(), max_length=12)
    out_of_bounds: str = Field(default="", max_length=2000)
    confidentiality: str = Field(default="", max_length=2000, description="beyond what the product keeps anyway")


def check(body: AgreementBody, today: date, norms: int) -> AgreementBody:
    """Raises NotFilledIn for goals that are not specific or not dated."""
    found: list[Found] = []
    if not body.goals:
        found.append(("goals", both("An agreement has at least one goal.", "Un acuerdo tiene al menos una meta.")))
    for n, goal in enumerate(body.goals):
        found += _goal(goal, f"goals/{n}/", today)
    if any(not 0 <= place < norms for place in body.norms):
        found.append(("norms", both("There is no such norm in the protocol.", "El protocolo no tiene esa norma.")))
    if any(not n.strip() or len(n) > 300 for n in body.own_norms):
        found.append(("own_norms", both("A norm has 1 to 300 characters.", "Una norma tiene de 1 a 300 caracteres.")))
    if not body.norms and not body.own_norms:
        found.append(("norms", both("An agreement keeps at least one norm.", "Un acuerdo tiene al menos una norma.")))
    if found:
        raise NotFilledIn(found)
    return body


def _goal(goal: Goal, place: str, today: date) -> Sequence[Found]:
    found: list[Found] = []
    what, sign = _words(goal.what), _words(goal.sign)
    if len(what) < LEAST_WORDS or bare_direction(goal.what):
        found.append((place + "what", both(
            "The goal is not specific yet: say who will do what, and in which lessons or meetings. "
            "“Improve discussion” says where to; “every pair talks before I do” says what will be different.",
            "La meta aún no es concreta: diga quién hará qué y en qué clases o reuniones. "
            "«Mejorar la conversación» dice hacia dónde; «cada pareja habla antes que yo» dice qué será distinto.",
        )))  # fmt: skip
    if len(sign) < LEAST_WORDS_OF_SIGN or sign == what:
        found.append((place + "sign", both(
            "Say how you will know, in other words than the goal: what will be seen, heard or counted.",
            "Diga cómo lo sabrán, con otras palabras que la meta: qué se verá, oirá o contará.",
        )))  # fmt: skip
    if not today < goal.by <= today + LONGEST:
        found.append((place + "by", both(
            "The goal's day lies ahead, within two years.", "El día de la meta está por venir, dentro de dos años."
        )))  # fmt: skip
    return found


def _words(text: str) -> Sequence[str]:
    return re.findall(r"\w+(?:['’-]\w+)*", text.casefold())
