"""Calendar, classrooms and rounds over HTTP, as a leader and the people of a round use them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.demo import files
from services.demo.district import generate
from services.rounds.contract import CORE_INSTRUMENT, InstrumentPublished, RoundOpened, RoundReplanned, StageOpened
from services.scheduling.instruments.reactions import wire
from services.scheduling.visits import reactions as visits
from shared.access import Actor, Grant, Role
from tests.integration.imports.conftest import Office
from tests.support.hearing import Hearing

DAY = "2099-03-04"  # a Wednesday


class Planning:
    """A district with the demo's schools and people, and a leader who plans."""

    def __init__(self, office: Office, people: list[dict[str, Any]], schools: list[dict[str, Any]]) -> None:
        self.office, self.people, self.schools = office, people, schools
        self.leader = office.as_(Role.DISTRICT_LEADER)
        self.host = schools[0]["school_id"]
        self.visitors = [p["person_id"] for p in people if self.host not in p["school_ids"]]

    async def ask(self, method: str, path: str, status: int, **rest: Any) -> httpx.Response:
        headers = rest.pop("headers", None) or self.leader
        answer = await self.office.http.request(method, path, headers=headers | rest.pop("extra", {}), **rest)
        assert answer.status_code == status, answer.text
        return answer

    def as_(self, role: Role, person_id: str, school_id: str | None = None) -> dict[str, str]:
        school = UUID(school_id) if school_id else None
        return self.office.identity.headers_for(Actor(UUID(person_id), self.office.district_id, (Grant(role, school),)))

    def wish(self, **changes: Any) -> dict[str, Any]:
        return {
            "school_id": self.host,
            "day": DAY,
            "facilitator_id": self.visitors[0],
            "teams": [{"name": "Team 1", "observer_ids": self.visitors[1:5]}],
        } | changes


@pytest.fixture
async def planning(office: Office) -> Planning:
    district = generate()
    await office.send("schools", files.schools_geojson(district))
    await office.send("roster", files.roster_zip(district))
    async with office.db.writer(office.district_id) as conn:
        await conn.execute(
            "insert into districts values ($1, 'Maple Valley', 'America/New_York', 20)", office.district_id
        )
    people = (await office.get("/people", limit=200))["items"]
    return Planning(office, people, (await office.get("/schools", limit=200))["items"])


async def test_a_round_is_scheduled_changed_with_if_match_and_cancelled(planning: Planning) -> None:
    room = (
        await planning.ask(
            "POST",
            f"/schools/{planning.host}/classrooms",
            201,
            json={"room": "Room 1", "grade_band": "3-5", "subject": "Science"},
        )
    ).json()
    made = await planning.ask("POST", "/rounds", 201, json=planning.wish())
    path = f"/rounds/{made.json()['round_id']}"
    assert made.headers["etag"] == '"1"'
    slot = {"team": 0, "classroom_id": room["classroom_id"], "starts_at": "09:00", "ends_at": "09:20"}
    changed = await planning.ask("PUT", path, 200, json=planning.wish(slots=[slot]), extra={"If-Match": '"1"'})
    assert changed.json()["slots"][0]["starts_at"] == "2099-03-04T09:00:00-05:00"
    stale = await planning.ask("PUT", path, 412, json=planning.wish(), extra={"If-Match": '"1"'})
    assert stale.headers["content-type"] == "application/problem+json"
    await planning.ask("DELETE", f"{path}?reason=Snow", 204, extra={"If-Match": '"2"'})
    assert (await planning.ask("GET", path, 200)).json()["status"] == "cancelled"
    await planning.ask("POST", "/rounds", 201, json=planning.wish())  # the day and its people are free again


async def test_the_same_key_schedules_one_round(planning: Planning) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first = await planning.ask("POST", "/rounds", 201, json=planning.wish(), extra=key)
    again = await planning.ask("POST", "/rounds", 201, json=planning.wish(), extra=key)
    assert first.json()["round_id"] == again.json()["round_id"]
    assert len((await planning.ask("GET", "/rounds", 200)).json()["items"]) == 1
    other = await planning.ask("POST", "/rounds", 422, json=planning.wish(day="2099-03-05"), extra=key)
    assert other.json()["type"] == "/problems/idempotency-key-reused"


async def test_the_kept_answers_name_nobody(planning: Planning) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    told = await planning.ask("POST", "/rounds", 201, json=planning.wish(), extra=key)
    async with planning.office.db.reader(planning.office.district_id) as conn:
        kept = [row["body"] or b"" for row in await conn.fetch("select body from idempotent_answers")]
    assert told.json()["facilitator"]["name"]
    assert not any(told.json()["facilitator"]["name"].encode() in body for body in kept)


async def test_a_changed_round_may_keep_its_own_day_and_people(planning: Planning) -> None:
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    told = await planning.ask("POST", f"/rounds?check=true&round_id={made['round_id']}", 200, json=planning.wish())
    assert told.json()["possible"]
    other = await planning.ask("POST", "/rounds?check=true", 200, json=planning.wish())
    assert {p["code"] for p in other.json()["problems"] if p["refuses"]} == {"already_hosting", "double_booking"}


async def test_everybody_sees_the_rounds_that_are_theirs(planning: Planning) -> None:
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    path = f"/rounds/{made['round_id']}"
    observer = planning.as_(Role.OBSERVER, planning.visitors[1])
    (visit,) = (await planning.ask("GET", "/visits/mine", 200, headers=observer)).json()["items"]
    assert (visit["my_part"], visit["team"]) == ("observer", "Team 1")
    host = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[9], planning.host)
    other = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[9], planning.schools[1]["school_id"])
    for who, status in ((observer, 200), (host, 200), (other, 404)):
        await planning.ask("GET", path, status, headers=who)
        seen = (await planning.ask("GET", "/rounds", 200, headers=who)).json()["items"]
        assert len(seen) == (1 if status == 200 else 0)
    await planning.ask("POST", "/rounds", 403, json=planning.wish(), headers=observer)
    stranger = planning.as_(Role.OBSERVER, planning.visitors[8])
    assert (await planning.ask("GET", "/visits/mine", 200, headers=stranger)).json()["items"] == []


async def test_rounds_are_paged_by_day(planning: Planning) -> None:
    for n in range(3):
        await planning.ask("POST", "/rounds", 201, json=planning.wish(day=f"2099-03-0{n + 2}"))
    first = (await planning.ask("GET", "/rounds?limit=2", 200)).json()
    rest = (await planning.ask("GET", f"/rounds?limit=2&after={first['next']}", 200)).json()
    days = [r["day"] for r in first["items"] + rest["items"]]
    assert days == ["2099-03-02", "2099-03-03", "2099-03-04"]
    assert rest["next"] is None
    await planning.ask("GET", "/rounds?after=nonsense", 422)


async def test_a_marked_day_tells_which_rounds_it_touches_and_refuses_new_ones(planning: Planning) -> None:
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    body = {"kind": "no_school", "title": "Snow"}
    told = (await planning.ask("PUT", f"/calendar/days/{DAY}", 200, json=body)).json()
    assert [r["round_id"] for r in told["affected_rounds"]] == [made["round_id"]]
    other = planning.wish(school_id=planning.schools[1]["school_id"], facilitator_id=planning.visitors[7], teams=[])
    refused = (await planning.ask("POST", "/rounds", 409, json=other)).json()
    assert "On Wednesday 4 March 2099 there is no school (Snow)." in refused["detail"]
    await planning.ask("DELETE", f"/calendar/days/{DAY}", 204)
    await planning.ask("DELETE", f"/calendar/days/{DAY}", 404)


async def test_a_principal_opens_the_rooms_of_the_own_school_alone(planning: Planning) -> None:
    body = {"room": "Lab", "grade_band": "6-8", "subject": "Science"}
    host = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[0], planning.host)
    path = f"/schools/{planning.host}/classrooms"
    made = (await planning.ask("POST", path, 201, json=body, headers=host)).json()
    assert set(made) == {"classroom_id", "school_id", "room", "grade_band", "subject", "wing", "free_periods"}
    await planning.ask("POST", path, 409, json=body | {"room": "LAB"}, headers=host)
    elsewhere = f"/schools/{planning.schools[1]['school_id']}/classrooms"
    await planning.ask("POST", elsewhere, 404, json=body, headers=host)
    await planning.ask("POST", f"/schools/{uuid4()}/classrooms", 404, json=body)
    await planning.ask("DELETE", f"{path}/{made['classroom_id']}", 204, headers=host)
    assert (await planning.ask("GET", path, 200)).json()["items"] == []


async def test_a_round_pins_an_instrument_that_can_be_read_or_is_refused(planning: Planning) -> None:
    own = planning.wish(instrument="our-notes", instrument_version=2)
    told = (await planning.ask("POST", "/rounds?check=true", 200, json=own)).json()
    assert [p["where"] for p in told["problems"] if p["refuses"]] == ["instrument"]
    refused = (await planning.ask("POST", "/rounds", 409, json=own)).json()
    assert (refused["code"], refused["where"]) == ("unknown_instrument", "instrument")
    await planning.ask("POST", "/rounds", 409, json=planning.wish(instrument_version=99))
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    assert (made["instrument"], made["instrument_version"]) == CORE_INSTRUMENT
    path, change = f"/rounds/{made['round_id']}", {"json": own, "extra": {"If-Match": '"1"'}}
    await planning.ask("PUT", path, 409, **change)

    hearing = Hearing(planning.office.district_id)
    wire(hearing, planning.office.db)
    for version in (2, 1):  # a dead letter may come late
        await hearing.tell(InstrumentPublished(key="our-notes", version=version))
    changed = (await planning.ask("PUT", path, 200, **change)).json()
    assert (changed["instrument"], changed["instrument_version"]) == ("our-notes", 2)
    await hearing.tell(InstrumentPublished(key="theirs", version=1), uuid4())
    await planning.ask("PUT", path, 409, json=planning.wish(instrument="theirs"), extra={"If-Match": '"2"'})


async def test_what_observers_answer_by_is_not_changed_once_their_visit_has_begun(planning: Planning) -> None:
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    round_id, school_id = UUID(made["round_id"]), UUID(planning.host)
    told = {"round_id": round_id, "school_id": school_id, "day": DAY, "facilitator_id": None, "observer_ids": ()}
    told |= {"instrument": CORE_INSTRUMENT[0], "slots_planned": 1}
    hearing = Hearing(planning.office.district_id)
    wire(hearing, planning.office.db)
    visits.wire(hearing, planning.office.db)
    await hearing.tell(InstrumentPublished(key="our-notes", version=2))
    await hearing.tell(RoundOpened.model_validate(told | {"instrument_version": 7}))
    await hearing.tell(RoundReplanned.model_validate(told | {"instrument_version": CORE_INSTRUMENT[1]}))
    path = f"/rounds/{round_id}"
    other = planning.wish(instrument="our-notes")
    await planning.ask("PUT", path, 200, json=other, extra={"If-Match": '"1"'})
    assert (await planning.ask("GET", path, 200)).json()["problems"] == []

    # The visit began before rounds heard of the change: the leader is told, and puts it back.
    await hearing.tell(StageOpened(round_id=round_id, school_id=school_id, stage="visit"))
    [kept] = (await planning.ask("GET", path, 200)).json()["problems"]
    assert (kept["code"], kept["refuses"]) == ("visit_begun", False)
    assert f"“{CORE_INSTRUMENT[0]}” in version {CORE_INSTRUMENT[1]}" in kept["detail"]
    await planning.ask("PUT", path, 200, json=planning.wish(), extra={"If-Match": '"2"'})
    assert (await planning.ask("GET", path, 200)).json()["problems"] == []

    refused = (await planning.ask("PUT", path, 409, json=other, extra={"If-Match": '"3"'})).json()
    assert (refused["code"], refused["where"]) == ("visit_begun", "instrument")
    moved = await planning.ask("POST", f"{path}/move", 200, json={"day": "2099-03-05"}, extra={"If-Match": '"3"'})
    assert [p["code"] for p in moved.json()["problems"] if p["refuses"]] == ["visit_begun"]
    assert (moved.json()["moved"], moved.json()["nearest"]) == (False, None)


async def test_another_district_sees_none_of_it(planning: Planning) -> None:
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    foreign = planning.office.identity.headers_for(Actor(uuid4(), uuid4(), (Grant(Role.DISTRICT_LEADER),)))
    await planning.ask("GET", f"/rounds/{made['round_id']}", 404, headers=foreign)
    assert (await planning.ask("GET", "/rounds", 200, headers=foreign)).json()["items"] == []
    assert (await planning.ask("GET", "/calendar/days", 200, headers=foreign)).json()["items"] == []


async def test_a_time_with_an_offset_of_its_own_is_refused(planning: Planning) -> None:
    slot = {"team": 0, "classroom_id": str(uuid4()), "starts_at": "09:00+14:00", "ends_at": "09:20"}
    told = (await planning.ask("POST", "/rounds", 422, json=planning.wish(slots=[slot]))).json()
    assert told["problems"][0]["where"] == "body/slots/0/starts_at"


async def test_a_round_is_moved_or_told_what_forbids_it_and_the_nearest_free_day(planning: Planning) -> None:
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    path = f"/rounds/{made['round_id']}/move"
    await planning.ask("PUT", "/calendar/days/2099-03-06", 200, json={"kind": "no_school", "title": "Snow"})
    told = (await planning.ask("POST", path, 200, json={"day": "2099-03-06"})).json()
    assert (told["possible"], told["moved"], told["day"]) == (False, False, DAY)
    assert told["nearest"] == "2099-03-05"
    assert any("there is no school (Snow)" in p["detail"] for p in told["problems"])
    assert any("no hay clases (Snow)" in p["es"]["detail"] for p in told["problems"])
    refused = await planning.ask("POST", "/rounds", 409, json=planning.wish() | {"day": "2099-03-06"})
    assert "no hay clases (Snow)" in refused.json()["es"]["detail"]
    assert refused.json()["es"]["mend"] == "Elija un día de clases o corrija el calendario."
    tried = (await planning.ask("POST", f"{path}?check=true", 200, json={"day": "2099-03-05"})).json()
    assert (tried["possible"], tried["moved"]) == (True, False)
    await planning.ask("POST", path, 412, json={"day": "2099-03-05"}, extra={"If-Match": '"7"'})
    await planning.ask("POST", path, 412, json={"day": "2099-03-06"}, extra={"If-Match": '"7"'})  # told before the snow
    moved = (await planning.ask("POST", path, 200, json={"day": "2099-03-05"}, extra={"If-Match": '"1"'})).json()
    assert (moved["moved"], moved["day"], moved["version"]) == (True, "2099-03-05", 2)


async def test_the_nearest_free_day_is_found_behind_months_in_which_nobody_can_come(planning: Planning) -> None:
    lead, seen = planning.visitors[0], planning.visitors[1]
    made = (await planning.ask("POST", "/rounds", 201, json=planning.wish())).json()
    for day in ("2099-02-11", "2099-03-24"):  # the lead's one day out in each of the two months
        other = {"school_id": planning.schools[-1]["school_id"], "day": day, "facilitator_id": lead, "teams": []}
        await planning.ask("POST", "/rounds", 201, json=other)
    capped = {"role": "teacher", "facilitates": True, "max_month": 1}
    await planning.ask("PUT", f"/observers/{lead}", 204, json=capped)
    away = {"since": "2099-04-01", "until": "2099-04-02", "away": [{"first": "2099-04-01", "last": "2099-04-02"}]}
    await planning.ask("PUT", f"/observers/{seen}/availability", 200, json=away)
    told = (await planning.ask("POST", f"/rounds/{made['round_id']}/move", 200, json={"day": "2099-03-10"})).json()
    assert [p["code"] for p in told["problems"] if p["refuses"]] == ["days_out"]
    assert told["nearest"] == "2099-04-03"
