"""What the audit stops, or does not get to the end of, is not told, and the school's page says why, without the count
that it protects."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args
from uuid import uuid4

import pytest

from services.reporting.disclosure import solver
from services.reporting.disclosure.auditor import Finding, Kind
from services.reporting.releases.events import ReleaseBlocked
from services.reporting.releases.freeze import put_snapshot
from services.reporting.releases.queries import blocked_of_school, find_release
from shared.database import Database
from shared.wording import LANGUAGES, Language, Wording
from tests.integration.reporting.test_figures_over_http import held_round, listed, principal
from tests.support.published import DISTRICT
from tests.support.reporting_world import World


async def test_a_blocked_release_is_listed_with_its_reasons_and_serves_nothing(db: Database) -> None:
    event = ReleaseBlocked(
        round_id=uuid4(),
        school_id=uuid4(),
        release=1,
        day=date(2026, 10, 6),
        as_of=datetime(2026, 10, 7, tzinfo=UTC),
        log_seq=12,
        findings=(
            Finding(kind="pinned", where="look_for.answers|1a|mostly", text="It could be worked out.", mend="Wait."),
            Finding(kind="pinned", where="look_for.answers|1a|no", text="It could be worked out.", mend="Wait."),
        ),
    )
    async with db.writer(DISTRICT) as conn:
        await put_snapshot(conn, DISTRICT, event, 1)
    async with db.reader(DISTRICT) as conn:
        (found,) = await blocked_of_school(conn, event.school_id)
        assert await find_release(conn, event.round_id, None) is None
        assert await blocked_of_school(conn, event.school_id, datetime(2026, 10, 1, tzinfo=UTC)) == []
    (reason,) = found.reasons
    assert (found.release, reason.code, reason.definition, reason.subject) == (1, "pinned", "look_for.answers", "1a")
    assert (reason.text, reason.mend) == ("It could be worked out.", "Wait.")
    assert "mostly" not in found.model_dump_json()


async def test_what_was_not_proven_in_time_is_kept_back_with_the_reason_and_the_next_release_is_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_round, events = held_round("Unproven")
    await world.publish("scheduling", [listed(a_round, "Unproven School")])
    page = f"/schools/{a_round.school_id}/summary"
    with monkeypatch.context() as hurried:
        hurried.setattr(solver, "PASSED", 0.0)
        await world.publish("rounds", [*events, a_round.closed(), a_round.released(1)])
        summary = await world.until(page, principal(a_round), lambda s: s["blocked"])
    assert summary["latest"] is None
    (blocked,) = summary["blocked"]
    assert blocked["release"] == 1
    (reason,) = blocked["reasons"]
    assert (reason["code"], reason["definition"]) == ("not_checked", None)
    assert "not proven" in reason["text"]
    assert "Release again" in reason["mend"]
    await world.publish("rounds", [a_round.released(2)])
    summary = await world.until(page, principal(a_round), lambda s: s["latest"] is not None)
    assert summary["latest"]["release"] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_in_both_languages(language: Language) -> None:
    say = Wording(language)
    for kind in get_args(Kind):
        for what in ("kept_back", "kept_back_mend"):
            assert say.find(f"figures.{what}.{kind}", table="T"), f"{what} {kind}"
