"""The shipped instruments: YAML documents beside this file, read once, checked strictly, never changed.

`tests/contract` holds the digest of every version ever shipped, so that a change of one fails the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.rounds.capture.events import CoreElement

NOT_OBSERVED = "not_observed"
NOT_APPLICABLE = "not_applicable"


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Document):
    """The same sentence in the languages of the product."""

    en: str = Field(min_length=1)
    es: str = Field(min_length=1)


class Choice(_Document):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text


class LookFor(_Document):
    """An item: a coded choice, a count (0..maximum) or a scale (minimum..maximum, whole numbers).
    Any of them may be answered "not_observed" or "not_applicable", which are never zero."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Literal["choice", "count", "scale"]
    prompt: Text
    group: str = ""
    core_element: CoreElement | None = None
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> LookFor:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"{self.id}: a choice, and only a choice, lists its choices")
        if self.kind != "choice" and (self.maximum is None or self.maximum <= self.minimum):
            raise ValueError(f"{self.id}: a {self.kind} names a maximum above its minimum")
        return self

    def answers(self, value: str) -> bool:
        """Whether `value` is an answer that this item knows."""
        if value in (NOT_OBSERVED, NOT_APPLICABLE):
            return True
        if self.kind == "choice":
            return any(c.code == value for c in self.choices)
        if not (value.isascii() and value.isdigit() and len(value) <= 4) or str(int(value)) != value:
            return False
        return self.minimum <= int(value) <= (self.maximum or 0)


class Instrument(_Document):
    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    title: Text
    description: Text
    items: tuple[LookFor, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Instrument:
        if len({i.id for i in self.items}) != len(self.items):
            raise ValueError(f"{self.key}: two items share an id")
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
