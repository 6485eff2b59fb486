"""From a cadence to people's own calendars and back: rounds, scheduling and identity over a real NATS, mail by SMTP."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
from icalendar import Calendar

from services.demo import files
from services.demo.coaching_words import OFFERS
from services.demo.district import DemoPerson, generate
from services.demo.door import Door, until
from services.demo.seed import Seeded, open_accounts
from tests.e2e.one_machine import RondoUp, administrators, mailing, rows
from tests.integration.mail.conftest import MailServer, serving
from tests.support.calendars import both
from tests.support.coaching import AGREEMENT

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="needs Linux"), pytest.mark.timeout(240)]
ZONE = ZoneInfo("America/New_York")
ROOM, LINK = "Room 3d91", "https://meet.example/5e07"
WORDS = "Would7c41 you come to my room?"


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    with serving() as held:
        yield held


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, post_office: MailServer) -> Iterator[RondoUp]:
    yield from mailing(tmp_path_factory.mktemp("home"), post_office.port)


class Pair:
    """Two people who run a cycle, everybody's doors, and what came by mail to each."""

    def __init__(self, seeded: Seeded, doors: dict[str, Door], people: list[DemoPerson], post: MailServer) -> None:
        self.seeded, self.doors, self.people, self.post = seeded, doors, people, post
        self.seen = 0

    @property
    def one(self) -> Door:
        return self.doors["one"]

    @property
    def two(self) -> Door:
        return self.doors["two"]

    async def mails(self, count: int, method: str | None) -> list[tuple[str, EmailMessage, dict[str, Any]]]:
        """The next `count` mails about meetings: to whom, the mail, its event (none where `method` is None)."""

        async def came() -> list[EmailMessage] | None:
            mine = {p.email for p in self.people}
            found = [m for m in self.post.received if m["To"].addresses[0].addr_spec in mine]
            return found[self.seen :] if len(found) >= self.seen + count else None

        new = await until(f"{count} mails", came)
        assert len(new) == count
        self.seen += count
        return [(m["To"].addresses[0].addr_spec, m, _event(m, method)) for m in new]


def _said(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n")  # type: ignore[union-attr]


def _event(mail: EmailMessage, method: str | None) -> dict[str, Any]:
    parts = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    if method is None:
        assert parts == []
        return {}
    [part] = parts
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    [event] = both(data)
    read = Calendar.from_ical(data)
    [vevent] = read.walk("VEVENT")
    assert (part.get_param("method"), str(read["METHOD"])) == (method, method)
    assert str(vevent["ATTENDEE"]) == f"mailto:{mail['To'].addresses[0].addr_spec}"
    assert str(vevent["ORGANIZER"]) == "mailto:rondo@district.example"
    assert "DTSTAMP" in vevent
    return event


@pytest.fixture(scope="module")
async def pair(up: RondoUp, post_office: MailServer) -> AsyncIterator[Pair]:
    (administrator,) = administrators(up.home)
    district = generate()
    async with httpx.AsyncClient(base_url=up.url, timeout=60) as http:
        admin = await Door(http).sign_in(administrator["email"], administrator["password"])
        await admin("POST", "scheduling/imports/schools", file=("schools.geojson", files.schools_geojson(district)))
        await admin("POST", "scheduling/imports/roster", file=("roster.zip", files.roster_zip(district)))
        seeded = await open_accounts(admin, district, http)
        people = [district.with_role("teacher")[0], district.with_role("observer")[0]]
        one, two = [await seeded.door(p) for p in people]
        leader = await seeded.door(district.with_role("district_leader")[0])
        yield Pair(seeded, {"admin": admin, "leader": leader, "one": one, "two": two}, people, post_office)


def busy(*spans: tuple[datetime, datetime]) -> str:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=America/New_York:{s:%Y%m%dT%H%M%S}\r\n"
        f"DTEND;TZID=America/New_York:{e:%Y%m%dT%H%M%S}\r\nSUMMARY:dentist7f3a\r\nEND:VEVENT\r\n"
        for n, (s, e) in enumerate(spans)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{events}END:VCALENDAR\r\n"


async def test_a_cadence_becomes_meetings_in_everybodys_own_calendar(up: RondoUp, pair: Pair) -> None:
    cycle = (await pair.one("POST", "rounds/cycles", {"protocol": "peer-observation", "role": "observee"}))["cycle_id"]
    await pair.two("PUT", "rounds/partners/me", OFFERS[0])
    asked = {"person_id": str(pair.seeded.id_of(pair.people[1])), "role": "observer", "message": WORDS}
    await pair.one("POST", f"rounds/cycles/{cycle}/invitations", asked)
    await pair.two("POST", f"rounds/invitations/{cycle}", {"accept": True})
    await pair.one("PUT", f"rounds/cycles/{cycle}/agreement", {"base_revision": 0, "body": AGREEMENT})
    for door in (pair.one, pair.two):
        await door("POST", f"rounds/cycles/{cycle}/signature", {"revision": 1})

    today = datetime.now(ZONE).date()
    first = today + timedelta(days=7 - today.weekday() + 8)  # a Tuesday, more than a week ahead
    at = [datetime(d.year, d.month, d.day, tzinfo=ZONE) for d in (first + timedelta(days=7 * n) for n in range(3))]
    await pair.one("PUT", "rounds/my-calendar", {"text": busy((at[0].replace(hour=6), at[0].replace(hour=13)))})
    await pair.two("PUT", "rounds/my-calendar", {"text": busy((at[0].replace(hour=14), at[0].replace(hour=20)))})
    leader, off = pair.doors["leader"], at[1].date()
    day_off = {"kind": "no_school", "title": "Staff day"}
    await leader("PUT", f"scheduling/calendar/days/{off}", day_off, headers={"If-Match": "*"})

    async def known() -> bool | None:
        return True if await rows(up, "rounds", "select day from marked_days where day = $1", off) else None

    await until("the day off in rounds", known)
    body = {"every_weeks": 1, "minutes": 45, "meetings": 3, "after": at[0].isoformat(), "place": ROOM}
    meetings = (await pair.one("POST", f"rounds/cycles/{cycle}/meetings", body))["items"]
    starts = [_local(m) for m in meetings]
    assert starts[0] == at[0].replace(hour=13), "the only time that both have on that day"
    assert starts[1].date() != at[1].date(), "there is no school"
    assert (starts[1] - starts[0]).days < 14
    assert starts[2] == at[2].replace(hour=13), "the time on the wall stays, whatever the clocks do"

    links = [(await d("POST", "scheduling/feeds/mine", {}))["url"] for d in (pair.one, pair.two)]

    async def feeds() -> list[list[dict[str, Any]]]:
        async with httpx.AsyncClient(timeout=60) as anybody:
            return [both((await anybody.get(f"{up.url}/api{link.split('/api', 1)[1]}")).content) for link in links]

    async def places() -> list[set[str]]:
        return [{e["where"] for e in events} for events in await feeds()]

    async def shown(moments: set[datetime]) -> bool | None:
        read = await feeds()
        found = [{e["starts"].astimezone(UTC) for e in events if e["status"] != "CANCELLED"} for events in read]
        return True if all(f == moments for f in found) else None

    await until("the feeds", lambda: shown({s.astimezone(UTC) for s in starts}))
    invitations = await pair.mails(6, "REQUEST")
    assert {(to, e["starts"].astimezone(UTC)) for to, _, e in invitations} == {
        (p.email, s.astimezone(UTC)) for p in pair.people for s in starts
    }
    assert {(e["sequence"], e["summary"], e["status"], e["where"]) for _, _, e in invitations} == {
        (0, "Coaching meeting · Reunión de acompañamiento", "CONFIRMED", ROOM)
    }
    for _, mail, _ in invitations:
        assert ROOM not in mail["Subject"]
        assert f"Where: {ROOM}\n" in _said(mail)
        assert f"Lugar: {ROOM}\n" in _said(mail)
    uid = next(e["uid"] for _, _, e in invitations if e["starts"].astimezone(UTC) == starts[0].astimezone(UTC))

    times = (await pair.two("GET", f"rounds/cycles/{cycle}/meetings/{meetings[0]['meeting_id']}/times"))["items"]
    assert len(times) == 3
    to = {"starts_at": times[0]["starts_at"], "place": LINK}
    await pair.two("PUT", f"rounds/cycles/{cycle}/meetings/{meetings[0]['meeting_id']}", to)
    moved = datetime.fromisoformat(times[0]["starts_at"]).astimezone(UTC)
    updates = await pair.mails(2, "REQUEST")
    assert {(t, e["uid"], e["sequence"], e["starts"].astimezone(UTC), e["where"]) for t, _, e in updates} == {
        (p.email, uid, 1, moved, LINK) for p in pair.people
    }
    assert await places() == [{LINK, ROOM}] * 2
    await until("the feeds", lambda: shown({moved, *(s.astimezone(UTC) for s in starts[1:])}))

    await rows(  # the day of the reminders is here
        up, "scheduling", "update mail_outbox set due_at = now() where state = 'waiting' and kind = 'reminder'"
    )
    reminders = await pair.mails(6, None)
    assert all("Coaching meeting" in m["Subject"] for _, m, _ in reminders)
    assert sorted(next(w for w in (ROOM, LINK) if f"Where: {w}\n" in _said(m)) for _, m, _ in reminders) == [
        *[ROOM] * 4,
        *[LINK] * 2,
    ]

    closed = {"kind": "no_school", "title": "Water main"}
    later = f"rounds/cycles/{cycle}/meetings/{meetings[2]['meeting_id']}"
    await leader("PUT", f"scheduling/calendar/days/{starts[2].date()}", closed, headers={"If-Match": "*"})
    told = await pair.mails(2, "REQUEST")
    last = next(e["uid"] for _, _, e in invitations if e["starts"].astimezone(UTC) == starts[2].astimezone(UTC))
    assert {(t, e["uid"], e["sequence"], e["status"]) for t, _, e in told} == {
        (p.email, last, 1, "CONFIRMED") for p in pair.people
    }
    for _, mail, _ in told:
        said = _said(mail)
        assert "There is no school on that day by now." in said
        assert "Ese día ya no hay clases." in said
    for door in (pair.one, pair.two):
        listed = (await door("GET", "rounds/my-meetings"))["items"]
        assert [m["meeting_id"] for m in listed if m["no_school"]] == [meetings[2]["meeting_id"]]
    instead = (await pair.one("GET", f"{later}/times"))["items"]
    assert starts[2].date() not in {_local(t).date() for t in instead}
    await pair.one("PUT", later, {"starts_at": instead[0]["starts_at"]})
    moves = await pair.mails(2, "REQUEST")
    assert {(e["uid"], e["sequence"], e["starts"].astimezone(UTC)) for _, _, e in moves} == {
        (last, 2, _local(instead[0]).astimezone(UTC))
    }
    assert not any(m["no_school"] for m in (await pair.two("GET", "rounds/my-meetings"))["items"])

    await pair.one("POST", f"rounds/cycles/{cycle}/leave")
    ends = await pair.mails(6, "CANCEL")
    assert {(t, e["uid"]) for t, _, e in ends} == {(t, e["uid"]) for t, _, e in invitations}
    assert {(e["sequence"], e["status"]) for _, _, e in ends if e["uid"] == uid} == {(2, "CANCELLED")}
    assert {(e["sequence"], e["status"]) for _, _, e in ends if e["uid"] == last} == {(3, "CANCELLED")}
    assert {(e["sequence"], e["status"]) for _, _, e in ends if e["uid"] not in (uid, last)} == {(1, "CANCELLED")}
    await until("the feeds", lambda: shown(set()))
    assert await places() == [{""}] * 2, "its key is gone with the cycle"
    kept = await rows(
        up, "scheduling", "select m.body || coalesce(convert_from(m.calendar, 'utf8'), '') as said from mail_outbox m"
    )
    assert not [r for r in kept if ROOM in r["said"] or LINK in r["said"]], "it was filled in as the mail left"
    for mail in pair.post.received:
        told_words = mail.as_string()
        for secret in ("7c41", "dentist7f3a", AGREEMENT["goals"][0]["what"], cycle, str(UUID(cycle).hex)):
            assert secret not in told_words, "mail says when, and nothing of what is talked about"


def _local(meeting: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(meeting["starts_at"]).astimezone(ZONE)
