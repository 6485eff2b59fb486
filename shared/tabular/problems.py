"""What is wrong with a file: where, what, and how to mend it; bounded, and never quoting a person's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from shared.said import Said, Value, say

Severity = Literal["error", "warning", "note"]
"""`error`: the file cannot be imported. `warning`: that row or value is left out, the rest is not.
`note`: accepted, because the meaning is certain."""

T = TypeVar("T")
_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Fault:
    """A text of the catalogue that is put into words when it is kept: of a mistake in a million rows most are counted
    alone."""

    key: str
    values: Mapping[str, Value | Fault]

    @property
    def said(self) -> Said:
        values: dict[str, Value] = {name: told(value) for name, value in self.values.items()}
        return say(self.key, **values)


def fault(key: str, **values: Value | Fault) -> Fault:
    """The text `key` of shared/catalogue/faults.json."""
    return Fault(f"faults.{key}", values)


def told(words: T | Fault) -> T | Said:
    """In both languages, where it is a fault."""
    return words.said if isinstance(words, Fault) else words


def series(parts: Sequence[Value | Fault], link: str = "series.comma") -> Fault:
    """One after the other, with a comma between them or what the catalogue has under another `link`."""
    first, *rest = parts
    return fault(link, first=first, rest=series(rest, link)) if rest else fault("series.one", what=first)


class InSpanish(BaseModel):
    """The same words in Spanish; a page lays them over the English ones."""

    model_config = ConfigDict(frozen=True)
    lang: Literal["es"] = "es"
    detail: str
    mend: str
    value: str | None = None


class Problem(BaseModel):
    """`line` is the line of the file (1 = header) where the row starts. `value` says what kind of value
    stands there ("empty", "a date that could be read two ways"), never the value of a personal field."""

    model_config = ConfigDict(frozen=True)
    severity: Severity
    code: str
    file: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    detail: str
    mend: str
    es: InSpanish | None = None

    @property
    def say(self) -> Said:
        """`detail` in both languages; of a report from before it had both, in English."""
        return Said(self.detail, self.es.detail if self.es else self.detail)

    @property
    def say_mend(self) -> Said:
        return Said(self.mend, self.es.mend if self.es else self.mend)

    @classmethod
    def of(
        cls,
        severity: Severity,
        code: str,
        file: str,
        detail: Said,
        mend: Said,
        *,
        line: int | None = None,
        column: str | None = None,
        value: Said | None = None,
    ) -> Problem:
        return cls(
            severity=severity,
            code=code,
            file=file,
            line=line,
            column=column,
            value=value.en if value else None,
            detail=detail.en,
            mend=mend.en,
            es=InSpanish(detail=detail.es, mend=mend.es, value=value.es if value else None),
        )


class Problems:
    """Collects problems. The first `per_code` of each code are kept, so that one mistake made on every
    line does not hide the others; all are counted."""

    def __init__(self, per_code: int = 20) -> None:
        self._per_code = per_code
        self._kept: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()

    def add(
        self,
        severity: Severity,
        code: str,
        file: str,
        detail: Fault | Said,
        mend: Fault | Said,
        *,
        line: int | None = None,
        column: str | None = None,
        value: Fault | None = None,
    ) -> None:
        key = f"{file}:{code}"
        self.counts[key] += 1
        self.severities[severity] += 1
        if self.counts[key] <= self._per_code:
            of = value.said if value is not None else None
            self._kept.append(
                Problem.of(severity, code, file, told(detail), told(mend), line=line, column=column, value=of)
            )

    def error(self, code: str, file: str, detail: Fault | Said, mend: Fault | Said, **at: object) -> None:
        self.add("error", code, file, detail, mend, **at)  # type: ignore[arg-type]  # same keywords as add

    def warning(self, code: str, file: str, detail: Fault | Said, mend: Fault | Said, **at: object) -> None:
        self.add("warning", code, file, detail, mend, **at)  # type: ignore[arg-type]  # same keywords as add

    def note(self, code: str, file: str, detail: Fault | Said, mend: Fault | Said, **at: object) -> None:
        self.add("note", code, file, detail, mend, **at)  # type: ignore[arg-type]  # same keywords as add

    @property
    def refuses(self) -> bool:
        return self.severities["error"] > 0

    @property
    def total(self) -> int:
        return sum(self.severities.values())

    def listed(self) -> Sequence[Problem]:
        """The kept ones: errors first, then by file and line."""
        return sorted(self._kept, key=lambda p: (_ORDER[p.severity], p.file, p.line or 0))


def value_class(text: str) -> Fault:
    """What kind of value `text` is, without telling it."""
    text = text.strip()
    if not text:
        return fault("value.empty")
    if text.isdigit():
        return fault("value.digits", count=len(text))
    if text.replace(",", ".").replace(".", "", 1).isdigit():
        return fault("value.decimals")
    if "@" in text:
        return fault("value.email")
    if any(c.isdigit() for c in text) and all(c.isdigit() or c in "/.-: TZ" for c in text):
        return fault("value.date")
    return fault("value.text", count=len(text))
