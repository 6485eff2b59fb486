"""The shipped instruments: YAML documents beside this file, read once, checked strictly, never changed.

`tests/contract` holds the digest of every version ever shipped, so that a change of one fails the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.rounds.capture.events import CoreElement
from services.rounds.instruments.relevance import NOT_APPLICABLE, NOT_OBSERVED, Relevance, items_of

Kind = Literal["choice", "multi_choice", "count", "scale", "observed", "tally", "note"]
WITH_CHOICES: frozenset[Kind] = frozenset({"choice", "multi_choice", "tally"})
LONGEST_ANSWER = 8000  # characters: an hour of samples


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Document):
    """The same sentence in the languages of the product."""

    en: str = Field(min_length=1)
    es: str = Field(min_length=1)


class Choice(_Document):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text


class Group(_Document):
    """Items that stand together; all of them are asked only while `relevance` holds."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    label: Text
    relevance: Relevance | None = None


class LookFor(_Document):
    """An item. Any but a note may be answered "not_observed" or "not_applicable", which are never zero.

    choice: one code. multi_choice: codes with single spaces, in the document's order. count: 0..maximum. scale:
    minimum..maximum, whole numbers. observed: "yes" or "no". tally: one code per sample of `interval_seconds`,
    "0:lecture 1:groups". note: its answer is a statement tagged with the item, so that its words are evidence.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=80)
    kind: Kind
    prompt: Text
    hint: Text | None = None
    group: str = ""
    core_element: CoreElement | None = None
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    interval_seconds: int | None = None
    required: bool = False
    relevance: Relevance | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> LookFor:
        if (self.kind in WITH_CHOICES) != bool(self.choices):
            raise ValueError(f"{self.id}: a choice, and only a choice, lists its choices")
        if len({c.code for c in self.choices}) != len(self.choices):
            raise ValueError(f"{self.id}: two choices share a code")
        if self.kind in ("count", "scale") and (self.maximum is None or self.maximum <= self.minimum):
            raise ValueError(f"{self.id}: a {self.kind} names a maximum above its minimum")
        if (self.kind == "tally") != (self.interval_seconds is not None):
            raise ValueError(f"{self.id}: a tally, and only a tally, names the seconds between its samples")
        return self

    @cached_property
    def codes(self) -> Mapping[str, int]:
        """The choices' codes, each with its place."""
        return {c.code: n for n, c in enumerate(self.choices)}

    def answers(self, value: str) -> bool:
        """Whether `value` is an answer that this item knows."""
        if self.kind == "note":
            return False
        if value in (NOT_OBSERVED, NOT_APPLICABLE):
            return True
        match self.kind:
            case "choice":
                return value in self.codes
            case "observed":
                return value in ("yes", "no")
            case "multi_choice":
                places = [self.codes.get(code, -1) for code in value.split(" ")]
                return min(places) >= 0 and all(a < b for a, b in pairwise(places))
            case "tally":
                return self._samples(value)
            case _:
                return _whole(value) and self.minimum <= int(value) <= (self.maximum or 0)

    def _samples(self, value: str) -> bool:
        if len(value) > LONGEST_ANSWER:
            return False
        numbers = []
        for sample in value.split(" "):
            number, _, code = sample.partition(":")
            if not _whole(number) or code not in self.codes:
                return False
            numbers.append(int(number))
        return all(a < b for a, b in pairwise(numbers))


def _whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 4 and str(int(value)) == value


class Instrument(_Document):
    """`languages` are those that its author wrote; a text without one repeats the other's words."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    version: int = Field(ge=1)
    title: Text
    description: Text
    languages: tuple[Literal["en", "es"], ...] = ("en", "es")
    groups: tuple[Group, ...] = ()
    items: tuple[LookFor, ...] = Field(min_length=1, max_length=300)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Instrument:
        if len({i.id for i in self.items}) != len(self.items):
            raise ValueError(f"{self.key}: two items share an id")
        if len({g.id for g in self.groups}) != len(self.groups):
            raise ValueError(f"{self.key}: two groups share an id")
        asked = [g.relevance for g in self.groups] + [i.relevance for i in self.items]
        unknown = frozenset[str]().union(*map(items_of, asked)) - self.by_id.keys()
        if unknown:
            raise ValueError(f"{self.key}: relevance asks for items that are not there: {', '.join(sorted(unknown))}")
        return self

    @cached_property
    def by_id(self) -> Mapping[str, LookFor]:
        return {i.id: i for i in self.items}


@cache
def shipped() -> Mapping[tuple[str, int], Instrument]:
    """Every shipped instrument by key and version."""
    found: dict[tuple[str, int], Instrument] = {}
    for path in sorted(files(__package__).joinpath("documents").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml"):
            continue
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
        body.pop("scales", None)  # anchors that the items refer to
        instrument = Instrument.model_validate(body)
        if path.name != f"{instrument.key}.v{instrument.version}.yaml":
            raise ValueError(f"{path.name} holds {instrument.key} version {instrument.version}")
        found[instrument.key, instrument.version] = instrument
    return MappingProxyType(found)


def instrument(key: str, version: int) -> Instrument | None:
    return shipped().get((key, version))
