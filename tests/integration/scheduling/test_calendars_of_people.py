"""Rounds in everybody's calendar: feeds behind links, invitations and their ends by mail, who is out, how fairly."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from services.rounds.contract import (
    CommitmentsRevisited,
    CommitmentStanding,
    FollowUpSet,
    MeetingCancelled,
    MeetingPlanned,
)
from services.scheduling.appointments import follow_up
from services.scheduling.appointments.notify import Notifier
from services.scheduling.appointments.reactions import wire
from services.scheduling.mail.queries import addresses
from shared.access import Role
from shared.calendars.write import Address
from shared.mail.sender import Sender
from shared.mail.settings import MailSettings
from shared.mail.transport import Smtp
from tests.integration.mail.conftest import MailServer, mail_server
from tests.integration.scheduling.test_planning_over_http import DAY, Planning, planning
from tests.support.calendars import both
from tests.support.hearing import Hearing

__all__ = ["mail_server", "planning"]
NOW = datetime(2099, 2, 1, 12, tzinfo=UTC)


async def a_round(planning: Planning, **changes: Any) -> tuple[str, str]:
    """(its path, its slot's classroom)."""
    room = await planning.ask(
        "POST",
        f"/schools/{planning.host}/classrooms",
        201,
        json={"room": f"Room {uuid4()}", "grade_band": "3-5", "subject": "Science"},
    )
    classroom = room.json()["classroom_id"]
    slot = {"team": 0, "classroom_id": classroom, "starts_at": "09:00", "ends_at": "09:20"}
    made = await planning.ask("POST", "/rounds", 201, json=planning.wish(slots=[slot]) | changes)
    return f"/rounds/{made.json()['round_id']}", classroom


async def read(planning: Planning, link: dict[str, Any], status: int = 200, **headers: str) -> Any:
    path = link["url"].split("/api/scheduling", 1)[1]
    answer = await planning.office.http.get(path, headers=headers)
    assert answer.status_code == status
    return answer


async def test_a_personal_feed_follows_the_round_and_ends_with_its_link(planning: Planning) -> None:
    path, classroom = await a_round(planning)
    me = planning.as_(Role.OBSERVER, planning.visitors[1])
    link = (await planning.ask("POST", "/feeds/mine", 201, json={"language": "es"}, headers=me)).json()
    answer = await read(planning, link)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [event] = both(answer.content)
    host = next(s["name"] for s in planning.schools if s["school_id"] == planning.host)
    assert event["summary"] == f"Ronda de instrucción en {host}"
    assert event["starts"] == datetime(2099, 3, 4, 9, tzinfo=ZoneInfo("America/New_York"))
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert b"BEGIN:VTIMEZONE" in answer.content
    await read(planning, link, 304, **{"If-None-Match": answer.headers["etag"]})

    slot = {"team": 0, "classroom_id": classroom, "starts_at": "10:00", "ends_at": "10:20"}
    moved = planning.wish(slots=[slot], day="2099-03-11")
    await planning.ask("PUT", path, 200, json=moved)
    [changed] = both((await read(planning, link)).content)
    assert (changed["uid"], changed["sequence"]) == (event["uid"], 1)
    assert changed["starts"].date() == date(2099, 3, 11)
    without_me = moved | {"teams": [{"name": "Team 1", "observer_ids": planning.visitors[2:6]}]}
    await planning.ask("PUT", path, 200, json=without_me)
    [gone] = both((await read(planning, link)).content)
    assert (gone["sequence"], gone["status"]) == (2, "CANCELLED")
    await planning.ask("PUT", path, 200, json=moved)
    await planning.ask("DELETE", path, 204)
    [cancelled] = both((await read(planning, link)).content)
    assert (cancelled["uid"], cancelled["sequence"], cancelled["status"]) == (event["uid"], 4, "CANCELLED")

    listed = (await planning.ask("GET", "/feeds", 200, headers=me)).json()["items"]
    assert [f["feed_id"] for f in listed] == [link["feed_id"]]
    assert link["url"] not in str(listed)
    stranger = planning.as_(Role.OBSERVER, planning.visitors[2])
    await planning.ask("DELETE", f"/feeds/{link['feed_id']}", 404, headers=stranger)
    await planning.ask("DELETE", f"/feeds/{link['feed_id']}", 204, headers=me)
    await read(planning, link, 404)
    token = link["url"].rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in await planning.office.everything()


async def grant(planning: Planning, person_id: str, role: Role, school_id: str | None = None) -> None:
    async with planning.office.db.writer(planning.office.district_id) as conn:
        await conn.execute(
            "insert into person_grants (district_id, person_id, role, school_id) values ($1, $2, $3, $4)",
            planning.office.district_id,
            UUID(person_id),
            role,
            UUID(school_id) if school_id else None,
        )


async def test_school_and_network_feeds_name_nobody(planning: Planning) -> None:
    await grant(planning, planning.visitors[9], Role.HOST_PRINCIPAL, planning.host)
    await grant(planning, planning.visitors[8], Role.DISTRICT_LEADER)
    await a_round(planning)
    principal = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[9], planning.host)
    link = (await planning.ask("POST", f"/feeds/schools/{planning.host}", 201, json={}, headers=principal)).json()
    other = planning.schools[1]["school_id"]
    await planning.ask("POST", f"/feeds/schools/{other}", 404, json={}, headers=principal)
    network = str(uuid4())
    await planning.ask("PUT", f"/networks/{network}", 200, json={"name": "North", "school_ids": [planning.host]})
    await planning.ask("POST", f"/feeds/networks/{uuid4()}", 404, json={})
    leader = planning.as_(Role.DISTRICT_LEADER, planning.visitors[8])
    shared = (await planning.ask("POST", f"/feeds/networks/{network}", 201, json={}, headers=leader)).json()
    names = [p["family_name"] for p in planning.people]
    for one in (link, shared):
        data = (await read(planning, one)).content
        assert len(both(data)) == 1
        assert not any(name in data.decode() for name in names)


async def test_a_schools_link_ends_with_the_role_that_made_it(planning: Planning) -> None:
    principal = planning.visitors[9]
    await grant(planning, principal, Role.HOST_PRINCIPAL, planning.host)
    held = planning.as_(Role.HOST_PRINCIPAL, principal, planning.host)
    link = (await planning.ask("POST", f"/feeds/schools/{planning.host}", 201, json={}, headers=held)).json()
    await read(planning, link)
    async with planning.office.db.writer(planning.office.district_id) as conn:
        await conn.execute("delete from person_grants where person_id = $1", UUID(principal))
    await grant(planning, principal, Role.HOST_PRINCIPAL, planning.schools[1]["school_id"])
    await read(planning, link, 404)


async def test_a_guessed_link_opens_nothing(planning: Planning) -> None:
    answer = await planning.office.http.get(f"/feeds/{'A' * 43}.ics")
    assert answer.status_code == 404


@pytest.fixture
async def post(planning: Planning, mail_server: MailServer) -> Any:
    """Tells what is untold and sends what is due on 1 February 2099; the mails that came in, by address."""
    office = planning.office
    async with office.db.system() as conn:
        await conn.execute("delete from mail_outbox")
        await conn.execute("update appointment_people set told = essence where district_id <> $1", office.district_id)
    settings = MailSettings(mail_host="127.0.0.1", mail_port=mail_server.port, mail_security="none")
    organizer = Address("rondo@district.example", "Rondo")
    sender = Sender(office.db, Smtp(settings), addresses, ("Rondo", organizer.email), clock=lambda: NOW)
    notifier = Notifier(office.db, organizer, "https://rondo.example", lambda: None, clock=lambda: NOW)

    async def deliver() -> dict[str, list[Any]]:
        before = len(mail_server.received)
        while await notifier.tell():
            pass
        async with office.db.system() as conn:  # the test lives in 2099, the outbox in the present
            await conn.execute(
                "update mail_outbox set due_at = $1 where state = 'waiting' and kind not in ('reminder', 'overdue')",
                NOW,
            )
        while await sender.send_due():
            pass
        found: dict[str, list[Any]] = {}
        for mail in mail_server.received[before:]:
            found.setdefault(mail["To"].addresses[0].addr_spec, []).append(mail)
        return found

    yield deliver
    await sender.stop()


def invited(mail: Any) -> Any:
    [part] = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    [event] = calendar.walk("VEVENT")
    return part.get_param("method"), event


async def test_people_are_invited_told_of_changes_that_matter_and_of_the_end(planning: Planning, post: Any) -> None:
    path, classroom = await a_round(planning)
    first = await post()
    assert len(first) == 5  # the facilitator and four observers
    assert all(len(mails) == 1 for mails in first.values())
    address, [mail] = next(iter(first.items()))
    method, event = invited(mail)
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 0)
    assert event["ATTENDEE"] == f"mailto:{address}"
    assert event["ORGANIZER"] == "mailto:rondo@district.example"
    assert "Se le espera:" in mail.get_body(("plain",)).get_content()
    assert await post() == {}

    slots = [
        {"team": 0, "classroom_id": classroom, "starts_at": "09:00", "ends_at": "09:20", "period": "1"},
    ]
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots))  # neither time nor place changed
    assert await post() == {}
    newcomer = planning.visitors[5]
    team = [{"name": "Team 1", "observer_ids": [*planning.visitors[2:5], newcomer]}]
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots, teams=team))
    told = await post()
    methods = sorted(invited(m)[0] for mails in told.values() for m in mails)
    assert methods == ["CANCEL", "REQUEST"]  # the one who left and the one who came
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots, teams=team, day="2099-03-11"))
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots, teams=team, day="2099-03-12"))
    moved = await post()
    assert len(moved) == 5
    assert all([int(invited(m)[1]["SEQUENCE"]) for m in mails] == [4] for mails in moved.values())
    await planning.ask("DELETE", path, 204)
    ended = await post()
    assert len(ended) == 5
    assert {(invited(m)[0], str(invited(m)[1]["STATUS"])) for [m] in ended.values()} == {("CANCEL", "CANCELLED")}
    async with planning.office.db.reader(planning.office.district_id) as conn:
        waiting = await conn.fetchval("select count(*) from mail_outbox where state = 'waiting'")
        kept = [r["calendar"] for r in await conn.fetch("select calendar from mail_outbox where calendar is not null")]
    assert waiting == 0  # the reminders went with the round
    assert not any(address.encode() in c for c in kept)  # an address stands in the table of people alone


async def test_of_a_round_that_is_moved_and_put_back_at_once_nobody_is_told(planning: Planning, post: Any) -> None:
    path, _ = await a_round(planning)
    await post()
    soon = datetime.now(UTC)
    organizer = Address("rondo@district.example", "Rondo")
    later = (soon, soon + timedelta(seconds=120))

    def notifier(at: datetime) -> Notifier:
        return Notifier(
            planning.office.db, organizer, "https://rondo.example", lambda: None, clock=lambda: at, quiet=60
        )

    held = (await planning.ask("GET", path, 200)).json()
    slots = [
        {"team": 0, "classroom_id": s["classroom_id"], "starts_at": "09:00", "ends_at": "09:20"} for s in held["slots"]
    ]
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots, day="2099-03-11"))
    assert await notifier(later[0]).tell() == 0, "it may be put back yet"
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots))
    assert await notifier(later[1]).tell() == 0, "all is as they were told"
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots, day="2099-03-11"))
    assert await notifier(later[1]).tell() == 5
    await planning.ask("PUT", path, 200, json=planning.wish(slots=slots, day="2099-03-12"))
    assert await notifier(datetime(2099, 3, 11, 18, tzinfo=UTC)).tell() == 5, "of tomorrow's at once"


async def test_a_coaching_meeting_is_in_both_calendars(planning: Planning, post: Any) -> None:
    people = tuple(UUID(p) for p in planning.visitors[:2])
    hearing = Hearing(planning.office.district_id)
    wire(hearing, planning.office.db)
    start = datetime(2099, 3, 4, 20, tzinfo=UTC)
    meeting = MeetingPlanned(
        meeting_id=uuid4(),
        sequence=0,
        title="coaching_meeting",
        person_ids=people,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        timezone="America/New_York",
    )
    await hearing.tell(meeting)
    first = await post()
    assert len(first) == 2
    [mail] = next(iter(first.values()))
    method, event = invited(mail)
    assert (method, str(event["SUMMARY"])) == ("REQUEST", "Coaching meeting · Reunión de acompañamiento")
    assert event["DTSTART"].dt == start
    gone = MeetingCancelled(meeting_id=meeting.meeting_id, sequence=1, person_ids=people)
    await hearing.tell(gone)
    assert {invited(m)[0] for [m] in (await post()).values()} == {"CANCEL"}
    await hearing.tell(meeting)  # a dead letter, tried again when all is over
    assert await post() == {}


async def test_a_check_is_in_calendars_and_who_lets_it_pass_is_reminded(planning: Planning, post: Any) -> None:
    hearing = Hearing(planning.office.district_id)
    follow_up.wire(hearing, planning.office.db, "https://rondo.example")
    open_ = (CommitmentStanding(number=1, by_when="next_week"),)
    check = FollowUpSet(
        round_id=uuid4(),
        school_id=UUID(planning.host),
        day=date(2099, 3, 4),
        timezone="America/New_York",
        sequence=1,
        person_ids=(UUID(planning.visitors[0]),),
        commitments=open_,
    )
    await hearing.tell(check)
    first = await post()
    mail = next(iter(first.values()))[0]
    method, event = invited(mail)
    assert (method, event["DTSTART"].dt) == ("REQUEST", date(2099, 3, 4))
    assert str(event["SUMMARY"]).startswith("Check on the next level of work at ")
    waiting = (await planning.office.get("/mail", state="waiting"))["items"]
    assert {(m["kind"], m["due_at"]) for m in waiting} == {
        ("reminder", "2099-03-02T12:00:00Z"),
        ("overdue", "2099-03-07T12:00:00Z"),
    }
    moved = check.model_copy(update={"day": date(2099, 3, 11), "sequence": 2})
    await hearing.tell(moved)
    await hearing.tell(check)  # a dead letter, tried again
    await post()
    waiting = (await planning.office.get("/mail", state="waiting"))["items"]
    assert {m["due_at"][:10] for m in waiting} == {"2099-03-09", "2099-03-14"}
    done = CommitmentsRevisited(
        round_id=check.round_id, school_id=check.school_id, day=check.day, sequence=1, held=True, commitments=open_
    )
    await hearing.tell(done)  # of the check before
    assert len((await planning.office.get("/mail", state="waiting"))["items"]) == 2 * len(first)
    await hearing.tell(done.model_copy(update={"sequence": 2}))
    assert (await planning.office.get("/mail", state="waiting"))["items"] == []


async def test_reminders_wait_for_their_day(planning: Planning, post: Any) -> None:
    await a_round(planning)
    await post()
    page = await planning.office.get("/mail", state="waiting")
    assert {m["kind"] for m in page["items"]} == {"reminder"}
    assert {m["due_at"] for m in page["items"]} == {"2099-03-02T12:00:00Z"}  # seven o'clock, two days before
    assert page["items"][0]["subject"].startswith("Reminder: Instructional round at ")
    assert " · Recordatorio: Ronda de instrucción en " in page["items"][0]["subject"]
    assert page["items"][0]["subject"].endswith(", 4 de marzo")


async def test_a_round_that_nobody_was_told_of_ends_silently(planning: Planning, post: Any) -> None:
    path, _ = await a_round(planning)
    await planning.ask("DELETE", path, 204)
    assert await post() == {}


async def test_substitutes_are_listed_by_day_and_school(planning: Planning) -> None:
    await a_round(planning)
    home = next(p for p in planning.people if p["person_id"] == planning.visitors[1])["school_ids"][0]
    text = (await planning.ask("GET", f"/substitutes.csv?from={DAY}&to={DAY}", 200)).text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 5
    assert {(r["day"], r["from"], r["to"]) for r in rows} == {(DAY, "09:00", "09:20")}
    assert "'" not in {cell for r in rows for cell in r.values()}, "an empty cell, too, is written as it is"
    principal = planning.as_(Role.HOST_PRINCIPAL, planning.visitors[9], home)
    own = (await planning.ask("GET", f"/substitutes?from={DAY}&to={DAY}", 200, headers=principal)).json()["items"]
    assert {o["home_school"] for o in own} == {next(s["name"] for s in planning.schools if s["school_id"] == home)}
    other = f"/substitutes?from={DAY}&to={DAY}&school_id={planning.host}"
    await planning.ask("GET", other, 404, headers=principal)
    await planning.ask("GET", "/substitutes?from=2099-03-04&to=2099-03-03", 422)
    assert await paged(planning, "/substitutes", "items") == 5
    assert await paged(planning, "/fairness", "people") >= 5


async def paged(planning: Planning, path: str, items: str) -> int:
    """Reads the list in pages of two; how many different ones it has."""
    found, after = [], ""
    while True:
        page = (await planning.ask("GET", f"{path}?from={DAY}&to={DAY}&limit=2{after}", 200)).json()
        assert len(page[items]) <= 2
        found += [str(i) for i in page[items]]
        if page["next"] is None:
            assert len(found) == len(set(found))
            return len(found)
        after = f"&after={page['next']}"


async def test_fairness_counts_days_and_new_colleagues(planning: Planning) -> None:
    await a_round(planning)
    await planning.ask("POST", "/rounds", 201, json=planning.wish(day="2099-04-01"))
    lead = UUID(planning.visitors[0])
    both_months = (await planning.ask("GET", "/fairness?from=2099-03-01&to=2099-04-30", 200)).json()
    mine = next(p for p in both_months["people"] if p["person_id"] == str(lead))
    assert (mine["days_out"], mine["schools_seen"], mine["met"], mine["met_new"]) == (2, 1, 4, 4)
    april = (await planning.ask("GET", "/fairness?from=2099-04-01&to=2099-04-30", 200)).json()
    mine = next(p for p in april["people"] if p["person_id"] == str(lead))
    assert (mine["days_out"], mine["met"], mine["met_new"]) == (1, 4, 0)
    roles = {g["name"] for g in april["by_role"]}
    assert roles == {"teacher", "principal"}, "nobody's role was entered: the roster tells it"
    assert sum(g["days_out"] for g in april["by_role"]) == sum(g["days_out"] for g in april["by_school"]) == 5
