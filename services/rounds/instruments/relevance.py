"""When an item is asked at all: small expressions over the answers given so far. Tablets evaluate the same JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def never_asked(items: Mapping[str, Sequence[Relevance | None]]) -> frozenset[str]:
    """The items that no answers at all would bring up: they wait for one another, or for one of these. `items`: id ->
    all that must hold. An item that is not there is another's to tell. What is denied may always hold, for an answer
    can be missing."""
    asked = {name for all_of in items.values() for e in all_of for name in items_of(e)} - items.keys()
    while more := {i for i, all_of in items.items() if i not in asked and all(_may_hold(e, asked) for e in all_of)}:
        asked |= more
    return frozenset(items.keys() - asked)


def _may_hold(expression: Relevance | None, asked: set[str]) -> bool:
    match expression:
        case None | Not():
            return True
        case Several():
            told = (_may_hold(e, asked) for e in expression.of)
            return all(told) if expression.op == "all" else any(told)
        case _:
            return expression.item in asked
