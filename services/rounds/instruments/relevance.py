"""When an item is asked at all: small expressions over the answers given so far. Tablets evaluate the same JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

NOT_OBSERVED = "not_observed"
NOT_APPLICABLE = "not_applicable"


class _Expression(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Is(_Expression):
    """The answer is this value, as it is written ("not_observed" too)."""

    op: Literal["is"]
    item: str
    value: str


class Includes(_Expression):
    """The value is among those chosen of a multi-choice item."""

    op: Literal["includes"]
    item: str
    value: str


class Bound(_Expression):
    op: Literal["at_least", "at_most"]
    item: str
    number: int


class Answered(_Expression):
    op: Literal["answered"]
    item: str


class Several(_Expression):
    op: Literal["all", "any"]
    of: tuple[Relevance, ...] = Field(min_length=1, max_length=50)


class Not(_Expression):
    op: Literal["not"]
    of: tuple[Relevance, ...] = Field(min_length=1, max_length=1)


Relevance = Annotated[Is | Includes | Bound | Answered | Several | Not, Field(discriminator="op")]
Several.model_rebuild()
Not.model_rebuild()


def holds(expression: Relevance | None, answers: Mapping[str, str]) -> bool:
    """Whether the expression is true of the answers, by item; None always is."""
    match expression:
        case None:
            return True
        case Is():
            return answers.get(expression.item) == expression.value
        case Includes():
            return expression.value in answers.get(expression.item, "").split(" ")
        case Bound():
            value = answers.get(expression.item, "")
            if not (value.isascii() and value.isdigit()):
                return False
            return int(value) >= expression.number if expression.op == "at_least" else int(value) <= expression.number
        case Answered():
            return expression.item in answers
        case Several():
            told = [holds(e, answers) for e in expression.of]
            return all(told) if expression.op == "all" else any(told)
        case Not():
            return not holds(expression.of[0], answers)


def items_of(expression: Relevance | None) -> frozenset[str]:
    """The items whose answers the expression asks for."""
    match expression:
        case None:
            return frozenset()
        case Several() | Not():
            return frozenset().union(*(items_of(e) for e in expression.of))
        case _:
            return frozenset({expression.item})
