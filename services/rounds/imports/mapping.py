"""The mapping document: which column of somebody's spreadsheet means what. docs/imports.md describes it.

Shipped mappings are YAML files in `mappings/`, named for the instrument they feed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.rounds.capture.events import CoreElement
from services.rounds.instruments.documents import instrument
from services.rounds.instruments.relevance import NOT_APPLICABLE, NOT_OBSERVED
from shared.tabular.dates import DayOrder
from shared.tabular.table import column_key

OTHER = "other"
"""The grade band of what no band holds."""
_ZEROS = re.compile(r"(?<=\d)[.,]0+$")
_PARTS = re.compile(r"\s*[-–—:;/=()\[\]]+\s*|,\s+")
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
            raise ValueError("a column needs `starts` or `holds`")
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

    @model_validator(mode="after")
    def _fits_the_instrument(self) -> ObservationMapping:
        target = instrument(self.instrument, self.instrument_version)
        if target is None:
            raise ValueError(f"there is no instrument {self.instrument} version {self.instrument_version}")
        for rating in self.ratings:
            if rating.look_for not in target.by_id:
                raise ValueError(f"{target.key} has no look-for {rating.look_for}")
        known = {NOT_OBSERVED, NOT_APPLICABLE} | {c.code for i in target.items for c in i.choices}
        unknown = set(self.answers) - known
        if unknown:
            raise ValueError(f"{target.key} has no answers {', '.join(sorted(unknown))}")
        return self

    def answer(self, cell: str) -> str | None:
        """The code that `cell` stands for; None when the mapping does not know it."""
        said = _said(cell)
        if said in self._codes:
            return self._codes[said]
        parts = {self._codes.get(part) for part in _PARTS.split(said) if part}
        return parts.pop() if len(parts) == 1 else None  # "4 - Yes" says one thing twice

    @property
    def _codes(self) -> Mapping[str, str]:
        return {_said(way): code for code, ways in self.answers.items() for way in (*ways, code)}

    def grade_band(self, cell: str) -> str:
        grade = _GRADE.sub("", _said(cell)).strip(" .")
        for band, grades in self.grade_bands.items():
            if grade in map(_said, grades):
                return band
        return OTHER


def _said(cell: str) -> str:
    """Case, blanks, full-width signs, typographic apostrophes and the zeros behind a whole number say nothing."""
    plain = unicodedata.normalize("NFKC", cell).casefold().replace("_", " ").replace("’", "'")
    return _ZEROS.sub("", " ".join(plain.split()).rstrip("."))


@cache
def shipped() -> Mapping[str, ObservationMapping]:
    """The shipped mappings by key."""
    found = {}
    for path in sorted(files(__package__).joinpath("mappings").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            read = ObservationMapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
            found[read.key] = read
    return MappingProxyType(found)
