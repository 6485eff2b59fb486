"""A district's calendar and the spreadsheets of the stage, from the file to what planning reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.demo import files
from services.demo.district import generate
from services.scheduling.stage.facts import Stage, load_stage
from tests.integration.imports.conftest import Office

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "calendar" / "livingston_nj_2025-2026.ics"

YEAR = b"""BEGIN:VCALENDAR
X-WR-CALNAME:Our schools
BEGIN:VEVENT
UID:1
SUMMARY:First Day of School
DTSTART;VALUE=DATE:20260825
CATEGORIES:first-day
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Winter Recess
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20270101
CATEGORIES:break
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:2-hour delay
DTSTART;VALUE=DATE:20261112
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:State Testing Grades 3-8
DTSTART;VALUE=DATE:20270503
DTEND;VALUE=DATE:20270506
END:VEVENT
BEGIN:VEVENT
UID:5
SUMMARY:Half Day (Elementary)
DTSTART;VALUE=DATE:20261103
END:VEVENT
BEGIN:VEVENT
UID:6
SUMMARY:School Day - Snow Makeup
DTSTART;VALUE=DATE:20270213
END:VEVENT
BEGIN:VEVENT
UID:7
SUMMARY:Board meeting
DTSTART:20261110T190000
END:VEVENT
BEGIN:VEVENT
UID:8
SUMMARY:Last Day of School
DTSTART;VALUE=DATE:20270618
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
async def district(office: Office) -> Office:
    made = generate()
    await office.send("schools", files.schools_geojson(made))
    await office.send("roster", files.roster_zip(made))
    async with office.db.writer(office.district_id) as conn:
        await conn.execute(
            "insert into districts values ($1, 'Maple Valley', 'America/New_York', 20)", office.district_id
        )
    return office


async def stage_of(office: Office) -> Stage:
    async with office.db.reader(office.district_id) as conn:
        return await load_stage(conn, office.district_id, date(2026, 8, 1), date(2027, 7, 1))


async def emails(office: Office) -> list[str]:
    async with office.db.reader(office.district_id) as conn:
        rows = await conn.fetch("select email from people where email is not null order by email limit 5")
    return [r["email"] for r in rows]


async def names(office: Office) -> list[str]:
    return [s["name"] for s in (await office.get("/schools", limit=200))["items"]]


def rows(*lines: str) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode()


async def test_a_calendar_is_tried_then_imported_and_changes_nothing_the_second_time(district: Office) -> None:
    tried = await district.send("calendar", YEAR, name="year.ics", dry_run=True)
    assert (tried["status"], tried["added"]) == ("dry_run", 13)  # 6 weekdays, 3 of tests, 3 single days, the term
    assert (await stage_of(district)).marks == {}
    done = await district.send("calendar", YEAR, name="year.ics")
    assert (done["status"], done["added"]) == ("applied", 13)
    stage = await stage_of(district)
    assert [(t.name, t.starts_on, t.ends_on) for t in stage.terms] == [
        ("2026-2027", date(2026, 8, 25), date(2027, 6, 18))
    ]
    kinds = {d: m.kind for d, m in stage.marks.items()}
    assert kinds[date(2026, 12, 31)] == "no_school"
    assert date(2026, 12, 26) not in kinds  # a Saturday
    assert kinds[date(2027, 5, 5)] == "testing"
    assert kinds[date(2026, 11, 12)] == "late_start"
    assert kinds[date(2027, 2, 13)] == "school_day"
    problems = {p["code"]: p for p in done["problems"]}
    assert problems["some_schools"]["line"] == 27
    assert problems["not_understood"]["detail"].startswith("“Board meeting” on 2026-11-10")
    assert problems["not_understood"]["es"]["detail"].startswith("«Board meeting» del 2026-11-10 no dice nada")
    again = await district.send("calendar", YEAR, name="year.ics")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 12)


async def test_a_whole_year_clears_the_days_that_it_lacks(district: Office) -> None:
    await district.send("calendar", YEAR, name="year.ics")
    shorter = YEAR.replace(b"DTEND;VALUE=DATE:20270101", b"DTEND;VALUE=DATE:20261231")
    kept = await district.send("calendar", shorter, name="year.ics", dry_run=True)
    assert kept["removed"] == 0
    cleared = await district.send("calendar", shorter, name="year.ics", full=True)
    assert (cleared["removed"], cleared["diffs"][0]["label"]) == (1, "2026-12-31")


async def test_what_is_no_calendar_changes_nothing(district: Office) -> None:
    refused = await district.send("calendar", b"<html></html>", name="page.ics", status=422)
    assert refused["problems"][0]["code"] == "no_calendar"
    tried = await district.send("calendar", b"<html></html>", name="page.ics", dry_run=True)
    assert tried["applicable"] is False


@pytest.mark.skipif(not REAL.is_file(), reason="the real calendar is not beside the project")
async def test_the_real_calendar_is_understood(district: Office) -> None:
    told = await district.send("calendar", REAL.read_bytes(), name=REAL.name)
    assert (told["added"], told["applicable"]) == (51, True)
    async with district.db.reader(district.district_id) as conn:
        stage = await load_stage(conn, district.district_id, date(2025, 8, 1), date(2026, 7, 1))
    assert [(t.starts_on, t.ends_on) for t in stage.terms] == [(date(2025, 8, 27), date(2026, 6, 18))]
    kinds = [m.kind for m in stage.marks.values()]
    made_up = {"school_day": 1}  # the snow day that is made up
    assert {k: kinds.count(k) for k in set(kinds)} == {"no_school": 32, "early_release": 14, "late_start": 3, **made_up}


async def test_observers_come_with_their_training_caps_and_absences(district: Office) -> None:
    one, two, three, *_ = await emails(district)
    school = (await names(district))[0]
    sheet = rows(
        "E-mail;Role;Home School;Facilitates;Max Month;Trained for;Trained until",
        f"{one};Principal;{school};yes;2;instructional rounds;31/12/2027",
        f"{one};;;;;lesson study;",
        f"{two};;;;;;",
        f"{three};wizard;;;;;",
        "nobody@nowhere.example;teacher;;;;;",
    )
    told = await district.send("stage/observers", sheet, name="observers.csv")
    assert (told["added"], {p["code"] for p in told["problems"]}) == (
        2,
        {"delimiter", "unknown_word", "unknown_person"},
    )
    assert [p["line"] for p in told["problems"] if p["severity"] == "warning"] == [5, 6]
    assert [d["label"] for d in told["diffs"]] == [f"{one} (line 2)", f"{two} (line 4)"]
    assert [d["es"]["label"] for d in told["diffs"]] == [f"{one} (línea 2)", f"{two} (línea 4)"]
    assert told["diffs"][0]["es"]["after"] == (
        "dirección escolar, facilita, 2 al mes, instructional-rounds hasta 2027-12-31, lesson-study hasta nuevo aviso"
    )
    assert [p["es"]["detail"] for p in told["problems"] if p["code"] == "unknown_person"] == [
        "Nadie de la nómina tiene esta dirección o este identificador; la fila se omite."
    ]
    stage = await stage_of(district)
    [first] = [o for o in stage.observers.values() if o.role == "principal" and o.entered]
    assert (first.facilitates, first.max_month) == (True, 2)
    assert dict(first.trainings) == {"instructional-rounds": (None, date(2027, 12, 31)), "lesson-study": (None, None)}
    header = "email,first_day,last_day,starts,ends"
    away = rows(header, f"{one},2026-10-05,2026-10-06,8:00 AM,12:00 PM", f"{two},2026-10-07")
    told = await district.send("stage/availability", away, name="away.csv")
    spans = "2026-10-05 08:00 to 12:00; 2026-10-06 08:00 to 12:00"
    assert [d["after"] for d in told["diffs"]] == [spans, "2026-10-07"]
    week = rows(header, f"{three},2026-11-02,2026-11-06")
    assert [d["after"] for d in (await district.send("stage/availability", week, name="week.csv"))["diffs"]] == [
        "2026-11-02 to 2026-11-06"
    ]
    stage = await stage_of(district)
    assert not stage.available(first.person_id, date(2026, 10, 6))
    assert stage.available(first.person_id, date(2026, 10, 7))
    tried = await district.send("stage/availability", away, name="away.csv", dry_run=True)
    assert (tried["unchanged"], tried["diffs_total"]) == (2, 0)


async def test_bells_rooms_regions_networks_and_roads(district: Office) -> None:
    a, b, *_ = await names(district)
    (one, *_) = await emails(district)

    async def send(kind: str, *lines: str) -> Any:
        return await district.send(f"stage/{kind}", rows(*lines), name=f"{kind}.csv")

    bells = await send(
        "bells",
        "school,schedule,day_type,period,starts,ends,kind",
        f"{a},Regular,,1,8:00,8:50,",
        f"{a},Regular,,Lunch,12:00,12:30,lunch",
        f"{a},Short,early release,1,8:00,8:30,",
        f"{b},Broken,,1,8:00,9:00,",
        f"{b},Broken,,2,8:30,9:30,",
    )
    assert bells["added"] == 2
    assert [d["label"] for d in bells["diffs"]] == [
        f"{a}, Regular, regular (line 2)",
        f"{a}, Short, early release (line 4)",
    ]
    assert bells["problems"][0]["code"] == "periods_overlap"
    assert "empezaría a las 08:30" in bells["problems"][0]["es"]["detail"]
    assert [d["es"]["after"] for d in bells["diffs"]] == ["2 períodos, de 08:00 a 12:30", "1 período, de 08:00 a 08:30"]
    rooms = ("school,room,grade_band,subject,wing,free_periods", f"{a},12,3-5,Science,North,2; 5")
    assert (await send("classrooms", *rooms))["added"] == 1
    assert (await send("classrooms", *rooms))["unchanged"] == 1
    changed = await send("classrooms", rooms[0], f"{a},12,3-5,Mathematics,,")
    assert (changed["changed"], changed["diffs"][0]["after"]) == (1, "3-5, Mathematics")
    assert (await send("hosts", "school,region,cover_per_day", f"{a},Uptown,2", f"{b},Uptown,"))["added"] == 2
    assert (await send("hosts", "school,cover_per_day", f"{a},3"))["changed"] == 1
    assert (await send("travel", "from,to,minutes", f"{a},{b},17", f"{b},{b},1"))["diffs"][0]["after"] == "1 trips"
    assert (await send("networks", "network,school,email", f"North,{a},", f"North,,{one}"))["added"] == 1
    stage = await stage_of(district)
    by_name = {s.name: s for s in stage.schools.values()}
    first = by_name[a]
    assert (first.region, first.cover_per_day, len(first.rooms), sorted(first.bells)) == (
        "Uptown",
        3,
        1,
        ["early_release", "regular"],
    )
    assert stage.minutes(by_name[b].school_id, first.school_id) == 17
    assert len(first.networks) == 1
    assert len((await district.get("/stage/sheets"))["items"]) == 7
