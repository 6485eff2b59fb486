"""The stage is set over HTTP, and scheduling by hand respects what was entered."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.scheduling.stage.facts import load_stage
from shared.access import Role
from tests.integration.scheduling.test_planning_over_http import DAY, Planning, planning

__all__ = ["planning"]


async def codes(planning: Planning, **changes: Any) -> dict[str, str]:
    told = await planning.ask("POST", "/rounds?check=true", 200, json=planning.wish(**changes))
    return {p["code"]: p["detail"] for p in told.json()["problems"] if p["code"] != "no_sign_in"}


def name(planning: Planning, n: int) -> str:
    person = next(p for p in planning.people if p["person_id"] == planning.visitors[n])
    return f"{person['given_name']} {person['family_name']}"


async def test_terms_do_not_overlap_and_are_edited_with_if_match(planning: Planning) -> None:
    fall, spring = uuid4(), uuid4()
    body = {"name": "Fall", "starts_on": "2098-08-25", "ends_on": "2099-01-23"}
    made = await planning.ask("PUT", f"/terms/{fall}", 200, json=body)
    clash = body | {"name": "Spring", "starts_on": "2099-01-20", "ends_on": "2099-06-18"}
    refused = await planning.ask("PUT", f"/terms/{spring}", 409, json=clash)
    assert refused.json()["detail"] == "Spring would overlap Fall (25 August 2098 to 23 January 2099)."
    await planning.ask("PUT", f"/terms/{fall}", 412, json=body | {"name": "Autumn"}, extra={"If-Match": '"9"'})
    await planning.ask("PUT", f"/terms/{spring}", 200, json=clash | {"starts_on": "2099-01-26"})
    assert [t["name"] for t in (await planning.ask("GET", "/terms", 200)).json()["items"]] == ["Fall", "Spring"]
    assert made.headers["etag"] == '"1"'
    await planning.ask("DELETE", f"/terms/{fall}", 204)


async def test_a_school_has_days_of_its_own(planning: Planning) -> None:
    principal = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[9], planning.host)
    body = {"kind": "no_visits", "title": "Concert"}
    path = f"/schools/{planning.host}/calendar/days/{DAY}"
    await planning.ask("PUT", path, 200, json=body, headers=principal)
    told = await codes(planning)
    assert told["no_school_day"].endswith("no visits are to be made at this school (Concert).")
    other = planning.schools[1]["school_id"]
    foreign = f"/schools/{other}/calendar/days/{DAY}"
    await planning.ask("PUT", foreign, 404, json=body, headers=principal)
    await planning.ask("DELETE", path, 204, headers=principal)
    assert "no_school_day" not in await codes(planning)


async def test_bells_are_checked_and_read_by_their_kind_of_day(planning: Planning) -> None:
    path = f"/schools/{planning.host}/bells"
    periods = [
        {"name": "1", "starts": "08:00", "ends": "08:50"},
        {"name": "2", "starts": "08:45", "ends": "09:40"},
    ]
    body = {"name": "Regular", "day_type": "regular", "periods": periods}
    refused = await planning.ask("PUT", f"{path}/{uuid4()}", 409, json=body)
    assert refused.json()["detail"] == "2 would begin at 08:45, before 1 ends at 08:50."
    periods[1]["starts"] = "08:55"
    await planning.ask("PUT", f"{path}/{uuid4()}", 200, json=body)
    for letter in "AB":
        await planning.ask("PUT", f"{path}/{uuid4()}", 200, json=body | {"name": letter, "day_type": letter})
    cycle = {"letters": ["A", "B"], "starts_on": "2099-03-02"}
    shown = (await planning.ask("PUT", f"/schools/{planning.host}/cycle", 200, json=cycle)).json()
    assert [s["day_type"] for s in shown["schedules"]] == ["regular", "A", "B"]
    await planning.ask("PUT", "/calendar/days/2099-03-03", 200, json={"kind": "no_school", "title": "Snow"})
    await planning.ask("PUT", "/calendar/days/2099-03-05", 200, json={"kind": "testing", "title": "State test"})
    async with planning.office.db.reader(planning.office.district_id) as conn:
        stage = await load_stage(conn, planning.office.district_id, date(2099, 1, 1), date(2099, 6, 1))
    host = UUID(planning.host)
    types = [stage.day_type(host, date(2099, 3, d)) for d in (1, 2, 4, 5, 6, 9)]
    assert types == ["regular", "A", "B", "testing", "B", "A"]
    bell = stage.bell(host, date(2099, 3, 5))
    assert bell is not None
    assert bell.name == "Regular"


async def test_which_letter_a_day_is_is_told_by_school(planning: Planning) -> None:
    async def letters(**only: str) -> list[tuple[list[str], dict[str, str]]]:
        query = {"from": "2099-02-27", "to": "2099-03-09"} | only
        items = (await planning.ask("GET", "/bells/letters", 200, params=query)).json()["items"]
        return [(i["school_ids"], {d[8:]: letter for d, letter in i["days"].items()}) for i in items]

    assert await letters() == []
    cycle = {"letters": ["A", "B"], "starts_on": "2099-03-02"}
    schools = [s["school_id"] for s in (await planning.ask("GET", "/schools", 200)).json()["items"]]
    other = next(s for s in schools if s != planning.host)
    for school in (planning.host, other):
        await planning.ask("PUT", f"/schools/{school}/cycle", 200, json=cycle)
    await planning.ask("PUT", "/calendar/days/2099-03-03", 200, json={"kind": "no_school", "title": "Snow"})
    await planning.ask("PUT", "/calendar/days/2099-03-05", 200, json={"kind": "testing", "title": "State test"})
    week = {"02": "A", "04": "B", "05": "A", "06": "B", "09": "A"}
    [(alike, days)] = await letters()
    assert (set(alike), days) == ({planning.host, other}, week), "a lost day moves the letters on, a test does not"

    own = {"kind": "no_school", "title": "No water"}
    await planning.ask("PUT", f"/schools/{other}/calendar/days/2099-03-04", 200, json=own)
    assert await letters(school_id=planning.host) == [([planning.host], week)]
    assert await letters(school_id=other) == [([other], {"02": "A", "05": "B", "06": "A", "09": "B"})]
    async with planning.office.db.reader(planning.office.district_id) as conn:
        stage = await load_stage(conn, planning.office.district_id, date(2099, 1, 1), date(2099, 6, 1))
    for day in (2, 4, 6, 9):  # the bells that are kept are those of the letter that is told
        assert stage.day_type(UUID(planning.host), date(2099, 3, day)) == week[f"{day:02}"]


async def test_whom_scheduling_by_hand_refuses(planning: Planning) -> None:
    lead, one, two, three, four = planning.visitors[:5]
    away = {
        "since": "2099-03-01",
        "until": "2099-03-31",
        "away": [{"first": DAY, "last": DAY, "starts": "12:00", "ends": "13:30"}],
    }
    await planning.ask("PUT", f"/observers/{one}/availability", 200, json=away)
    trained = {"protocol": "instructional-rounds", "valid_until": "2099-03-03"}
    observer = {"role": "principal", "facilitates": True, "trainings": [trained], "max_month": 1}
    await planning.ask("PUT", f"/observers/{lead}", 204, json=observer)
    await planning.ask("PUT", f"/pairs/{uuid4()}", 204, json={"person_a": two, "person_b": three, "kind": "apart"})
    missing = planning.visitors[7]
    await planning.ask(
        "PUT", f"/pairs/{uuid4()}", 204, json={"person_a": four, "person_b": missing, "kind": "together"}
    )
    told = await codes(planning)
    assert told["unavailable"] == (f"{name(planning, 1)} cannot come on Wednesday 4 March 2099 (from 12:00 to 13:30).")
    assert "are not to be on one visit" in told["kept_apart"]
    assert told["kept_together"].startswith(f"{name(planning, 4)} comes only together with {name(planning, 7)}")
    refused = await planning.ask("POST", "/rounds", 409, json=planning.wish())
    assert {p["code"] for p in refused.json()["problems"] if p["refuses"]} == {
        "unavailable",
        "not_trained",
        "kept_apart",
        "kept_together",
    }


async def test_caps_and_cover_are_sentences(planning: Planning) -> None:
    lead, one = planning.visitors[:2]
    home = next(p for p in planning.people if p["person_id"] == one)["school_ids"][0]
    await planning.ask("PUT", f"/observers/{one}", 204, json={"role": "teacher", "max_month": 1})
    wish = planning.wish(teams=[{"name": "Team 1", "observer_ids": [one]}])
    await planning.ask("POST", "/rounds", 201, json=wish)
    told = await codes(planning, day="2099-03-11")
    assert told["days_out"] == f"{name(planning, 1)} would be out 2 days in March 2099; at most 1 is allowed."
    assert "days_out" not in await codes(planning, day="2099-04-01")
    await planning.ask("PUT", f"/schools/{home}/host", 200, json={"region": "North", "cover_per_day": 0})
    told = await codes(planning, day="2099-04-01")
    assert "it can spare 0." in told["cover"]
    await planning.ask(
        "PUT",
        f"/schools/{home}/host",
        200,
        json={"cover_per_day": 0, "cover_on": [{"day": "2099-04-01", "people": 9}]},
    )
    assert "cover" not in await codes(planning, day="2099-04-01")
    assert lead


async def test_my_own_calendar_says_when_i_cannot_come(planning: Planning) -> None:
    me = planning.visitors[1]
    observer = planning.as_(Role.OBSERVER, me)
    today = date.today()  # the file is read from today on
    ics = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Secret appointment\r\n"
        f"DTSTART;TZID=America/New_York:{today:%Y%m%d}T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
    path = "/availability/mine/calendar"
    files = {"file": ("mine.ics", ics)}
    read = (await planning.ask("POST", path, 200, files=files, headers=observer)).json()
    assert read["busy"] in (3, 4)  # whether this hour of today has passed in New York or not
    mine = (await planning.ask("GET", "/availability/mine", 200, headers=observer)).json()
    assert {s["source"] for s in mine["spans"]} == {"calendar"}
    assert "Secret" not in await planning.office.everything()
    empty = {"file": ("mine.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")}
    await planning.ask("POST", path, 200, files=empty, headers=observer)
    mine = (await planning.ask("GET", "/availability/mine", 200, headers=observer)).json()
    assert mine["spans"] == []
    broken = {"file": ("mine.ics", b"<html>")}
    refused = await planning.ask("POST", path, 422, files=broken, headers=observer)
    assert refused.json()["problems"][0]["code"] == "no_calendar"
    await planning.ask("POST", path, 403, files=files)


async def test_what_is_typed_of_other_months_stays(planning: Planning) -> None:
    me = planning.as_(Role.OBSERVER, planning.visitors[1])
    march = {"since": "2099-03-01", "until": "2099-03-31", "away": [{"first": "2099-03-30", "last": "2099-04-02"}]}
    await planning.ask("PUT", "/availability/mine", 200, json=march, headers=me)
    april = {"since": "2099-04-01", "until": "2099-04-30", "away": [{"first": "2099-04-09", "last": "2099-04-09"}]}
    told = (await planning.ask("PUT", "/availability/mine", 200, json=april, headers=me)).json()
    assert [(s["starts_at"][:10], s["ends_at"][:10]) for s in told["spans"]] == [
        ("2099-03-30", "2099-04-01"),
        ("2099-04-09", "2099-04-10"),
    ]


async def test_networks_and_the_list_of_observers(planning: Planning) -> None:
    one, two = planning.visitors[:2]
    network = uuid4()
    body = {"name": "North network", "school_ids": [planning.host], "person_ids": [one, two]}
    await planning.ask("PUT", f"/networks/{network}", 200, json=body)
    await planning.ask("PUT", f"/networks/{uuid4()}", 409, json=body | {"name": "north  network"})
    await planning.ask("PUT", f"/observers/{one}", 204, json={"role": "coach", "home_school_id": planning.host})
    listed = (await planning.ask("GET", f"/observers?network_id={network}", 200)).json()["items"]
    assert [(o["person_id"], o["role"], o["planned_role"]) for o in listed] == [(one, "coach", "coach")]
    hosts = (await planning.ask("GET", "/hosts", 200)).json()["items"]
    assert next(h for h in hosts if h["school_id"] == planning.host)["networks"] == [str(network)]
    told = await codes(planning)
    assert f"{name(planning, 0)} works at" in told["own_school"]
    await planning.ask("DELETE", f"/observers/{one}", 204)
    await planning.ask("DELETE", f"/networks/{network}", 204)
    assert (await planning.ask("GET", "/networks", 200)).json()["items"] == []


async def test_minutes_on_the_road_are_told_trip_by_trip_and_taken_back(planning: Planning) -> None:
    here, there = planning.host, next(s["school_id"] for s in planning.schools if s["school_id"] != planning.host)

    async def trips(school: str) -> list[tuple[str, int]]:
        items = (await planning.ask("GET", f"/schools/{school}/travel", 200)).json()["items"]
        return [(i["from_school"], i["minutes"]) for i in items]

    await planning.ask("PUT", f"/travel/{here}/{there}", 204, json={"minutes": 25})
    await planning.ask("PUT", f"/travel/{there}/{here}", 204, json={"minutes": 30})
    assert await trips(here) == [(here, 25), (there, 30)]
    assert await trips(there) == [(there, 30), (here, 25)]
    told = {h["school_id"]: h["trips"] for h in (await planning.ask("GET", "/hosts", 200)).json()["items"]}
    assert (told[here], told[there]) == (1, 1)
    await planning.ask("PUT", f"/travel/{here}/{here}", 409, json={"minutes": 5})
    await planning.ask("PUT", f"/travel/{here}/{there}", 422, json={"minutes": 601})
    await planning.ask("DELETE", f"/travel/{here}/{there}", 204)
    await planning.ask("DELETE", f"/travel/{here}/{there}", 204)
    assert await trips(here) == [(there, 30)]
    principal = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[9], here)
    await planning.ask("DELETE", f"/travel/{there}/{here}", 403, headers=principal)


async def test_the_tables_are_what_the_streams_say(planning: Planning) -> None:
    """The trimming of spans in SQL is the trimming of spans in the decider."""
    from services.scheduling.observers.decide import observer, stream
    from shared.command_handler import CommandHandler
    from shared.eventstore.store import PostgresEventStore
    from shared.messages import CommandContext

    person = planning.visitors[1]
    tellings = [
        ("03-01", "03-31", "03-28", "04-03"),
        ("03-20", "04-01", "03-21", "03-22"),
        ("04-02", "04-02", "04-02", "04-02"),
    ]
    for since, until, first, last in tellings:
        body = {
            "since": f"2099-{since}",
            "until": f"2099-{until}",
            "away": [{"first": f"2099-{first}", "last": f"2099-{last}"}],
        }
        await planning.ask("PUT", f"/observers/{person}/availability", 200, json=body)
        store = PostgresEventStore(planning.office.db)
        handler: CommandHandler[Any, Any] = CommandHandler(store, observer)
        state, _ = await handler.load(stream(person), CommandContext(planning.office.district_id, None))
        async with planning.office.db.reader(planning.office.district_id) as conn:
            rows = await conn.fetch(
                "select starts_at, ends_at from unavailable where person_id = $1 order by 1", UUID(person)
            )
        assert [(s.starts_at, s.ends_at) for s in state.spans["screen"]] == [tuple(r) for r in rows]
