"""The mapping document: which column of somebody's spreadsheet means what. docs/imports.md describes it.

Shipped mappings are YAML files in `mappings/`, named for the instrument they feed; a district sends its own beside the
file (`own.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from services.rounds.capture.events import CoreElement
from services.rounds.document_words import Wrong, wrong
from services.rounds.instruments.documents import Instrument, LookFor, instrument
from services.rounds.instruments.relevance import NOT_APPLICABLE, NOT_OBSERVED
from shared.tabular.dates import DayOrder
from shared.tabular.table import column_key

OTHER = "other"
"""The grade band of what no band holds."""
_ZEROS = re.compile(r"(?<=\d)[.,]0+$")
_PARTS = re.compile(r"\s*[-–—:;/=()\[\]]+\s*|,\s+")
_SEVERAL = re.compile(r"[;|\n]")
_GRADE = re.compile(r"\bgrade\b|\bgr\b")


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Header(_Document):
    """How a column is recognised: its header begins with one of `starts`, or holds `holds`. Case, spaces
    and punctuation do not count in `starts`."""

    starts: tuple[str, ...] = ()
    holds: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Header:
        if not self.starts and not self.holds:
            raise PydanticCustomError("no_words", "a column needs `starts` or `holds`")
        return self

    def fits(self, header: str) -> bool:
        if self.holds is not None and self.holds.casefold() in header.casefold():
            return True
        return any(column_key(header).startswith(column_key(s)) for s in self.starts)


class Rating(_Document):
    look_for: str
    column: Header


class Notes(_Document):
    """A column of prose; each of its sentences becomes one statement with this core element."""

    column: Header
    core_element: CoreElement


class ObservationMapping(_Document):
    """`classroom` and `observer` name the columns that tell rooms and raters apart: their values become
    opaque ids and are dropped. `occasion` splits the visits into rounds ("pre", "post")."""

    key: str
    title: str
    instrument: str
    instrument_version: int = 1
    subject: str
    observed_on: Header
    written_at: Header | None = None
    day_order: DayOrder | None = Field(default=None, description="when the file itself cannot tell")
    occasion: Header | None = None
    school: Header | None = None
    grade: Header | None = None
    classroom: tuple[Header, ...] = Field(min_length=1)
    observer: tuple[Header, ...] = Field(min_length=1)
    ratings: tuple[Rating, ...] = ()
    notes: tuple[Notes, ...] = ()
    answers: dict[str, tuple[str, ...]] = Field(description="code of the answer -> ways in which it is written")
    grade_bands: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def codes(self, cell: str) -> frozenset[str]:
        """The codes that `cell` may stand for: answers of two look-fors may be written alike."""
        said = _said(cell)
        if said in self._codes:
            return self._codes[said]
        parts = [self._codes.get(part, frozenset()) for part in _PARTS.split(said) if part]
        return frozenset.intersection(*parts) if parts else frozenset()  # "4 - Yes" says one thing twice

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for code, ways in self.answers.items():
            for way in map(_said, (*ways, code)):
                found[way] = found.get(way, frozenset()) | {code}
        return found

    def grade_band(self, cell: str) -> str:
        grade = _GRADE.sub("", _said(cell)).strip(" .")
        for band, grades in self.grade_bands.items():
            if grade in map(_said, grades):
                return band
        return OTHER


@dataclass(frozen=True, slots=True)
class Form:
    """A mapping with the instrument that it feeds."""

    mapping: ObservationMapping
    instrument: Instrument

    def misfits(self) -> Iterator[tuple[tuple[str | int, ...], Wrong]]:
        """What of the mapping the instrument does not have: the place in the document, and what is wrong there."""
        items, title = self.instrument.by_id, f"{self.instrument.key} version {self.instrument.version}"
        for n, rating in enumerate(self.mapping.ratings):
            item = items.get(rating.look_for)
            if item is None or item.kind in ("note", "tally"):
                named = rating.look_for
                found = wrong("not_imported", name=named) if item else wrong("no_look_for", name=named, title=title)
                yield ("ratings", n, "look_for"), found
        for code in self.mapping.answers:
            if code not in (NOT_OBSERVED, NOT_APPLICABLE) and not any(i.answers(code) for i in items.values()):
                yield ("answers", code), wrong("no_such_answer", title=title, name=code)

    def answer(self, look_for: str, cell: str) -> str | None:
        """The answer of the instrument that `cell` stands for; None when there is none.

        A number answers a count or a scale as it stands; of a multi-choice, answers are parted by semicolons, bars or
        line breaks."""
        item = self.instrument.by_id[look_for]
        if item.kind == "multi_choice" and len(parts := [p for p in _SEVERAL.split(cell) if p.strip()]) > 1:
            codes = [self._one(item, part) for part in parts]
            found = " ".join(sorted({c for c in codes if c}, key=lambda c: item.codes.get(c, -1)))
            return found if None not in codes and item.answers(found) else None
        return self._one(item, cell)

    def _one(self, item: LookFor, cell: str) -> str | None:
        codes = [code for code in self.mapping.codes(cell) if item.answers(code)]
        if not codes and item.kind in ("count", "scale") and item.answers(number := _said(cell)):
            return number
        return codes[0] if len(codes) == 1 else None

    def answers_of(self, look_for: str) -> str:
        """In words, for a sentence."""
        item = self.instrument.by_id[look_for]
        if item.kind in ("count", "scale"):
            return f"a whole number from {item.minimum} to {item.maximum}"
        return ", ".join([c.label.en for c in item.choices] or ["Yes", "No"])


def _said(cell: str) -> str:
    """Case, blanks, full-width signs, typographic apostrophes and the zeros behind a whole number say nothing."""
    plain = unicodedata.normalize("NFKC", cell).casefold().replace("_", " ").replace("’", "'")
    return _ZEROS.sub("", " ".join(plain.split()).rstrip("."))


@cache
def shipped() -> Mapping[str, Form]:
    """The shipped mappings by key."""
    found = {}
    for path in sorted(files(__package__).joinpath("mappings").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            read = ObservationMapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
            target = instrument(read.instrument, read.instrument_version)
            if target is None or any(Form(read, target).misfits()):
                raise ValueError(f"{path.name} does not fit its instrument")
            found[read.key] = Form(read, target)
    return MappingProxyType(found)
