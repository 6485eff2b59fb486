"""Mail leaves once, later when the server is away, and never vanishes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs

from services.scheduling.mail.queries import addresses
from shared.access import Role
from shared.calendars.write import Address, CalendarEvent, invitation
from shared.mail.outbox import Mail, drop, put
from shared.mail.sender import RETRY_SECONDS, Sender
from shared.mail.settings import MailSettings
from shared.mail.transport import Folder, Nowhere, Smtp
from tests.integration.imports.conftest import Office
from tests.integration.mail.conftest import MailServer

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


async def person(office: Office, email: str | None, name: str = "Ana") -> UUID:
    person_id = uuid4()
    async with office.db.writer(office.district_id) as conn:
        await conn.execute(
            "insert into people (person_id, district_id, sourced_id, given_name, family_name, email, roles, "
            "school_ids, placements, active) values ($1, $2, $3, $4, 'Núñez', $5, '{}', '{}', '{}', true)",
            person_id,
            office.district_id,
            str(person_id),
            name,
            email,
        )
    return person_id


def a_mail(office: Office, person_id: UUID, **given: Any) -> Mail:
    held: dict[str, Any] = {
        "mail_id": uuid4(),
        "district_id": office.district_id,
        "person_id": person_id,
        "kind": "invitation",
        "about": uuid4(),
        "subject": "Round at Alder Elementary",
        "body": "Día 2 de noviembre.\n",
        "due_at": NOW,
    }
    return Mail(**held | given)


async def put_in(office: Office, *mails: Mail) -> None:
    async with office.db.writer(office.district_id) as conn:
        await put(conn, mails)


async def state(office: Office, mail: Mail) -> str:
    async with office.db.reader(office.district_id) as conn:
        found: str = await conn.fetchval("select state from mail_outbox where mail_id = $1", mail.mail_id)
    return found


def over_smtp(office: Office, server: MailServer, clock: Clock) -> Sender:
    settings = MailSettings(mail_host="127.0.0.1", mail_port=server.port, mail_security="none")
    return Sender(office.db, Smtp(settings), addresses, ("Rondo", "rondo@district.example"), clock=clock)


@pytest.fixture(autouse=True)
async def emptied(office: Office) -> None:
    """One outbox serves the tests' whole database; each begins with an empty one."""
    async with office.db.system() as conn:
        await conn.execute("delete from mail_outbox")


async def test_an_invitation_arrives_whole(office: Office, mail_server: MailServer) -> None:
    who = await person(office, "ana@school.example")
    event = CalendarEvent(
        "r1@rondo", 0, "Round", NOW, NOW + timedelta(hours=3), "America/New_York", NOW, location="Alder"
    )
    ics = invitation(event, Address("rondo@district.example", "Rondo"), [Address("ana@school.example")])
    await put_in(office, a_mail(office, who, calendar=ics, method="REQUEST"))
    sender = over_smtp(office, mail_server, Clock())
    assert await sender.send_due() == 1
    [got] = mail_server.received
    assert got["To"] == "Ana Núñez <ana@school.example>"
    assert got["From"] == "Rondo <rondo@district.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    [text, calendar] = [p for p in got.walk() if p.get_content_maintype() == "text"]
    assert "Día 2 de noviembre." in text.get_content()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert "METHOD:REQUEST" in calendar.get_content()
    [attached] = list(got.iter_attachments())
    assert attached.get_filename() == "rondo.ics"
    assert await sender.send_due() == 0
    assert len(mail_server.received) == 1
    await sender.stop()


async def test_the_same_mail_put_twice_leaves_once(office: Office, mail_server: MailServer) -> None:
    mail = a_mail(office, await person(office, "ana@school.example"))
    await put_in(office, mail)
    await put_in(office, mail)
    sender = over_smtp(office, mail_server, Clock())
    await sender.send_due()
    await sender.stop()
    assert len(mail_server.received) == 1


async def test_newer_news_about_the_same_replaces_what_still_waits(office: Office, mail_server: MailServer) -> None:
    who, about = await person(office, "ana@school.example"), uuid4()
    old, new = a_mail(office, who, about=about, subject="old"), a_mail(office, who, about=about, subject="new")
    await put_in(office, old)
    await put_in(office, new)
    sender = over_smtp(office, mail_server, Clock())
    await sender.send_due()
    await sender.stop()
    assert [m["Subject"] for m in mail_server.received] == ["new"]
    assert await state(office, old) == "replaced"


async def test_a_transaction_that_fails_sends_nothing(office: Office, mail_server: MailServer) -> None:
    who = await person(office, "ana@school.example")

    async def refused() -> None:
        async with office.db.writer(office.district_id) as conn:
            await put(conn, [a_mail(office, who)])
            raise RuntimeError("the plan was refused")

    with pytest.raises(RuntimeError):
        await refused()
    sender = over_smtp(office, mail_server, Clock())
    assert await sender.send_due() == 0
    await sender.stop()


async def test_a_refused_address_is_dead_at_once_and_listed(office: Office, mail_server: MailServer) -> None:
    mail_server.answers["gone@school.example"] = "550 no such mailbox"
    mail = a_mail(office, await person(office, "gone@school.example"))
    nobody = a_mail(office, await person(office, None))
    await put_in(office, mail, nobody)
    sender = over_smtp(office, mail_server, Clock())
    await sender.send_due()
    await sender.stop()
    page = await office.get("/mail", state="dead")
    assert {(i["mail_id"], i["name"]) for i in page["items"]} == {
        (str(mail.mail_id), "Ana Núñez"),
        (str(nobody.mail_id), "Ana Núñez"),
    }
    assert any("550 no such mailbox" in i["error"] for i in page["items"])
    assert page["counts"] == {"dead": 2}


@pytest.mark.parametrize("broken", ["@x", "ana@", "", "ana@x.example, bo@x.example", "a b@x.example"])
async def test_an_address_that_is_none_holds_up_nobody(office: Office, mail_server: MailServer, broken: str) -> None:
    stuck = a_mail(office, await person(office, broken))
    mail = a_mail(office, await person(office, "bo@school.example"), due_at=NOW + timedelta(seconds=1))
    await put_in(office, stuck, mail)
    clock = Clock()
    clock.forward(2)
    sender = over_smtp(office, mail_server, clock)
    await sender.send_due()
    await sender.stop()
    assert [await state(office, m) for m in (stuck, mail)] == ["dead", "sent"]


async def test_what_the_server_said_of_an_address_is_not_logged(office: Office, mail_server: MailServer) -> None:
    mail_server.answers["gone@school.example"] = "550 <gone@school.example> is unknown here"
    mail = a_mail(office, await person(office, "gone@school.example"))
    await put_in(office, mail)
    sender = over_smtp(office, mail_server, Clock())
    with capture_logs() as logs:
        await sender.send_due()
    await sender.stop()
    assert await state(office, mail) == "dead"
    assert "gone@" not in str(logs)


async def test_an_administrator_is_not_told_who_meets_whom(office: Office, mail_server: MailServer) -> None:
    mail_server.answers["ana@school.example"] = "550 <ana@school.example> is unknown here"
    meeting, ana = uuid4(), await person(office, "ana@school.example")
    async with office.db.writer(office.district_id) as conn:
        await conn.execute(
            "insert into appointments values ($1, $2, 'coaching_meeting', null, '2026-11-09', null, null, 'UTC', 0, "
            "false, now())",
            meeting,
            office.district_id,
        )
    event = CalendarEvent("m1@rondo", 0, "Coaching meeting", NOW, NOW + timedelta(hours=1), "UTC", NOW)
    ics = invitation(event, Address("rondo@district.example"), [Address("nobody@attendee.invalid")])
    mail = a_mail(office, ana, about=meeting, subject="Coaching meeting", body="With Bo.", calendar=ics)
    await put_in(office, mail)
    sender = over_smtp(office, mail_server, Clock())
    await sender.send_due()
    await sender.stop()
    [listed] = (await office.get("/mail"))["items"]
    assert (listed["state"], listed["name"], listed["person_id"]) == ("dead", "(confidential)", None)
    whole = await office.get(f"/mail/{mail.mail_id}")
    secret = ("Ana", "ana@", str(ana), str(meeting), "Bo", "Coaching", "VEVENT")
    assert not any(word in str(told) for told in (listed, whole) for word in secret)


async def test_an_administrator_has_a_dead_mail_tried_again(office: Office, mail_server: MailServer) -> None:
    mail_server.answers["ana@school.example"] = "550 not yet"
    mail = a_mail(office, await person(office, "ana@school.example"))
    await put_in(office, mail)
    clock = Clock()
    sender = over_smtp(office, mail_server, clock)
    await sender.send_due()
    mail_server.answers.clear()
    await office.post(f"/mail/{mail.mail_id}/retry", status=204)
    await office.post(f"/mail/{mail.mail_id}/retry", status=409)
    clock.now = datetime.now(UTC) + timedelta(seconds=1)
    await sender.send_due()
    await sender.stop()
    assert len(mail_server.received) == 1
    assert await state(office, mail) == "sent"


async def test_a_server_that_is_away_gets_it_later_and_not_for_ever(office: Office, mail_server: MailServer) -> None:
    mail_server.answers["ana@school.example"] = "451 come back later"
    mail = a_mail(office, await person(office, "ana@school.example"))
    await put_in(office, mail)
    clock = Clock()
    sender = over_smtp(office, mail_server, clock)
    assert await sender.send_due() == 0
    assert await state(office, mail) == "waiting"
    assert await sender.send_due() == 0  # its time has not come
    for seconds in RETRY_SECONDS[:-1]:
        clock.forward(seconds)
        await sender.send_due()
        assert await state(office, mail) == "waiting"
    for seconds in RETRY_SECONDS[-1:]:
        clock.forward(seconds)
        await sender.send_due()
    clock.forward(RETRY_SECONDS[-1])
    await sender.send_due()
    await sender.stop()
    assert await state(office, mail) == "dead"
    assert mail_server.received == []


async def test_no_server_at_all_counts_one_try_for_the_first_alone(office: Office) -> None:
    first = a_mail(office, await person(office, "ana@school.example"))
    second = a_mail(office, await person(office, "bo@school.example"), due_at=NOW + timedelta(microseconds=1))
    await put_in(office, first, second)
    clock = Clock()
    clock.forward(1)
    settings = MailSettings(mail_host="127.0.0.1", mail_port=1, mail_security="none")
    sender = Sender(office.db, Smtp(settings), addresses, ("Rondo", "r@d.example"), clock=clock)
    await sender.send_due()
    await sender.stop()
    page = await office.get("/mail", state="waiting")
    assert sorted(i["attempts"] for i in page["items"]) == [0, 1]


async def test_without_a_server_mail_is_kept_where_an_administrator_reads_it(office: Office, tmp_path: Path) -> None:
    who = await person(office, "ana@school.example")
    kept, filed = a_mail(office, who), a_mail(office, who)
    clock = Clock()
    await put_in(office, kept)
    await Sender(office.db, Nowhere(), addresses, ("Rondo", "r@d.example"), clock=clock).send_due()
    await put_in(office, filed)
    folder = Folder(tmp_path / "outbox")
    await Sender(office.db, folder, addresses, ("Rondo", "r@d.example"), clock=clock).send_due()
    assert [f.name for f in (tmp_path / "outbox").iterdir()] == [f"{filed.mail_id}.eml"]
    shown = await office.get(f"/mail/{kept.mail_id}")
    assert (shown["state"], shown["body"], shown["calendar"]) == ("kept", "Día 2 de noviembre.\n", None)
    await office.get(f"/mail/{uuid4()}", status=404)
    await office.get("/mail", role=Role.DISTRICT_LEADER, status=403)


async def test_behind_a_slow_server_no_mail_is_sent_by_two(office: Office) -> None:
    clock = Clock()
    left: list[str] = []

    class Slow(Nowhere):
        async def send(self, message: EmailMessage) -> None:
            left.append(str(message["Message-ID"]))
            clock.forward(70)

    who = await person(office, "ana@school.example")
    mails = [a_mail(office, who) for _ in range(3)]
    await put_in(office, *mails)
    one, two = (Sender(office.db, Slow(), addresses, ("Rondo", "rondo@district.example"), clock=clock) for _ in "12")
    await one.send_due()
    assert [await state(office, m) for m in mails].count("waiting") == 2
    for sender in (two, one, two):
        clock.forward(70)
        await sender.send_due()
    assert len(left) == len(set(left)) == 3


async def test_what_was_taken_back_is_not_sent(office: Office, mail_server: MailServer) -> None:
    mail = a_mail(office, await person(office, "ana@school.example"), kind="reminder")
    await put_in(office, mail)
    async with office.db.writer(office.district_id) as conn:
        await drop(conn, mail.about, "reminder")
    sender = over_smtp(office, mail_server, Clock())
    assert await sender.send_due() == 0
    await sender.stop()


async def test_two_senders_share_the_work(office: Office, mail_server: MailServer) -> None:
    who = [await person(office, f"p{n}@school.example") for n in range(30)]
    await put_in(office, *(a_mail(office, w) for w in who))
    clock = Clock()
    a, b = over_smtp(office, mail_server, clock), over_smtp(office, mail_server, clock)
    taken = await asyncio.gather(a.send_due(), b.send_due())
    taken += [await a.send_due(), await b.send_due()]
    await a.stop()
    await b.stop()
    assert sum(taken) == 30
    assert len({m["Message-ID"] for m in mail_server.received}) == len(mail_server.received) == 30
