"""A sentence of a service in both languages at once, from `shared/catalogue/<area>.json`.

Who reads it is not known where it is made (in a solver's process, in an event), and a page may change its language
while it stands there: both languages travel, and the page chooses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.wording import LANGUAGES, Language, Wording


@dataclass(frozen=True, slots=True)
class Said:
    en: str
    es: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.es

    def begin(self) -> Said:
        """As the beginning of a sentence."""
        return Said(self.en[:1].upper() + self.en[1:], self.es[:1].upper() + self.es[1:])

    def lower(self) -> Said:
        return Said(self.en.lower(), self.es.lower())

    def instead(self, before: Said, after: Said) -> Said:
        """With other words in place of some of it."""
        return Said(self.en.replace(before.en, after.en), self.es.replace(before.es, after.es))


Value = str | int | float | date | Said
"""A name as it is; a number or a day in the form of each language; words of the catalogue."""


def say(key: str, **values: Value) -> Said:
    """The text of `area.key` in both languages; `count` chooses between `key_one` and `key_other`. Raises KeyError when
    the catalogue has none."""
    return Said(_in("en", key, values), _in("es", key, values))


def in_spanish(detail: Said, mend: Said | None = None) -> dict[str, str]:
    """Of a problem whose `detail` and `mend` are English, what stands under `es`: the page lays it over them."""
    told = {"lang": "es", "detail": detail.es}
    return told if mend is None else told | {"mend": mend.es}


def weekday(day: date) -> Said:
    return Said(*(Wording(language).weekday(day) for language in LANGUAGES))


def short_day(day: date) -> Said:
    return Said(*(Wording(language).short_day(day) for language in LANGUAGES))


def month(day: date) -> Said:
    """The month and its year."""
    return Said(*(Wording(language).month(day) for language in LANGUAGES))


def together(parts: Iterable[Said], between: str = " ") -> Said:
    """One after the other."""
    held = list(parts)
    return Said(between.join(p.en for p in held), between.join(p.es for p in held))


def listed(problems: Iterable[Said]) -> list[dict[str, object]]:
    """What a refusal lists under `problems`, each in both languages."""
    return [{"detail": said.en, "es": in_spanish(said)} for said in problems]


def _in(language: Language, key: str, values: dict[str, Value]) -> str:
    words = Wording(language)
    return words.t(key, **{name: _told(words, value) for name, value in values.items()})


def _told(words: Wording, value: Value) -> str | int:
    match value:
        case Said():
            return value[words.language]
        case date():
            return words.plain_day(value)
        case float():
            return words.decimal(value)
    return value
