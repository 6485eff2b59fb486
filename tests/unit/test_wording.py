"""Python reads the same catalogue as the screens."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from services.scheduling.roster.vocabulary import STAFF_ROLES
from shared.wording import LANGUAGES, Wording


def test_a_text_is_filled_and_a_missing_one_is_an_error() -> None:
    assert Wording("en").t("figures.of_n", count=3, n=8) == "3 of 8"
    assert Wording("es").t("figures.at_most", bound=2, n=8) == "como máximo 2 de 8"
    with pytest.raises(KeyError):
        Wording("en").t("figures.there_is_no_such_text")


def test_codes_have_words_and_unknown_ones_stay_readable() -> None:
    assert Wording("es").word("core", "student") == "Estudiante"
    assert Wording("en").word("core", "some_code") == "some code"


def test_every_role_of_a_roster_has_its_words_in_both_languages() -> None:
    for role in STAFF_ROLES.values():
        assert all(Wording(x).find(f"words.role.{role}") for x in LANGUAGES), role


def test_a_day_reads_as_people_write_it() -> None:
    assert [Wording(x).day(date(2026, 10, 6)) for x in LANGUAGES] == ["October 6, 2026", "6 de octubre de 2026"]


def test_numbers_are_written_as_on_the_pages() -> None:
    assert [Wording(x).percent(0.625) for x in LANGUAGES] == ["63%", "63\u00a0%"], "a half goes up: 5 of 8"
    assert [Wording(x).percent_format for x in LANGUAGES] == ["0%", '0"\u00a0"%']
    assert [Wording(x).tenths(9.3) for x in LANGUAGES] == ["9.3", "9,3"]


def test_percent_is_written_one_way_in_every_text() -> None:
    """English: 62%. Spanish: 62 %, that no line ends between the two."""
    texts = [
        text
        for area in files("shared").joinpath("catalogue").iterdir()
        for text in json.loads(area.read_text("utf-8")).values()
    ]
    assert sum("%" in text["en"] for text in texts) >= 10
    for text in texts:
        assert not re.search(r"\s%", text["en"]), text["en"]
        assert not re.search("[^\u00a0]%", text["es"]), text["es"]


def test_a_moment_is_told_on_the_clocks_of_the_zone() -> None:
    at = datetime(2026, 10, 7, 3, 5, tzinfo=UTC)
    assert Wording("en", "America/Chicago").moment(at) == "October 6, 2026, 22:05 (America/Chicago)"
    assert Wording("es", "America/Chicago").moment(at) == "6 de octubre de 2026, 22:05 (America/Chicago)"
    assert Wording().moment(at) == "October 7, 2026, 03:05 (UTC)"
