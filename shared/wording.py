"""The words that exports share with the screens: `shared/catalogue/<area>.json`, English and Spanish side by side.

The same rules as `web/lib/i18n.svelte.ts`: "area.key", `{placeholders}`, and `count` chooses between `key_one` and
`key_other`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
}

NO_BREAK = "\u00a0"


def whole_percent(share: float) -> int:
    """A share 0-1 in whole percent, a half upwards, as on every page: 5 of 8 are 63%."""
    return int((Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


@cache
def _area(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        files("shared").joinpath("catalogue", f"{name}.json").read_text("utf-8")
    )
    return found


@dataclass(frozen=True, slots=True)
class Wording:
    """The catalogue in one language. `zone`: of the clocks that moments are told by."""

    language: Language = "en"
    zone: str = "UTC"

    def find(self, key: str, **values: object) -> str | None:
        """The text of `area.key`, or None when the catalogue has none."""
        area, _, name = key.partition(".")
        texts = _area(area)
        plural = "one" if values.get("count") == 1 else "other"
        for candidate in (name, f"{name}_{plural}", f"{name}_other"):
            if candidate in texts:
                text = texts[candidate][self.language]
                return re.sub(r"\{(\w+)\}", lambda m: str(values.get(m[1], m[0])), text)
        return None

    def t(self, key: str, **values: object) -> str:
        """The text of `area.key`. Raises KeyError when the catalogue has none."""
        text = self.find(key, **values)
        if text is None:
            raise KeyError(key)
        return text

    def word(self, kind: str, code: str) -> str:
        """The word for a code of the services', or the code itself when it is unknown."""
        return self.find(f"words.{kind}.{code}") or code.replace("_", " ")

    def day(self, day: date) -> str:
        """A calendar day in words."""
        month = _MONTHS[self.language][day.month - 1]
        return f"{month} {day.day}, {day.year}" if self.language == "en" else f"{day.day} de {month} de {day.year}"

    def plain_day(self, day: date) -> str:
        """A calendar day as scheduling's sentences tell it, day before month in English, too."""
        return f"{day.day} {self.month(day)}" if self.language == "en" else f"{day.day} de {self.month(day)}"

    def short_day(self, day: date) -> str:
        """A day within a year that everyone has in mind."""
        month = _MONTHS[self.language][day.month - 1][:3]
        return f"{month} {day.day}" if self.language == "en" else f"{day.day} {month}"

    def weekday(self, day: date) -> str:
        return _WEEKDAYS[self.language][day.weekday()]

    def month(self, day: date) -> str:
        """A month and its year."""
        name = _MONTHS[self.language][day.month - 1]
        return f"{name} {day.year}" if self.language == "en" else f"{name} de {day.year}"

    def moment(self, at: datetime) -> str:
        """A day and the time of it, on the clocks of the zone, which it names."""
        there = at.astimezone(ZoneInfo(self.zone))
        return f"{self.day(there.date())}, {there:%H:%M} ({self.zone})"

    def percent(self, share: float) -> str:
        return f"{whole_percent(share)}{'' if self.language == 'en' else NO_BREAK}%"

    @property
    def percent_format(self) -> str:
        """The same as a number format of a workbook."""
        return "0%" if self.language == "en" else f'0"{NO_BREAK}"%'

    def tenths(self, value: float) -> str:
        """A number with one decimal."""
        return f"{value:.1f}" if self.language == "en" else f"{value:.1f}".replace(".", ",")

    def decimal(self, value: float) -> str:
        """A number with as many decimals as it has, up to six digits."""
        return f"{value:g}" if self.language == "en" else f"{value:g}".replace(".", ",")
