"""Published events become facts with their revisions, and tallies that say the same."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from services.identity.contract import DistrictRegistered, DistrictSettingsChanged
from services.reporting.live.figures import live_figures
from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.reporting.projections.school_patterns.query import (
    find_round,
    read_facts,
    read_rule,
    school_name,
    schools_by_name,
)
from services.scheduling.contract import SchoolDelisted, SchoolListed
from shared.database import Database
from shared.projections import builds
from shared.subscription import CheckpointMoved
from tests.support.figures import shares
from tests.support.projecting import apply, everything, live_schema
from tests.support.published import DISTRICT, ARound, Log, lived
from tests.support.second_opinion import figures_of


def a_log(seed: int = 1, rounds: int = 3) -> Log:
    log = Log("rounds")
    lives = [lived(ARound(name=f"round {n}"), seed + n) for n in range(rounds)]
    chance = random.Random(seed)
    while any(lives):
        log.add(chance.choice([events for events in lives if events]).pop(0))
    return log


def schools() -> Log:
    log = Log("scheduling")
    for n, name in enumerate(["Birch", "Ash", "Cedar"]):
        log.add(SchoolListed(school_id=ARound(school=f"school {n}").school_id, name=name))
    log.add(SchoolDelisted(school_id=ARound(school="school 2").school_id))
    log.add(SchoolListed(school_id=ARound(school="school 1").school_id, name="Aspen"))
    return log


def districts() -> Log:
    log = Log("identity")
    body = {"district_id": DISTRICT, "name": "Lakeside", "timezone": "America/Chicago", "slot_minutes": 20}
    log.add(DistrictRegistered(**body, min_visits=5, min_classrooms=5, min_observers=3))
    log.add(DistrictSettingsChanged(**body, min_visits=8, min_classrooms=2, min_observers=3))
    return log


async def in_batches(db: Database, logs: list[Log], seed: int, build: builds.Build | None = None) -> None:
    """Each source in its order, in batches of chance, the sources mixed by chance."""
    chance = random.Random(seed)
    waiting = {log.service: list(log.events) for log in logs}
    while any(waiting.values()):
        source = chance.choice([s for s, events in waiting.items() if events])
        size = chance.choice([1, 2, 7, 50])
        batch, waiting[source] = waiting[source][:size], waiting[source][size:]
        await apply(db, batch, build)


async def test_any_batches_and_any_mixture_of_sources_give_the_same_tables(db: Database) -> None:
    logs = [a_log(), schools(), districts()]
    await in_batches(db, logs, seed=0)
    live = await everything(db, await live_schema(db))
    assert min(len(rows) for rows in live.values()) > 0
    for seed in range(1, 5):
        async with db.system() as conn:
            build = await builds.create(conn, SchoolPatterns(), suffix=f"_try{seed}")
        await in_batches(db, logs, seed, build)
        assert await everything(db, build.schema) == live


async def test_a_batch_that_comes_again_changes_nothing(db: Database) -> None:
    log = a_log()
    await apply(db, log.events[:40])
    before = await everything(db, await live_schema(db))
    with pytest.raises(CheckpointMoved):
        await apply(db, log.events[:40])
    with pytest.raises(CheckpointMoved):
        await apply(db, log.events[50:60])
    assert await everything(db, await live_schema(db)) == before


async def test_tallies_tell_the_same_figures_as_the_facts(db: Database) -> None:
    log = a_log(seed=5, rounds=1)
    await in_batches(db, [log], seed=3)
    async with db.reader(DISTRICT) as conn:
        facts = await read_facts(conn, ARound(name="round 0").round_id)
        found = await find_round(conn, ARound(name="round 0").round_id)
        assert facts is not None
        assert found is not None
        live = await live_figures(conn, found)
    expected = [
        (t.definition, t.subject, f.category, f.count, f.n, f.share, f.interval.low, f.interval.high)
        for t, f in shares(facts)
    ]
    told = [
        (t.definition, t.subject, c.category, c.count, t.n, c.share, c.low, c.high)
        for t in live.tables
        for c in t.cells
    ]
    assert len(expected) > 10
    assert told == expected
    assert live.seq == log.events[-1].log_seq
    assert live.statements == len(facts.statements)


async def test_live_figures_are_read_at_one_look(db: Database) -> None:
    """Each one more is another wait of a crowded machine."""
    log, a_round = Log("rounds"), ARound(name="round 0")
    for event in (a_round.opened(), a_round.said("0", 0, 0), a_round.said("1", 0, 1), a_round.handed_in(0, 1)):
        log.add(event)
    await apply(db, log.events)
    async with db.reader(DISTRICT) as conn:
        found = await find_round(conn, a_round.round_id)
        assert found is not None
        looks: list[object] = []
        with conn.query_logger(looks.append):
            live = await live_figures(conn, found)
    assert len(looks) == 1
    assert (live.statements, live.visits, live.slots[0].submitted) == (2, 1, 1)


async def test_a_second_opinion_from_the_raw_events_agrees_to_nine_digits(db: Database) -> None:
    log = Log("rounds")
    for event in lived(ARound(name="round 0", rooms=[0, 1, 2, 3, 4, 5, 5, 5]), seed=11, statements=150):
        log.add(event)
    await in_batches(db, [log], seed=4)
    async with db.reader(DISTRICT) as conn:
        facts = await read_facts(conn, ARound(name="round 0").round_id)
    assert facts is not None
    told = {
        (t.definition, t.subject, f.category): (f.count, f.n, f.share, f.interval.low, f.interval.high)
        for t, f in shares(facts)
    }
    expected = figures_of(log.events)
    assert len(expected) > 10
    assert told.keys() == expected.keys()
    for key, opinion in expected.items():
        assert told[key] == pytest.approx(opinion, abs=1e-9), key


async def test_facts_can_be_asked_as_of_any_place_in_the_log(db: Database) -> None:
    a_round = ARound(observers=2)
    log = Log("rounds")
    for event in (
        a_round.opened(),
        a_round.said("a", 0, 0, "task"),
        a_round.said("a", 0, 0, "student", revision=1),
        a_round.rated("1a", 0, 0, "yes"),
        a_round.rated("1a", 0, 0, "mostly"),
        a_round.not_rated("1a", 0, 0),
        a_round.withdrew("a", 0, 0),
    ):
        log.add(event)
    await apply(db, log.events)
    seen = []
    async with db.reader(DISTRICT) as conn:
        for place in range(1, 8):
            facts = await read_facts(conn, a_round.round_id, place)
            assert facts is not None
            seen.append(([s.core_element for s in facts.statements], [r.value for r in facts.ratings]))
        assert await read_facts(conn, a_round.round_id, 0) is None
        times = await conn.fetch("select happened_at, recorded_at from statement where not withdrawn order by log_seq")
    assert seen == [
        ([], []),
        (["task"], []),
        (["student"], []),
        (["student"], ["yes"]),
        (["student"], ["mostly"]),
        (["student"], []),
        ([], []),
    ]
    assert [r["recorded_at"] for r in times] == [e.recorded_at for e in log.events[1:3]]
    assert times[0]["happened_at"] + timedelta(minutes=1) == times[1]["happened_at"]


async def test_schools_are_listed_by_name_and_delisted_ones_are_gone(db: Database) -> None:
    await apply(db, schools().events)
    async with db.reader(DISTRICT) as conn:
        listed = await schools_by_name(conn, None, 10)
        assert [name for _, name in listed] == ["Aspen", "Birch"]
        assert [name for _, name in await schools_by_name(conn, (listed[0][1], listed[0][0]), 10)] == ["Birch"]
        assert await school_name(conn, ARound(school="school 2").school_id) is None


async def test_a_district_may_raise_the_thresholds_and_never_lower_them(db: Database) -> None:
    await apply(db, districts().events)
    async with db.reader(DISTRICT) as conn:
        rule = await read_rule(conn, DISTRICT)
    assert (rule.visits, rule.classrooms, rule.observers) == (8, 5, 3)


async def test_another_district_sees_no_row(db: Database) -> None:
    await apply(db, a_log().events)
    other = ARound(name="elsewhere").round_id
    async with db.reader(other) as conn:
        assert await read_facts(conn, ARound(name="round 0").round_id) is None
        assert await find_round(conn, ARound(name="round 0").round_id) is None


async def test_no_table_knows_of_teachers_or_words(db: Database) -> None:
    async with db.system() as conn:
        names = await conn.fetch(
            "select column_name from information_schema.columns where table_schema = $1", await live_schema(db)
        )
    told = {r["column_name"] for r in names}
    assert not {name for name in told if "teacher" in name or "text" in name or "word" in name or "email" in name}


async def test_an_event_of_a_newer_kind_is_passed_over(db: Database) -> None:
    log = a_log(rounds=1)
    newer = replace(log.events[0], type="SomethingNewer", data=b'{"whatever": 1}')
    await apply(db, [newer])
    await apply(db, log.events[1:])
    async with db.reader(DISTRICT) as conn:
        assert await find_round(conn, ARound(name="round 0").round_id) is not None


async def test_the_teams_verdict_counts_and_the_newest_one_wins(db: Database) -> None:
    a_round, log = ARound(), Log("rounds")
    log.add(a_round.opened())
    for n, marked in enumerate([False, False, True, True]):
        log.add(a_round.said(str(n), n, 0, judgmental=marked))
    log.add(a_round.screened("challenged", "0", "1"))
    log.add(a_round.screened("admitted", "1", "2"))
    await apply(db, log.events)
    async with db.reader(DISTRICT) as conn:
        facts = await read_facts(conn, a_round.round_id)
        before = await read_facts(conn, a_round.round_id, upto=5)
        found = await find_round(conn, a_round.round_id)
        assert found is not None
        live = await live_figures(conn, found)
    assert facts is not None
    assert before is not None
    evidence = {s.statement_id for s in facts.statements if not s.judgmental}
    assert evidence == {a_round.id("statement 1"), a_round.id("statement 2")}
    assert {s.statement_id for s in before.statements if not s.judgmental} == {
        a_round.id("statement 0"),
        a_round.id("statement 1"),
    }
    assert (live.statements, live.judgmental) == (4, 2)


ODD = [
    "1a",
    "NULL",
    "",
    "a,b",
    "{c}",
    "ñ 評価 \u2028",
    'say "so"',
    "back\\slash",
    "\\N",
    "tab\there",
    "line\nbreak\r",
    "'; --",
]


async def test_codes_of_any_characters_are_stored_as_they_were_told(db: Database) -> None:
    told = ODD
    a_round, log = ARound(), Log("rounds")
    log.add(a_round.opened())
    log.add(a_round.said("a", 0, 0, look_for_ids=tuple(told)))
    for code in told:
        log.add(a_round.rated(code, 0, 0, f"value {code}"))
    await apply(db, log.events)
    async with db.reader(DISTRICT) as conn:
        facts = await read_facts(conn, a_round.round_id)
    assert facts is not None
    assert list(facts.statements[0].look_for_ids) == told
    assert {(r.look_for_id, r.value) for r in facts.ratings} == {(code, f"value {code}") for code in told}


MOMENTS = [
    datetime(2026, 10, 7, 14, 5, 0, 123_456, tzinfo=UTC),
    datetime(2026, 10, 7, 14, 5, tzinfo=timezone(timedelta(hours=-5, minutes=-30))),
    datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 10, 7, 14, 5),  # a device that tells no zone
]


async def test_moments_and_several_questions_are_stored_as_they_were_told(db: Database) -> None:
    a_round, log = ARound(), Log("rounds")
    questions = (a_round.id("question 1"), a_round.id("question 2"))
    for n, moment in enumerate(MOMENTS):
        log.add(a_round.said(str(n), 0, 0, device_time=moment, focus_question_ids=questions))
    await apply(db, log.events)
    async with db.system() as conn:
        await builds.use_live(conn, SchoolPatterns.name)
        rows = await conn.fetch("select happened_at, recorded_at, focus_question_ids from statement order by log_seq")
    assert [r["happened_at"] for r in rows] == [m if m.tzinfo else m.replace(tzinfo=UTC) for m in MOMENTS]
    assert [r["recorded_at"] for r in rows] == [e.recorded_at for e in log.events]
    assert {tuple(r["focus_question_ids"]) for r in rows} == {questions}


async def test_an_id_that_is_none_is_told(db: Database) -> None:
    a_round, log = ARound(), Log("rounds")
    log.add(a_round.said("a", 0, 0))
    broken = replace(
        log.events[0], data=log.events[0].data.replace(a_round.id("statement a").bytes.hex()[:8].encode(), b"abcdef")
    )
    with pytest.raises(ValueError, match="is no id"):
        await apply(db, [broken])
