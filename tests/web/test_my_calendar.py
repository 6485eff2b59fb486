"""Links for calendar programs, and who is out when: made, read without a sign-in, revoked; read and saved."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import httpx
from icalendar import Calendar
from playwright.sync_api import expect

from tests.web.conftest import Desks


def test_a_calendar_link_is_made_read_by_a_program_and_revoked(desks: Desks) -> None:
    desk = desks.of("observer")
    page = desk.open("/my-calendar")
    links = page.get_by_role("table", name="My links").get_by_role("button", name=re.compile("^Revoke"))
    before = links.count()
    page.get_by_role("button", name="Make a link").click()
    told = page.get_by_text(re.compile(r"^https?://\S+\.ics$"))
    expect(told).to_be_visible()
    expect(links).to_have_count(before + 1)
    link = told.inner_text()
    read = httpx.get(link)
    assert read.headers["content-type"].startswith("text/calendar"), read.text
    rounds = [str(e["SUMMARY"]) for e in Calendar.from_ical(read.text).walk("VEVENT")]
    assert rounds, "an observer of the demo is in rounds"
    desk.accessible()
    with desk.in_spanish():
        desk.fits()
        desk.shoot("my-calendar-es")
    page.set_viewport_size({"width": 1280, "height": 800})
    links.first.click()  # the newest
    desk.toast("The link no longer works.")
    expect(told).to_be_hidden()
    expect(links).to_have_count(before)
    assert httpx.get(link).status_code == 404
    assert desk.failures == []


def test_what_a_calendar_file_said_can_be_taken_back(desks: Desks) -> None:
    desk = desks.of("observer")
    page = desk.open("/my-calendar")
    busy = date.today() + timedelta(days=30)
    ics = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VFREEBUSY\r\nUID:1\r\n"
        f"FREEBUSY:{busy:%Y%m%d}T150000Z/PT2H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "me.ics", "mimeType": "text/calendar", "buffer": ics.encode()}
    )
    expect(page.get_by_text("1 busy time was read.")).to_be_visible()
    desk.accessible()
    page.get_by_role("button", name="Remove what the calendar said").click()
    expect(page.get_by_role("button", name="Remove what the calendar said")).to_have_count(0)
    spans = desk.get("scheduling/availability/mine")["spans"]
    assert [s for s in spans if s["source"] == "calendar"] == []
    assert desk.failures == []


def test_who_is_out_is_shown_for_substitutes_and_how_the_days_are_shared(desks: Desks, tmp_path: Path) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/days-out")
    page.get_by_label("From", exact=True).fill((date.today() - timedelta(days=60)).isoformat())
    page.get_by_label("To", exact=True).fill((date.today() + timedelta(days=30)).isoformat())
    page.keyboard.press("Tab")
    rows = page.get_by_role("table", name="Substitutes needed").locator("tbody tr")
    expect(rows.nth(1)).to_be_visible()
    desk.settled()
    first = rows.first.get_by_role("cell").all_inner_texts()  # school, person, host; the day heads the row
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download", exact=False).click()
    file = tmp_path / "substitutes.csv"
    saved.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as held:
        told = list(csv.reader(held))
    assert len(told) > rows.count()
    assert any(set(first[:3]) <= set(row) for row in told), (first, told[:3])
    expect(page.get_by_role("heading", name="How the days are shared")).to_be_visible()
    desk.accessible()
    with desk.in_spanish():
        desk.fits()
        desk.shoot("days-out-es")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert desk.failures == []
