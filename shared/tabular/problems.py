"""What is wrong with a file: where, what, and how to mend it; bounded, and never quoting a person's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

Severity = Literal["error", "warning", "note"]
"""`error`: the file cannot be imported. `warning`: that row or value is left out, the rest is not.
`note`: accepted, because the meaning is certain."""

_ORDER = {"error": 0, "warning": 1, "note": 2}


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
        detail: str,
        mend: str,
        *,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        key = f"{file}:{code}"
        self.counts[key] += 1
        self.severities[severity] += 1
        if self.counts[key] <= self._per_code:
            self._kept.append(
                Problem(
                    severity=severity,
                    code=code,
                    file=file,
                    line=line,
                    column=column,
                    value=value,
                    detail=detail,
                    mend=mend,
                )
            )

    def error(self, code: str, file: str, detail: str, mend: str, **at: object) -> None:
        self.add("error", code, file, detail, mend, **at)  # type: ignore[arg-type]  # same keywords as add

    def warning(self, code: str, file: str, detail: str, mend: str, **at: object) -> None:
        self.add("warning", code, file, detail, mend, **at)  # type: ignore[arg-type]  # same keywords as add

    def note(self, code: str, file: str, detail: str, mend: str, **at: object) -> None:
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


def value_class(text: str) -> str:
    """What kind of value `text` is, without telling it."""
    text = text.strip()
    if not text:
        return "empty"
    if text.isdigit():
        return f"a number of {len(text)} digits"
    if text.replace(",", ".").replace(".", "", 1).isdigit():
        return "a number with decimals"
    if "@" in text:
        return "something like an e-mail address"
    if any(c.isdigit() for c in text) and all(c.isdigit() or c in "/.-: TZ" for c in text):
        return "something like a date"
    return f"text of {len(text)} characters"
