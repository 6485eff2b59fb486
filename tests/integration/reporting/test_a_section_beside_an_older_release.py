"""Figures by grade and subject over schools of which older code released one, from what that code wrote: each of its
visits may be known, and what is told of all of them together betrays no part of another school."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from services.reporting.disclosure.rule import RULES
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.releases.events import SnapshotFrozen, stream_of
from services.reporting.releases.freeze import Freezer, put_snapshot
from services.reporting.sections.freeze import Sectioner
from services.reporting.sections.section import Section, SectionGroup
from services.rounds.contract import RoundReleased
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext
from shared.tables import with_tables
from tests.support.corrected_district import MATH, ASchool, Shown
from tests.support.frozen_before import FROZEN, the_round, until_released
from tests.support.projecting import apply, no_settings
from tests.support.published import DISTRICT, Log

OLDER = pytest.mark.parametrize("frozen", FROZEN, ids=lambda f: f.stem)
CONTENT, NOTHING = frozenset({"content"}), frozenset[str]()


def shown(having: int, rooms: int) -> Shown:
    return (CONTENT,) * having + (NOTHING,) * (rooms - having)


def a_school(name: str, music: Shown, math: Shown) -> ASchool:
    rooms = range(len(music) + len(math))
    return ASchool(name=name, school=name, rooms=rooms, music=len(music), first=(*music, *math))


async def section(db: Database, frozen: Path, rules: int) -> Section:
    """Over the school that older code released (by these `rules`), where one room of nine had the content, "at most
    2"; one of nine rooms of mathematics, 5 of them with it, which it tells itself; one of six rooms of music and five
    of mathematics, of which three and three had it: it tells 6 of 11; and two of music, which tell 5 of 9 each."""
    older = SnapshotFrozen.model_validate({**json.loads(frozen.read_text("utf-8")), "rules": rules})
    log, store, tables = Log("rounds"), PostgresEventStore(db), Tables(db, no_settings)
    for event in until_released(the_round()):
        log.add(event)
    assert older.log_seq == log.events[-1].log_seq
    others: Sequence[ASchool] = (
        a_school("all mathematics", (), shown(5, 9)),
        a_school("two subjects", shown(3, 6), shown(3, 5)),
        *(a_school(f"all music {n}", shown(5, 9), ()) for n in range(2)),
    )
    for school in others:
        for event in school.lived():
            log.add(event)
    await apply(db, log.events)
    frozen_then, now = (CommandContext(district_id=DISTRICT, actor_id=None) for _ in range(2))
    append = with_tables(db, store, put_snapshot)
    await append(stream_of(older.snapshot.round_id), [older], expected=0, context=frozen_then)
    freezer = Freezer(db, store, tables)
    for published in [e for e in log.events if e.type == "RoundReleased"][1:]:
        await freezer.on_released(RoundReleased.model_validate_json(published.data), published)
    day = timedelta(days=1)
    return await Sectioner(db, store, tables).freeze(older.snapshot.day - day, older.snapshot.day + day, now)


def of(found: Section, subject: str | None) -> SectionGroup:
    return next(g for g in found.groups if (g.grade_band, g.subject) == (None, subject))


def state(group: SectionGroup, element: str = "content") -> tuple[str, int | None]:
    if group.hidden:
        return "hidden", None
    cell = next(c for c in group.cells if c.category == element)
    return cell.state, cell.count


@OLDER
async def test_what_older_code_told_is_known_and_no_part_of_another_school_follows(db: Database, frozen: Path) -> None:
    """9 of 23, less 5, less the one of nine that may be known: 3 of the other school's five rooms of mathematics."""
    found = await section(db, frozen, 1)
    assert state(of(found, MATH)) == ("hidden", None)
    assert any(g.n for g in found.groups), "it tells something"


@OLDER
async def test_beside_a_release_of_todays_rules_it_is_told(db: Database, frozen: Path) -> None:
    """The same releases, were the first one that today's rules made: then it leaves 0 to 2, and so the other part."""
    found = await section(db, frozen, RULES)
    assert state(of(found, MATH)) == ("told", 9)
    assert state(of(found, None)) == ("hidden", None), "less what two schools tell it would be the first's"
