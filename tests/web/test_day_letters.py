"""Where bells follow a cycle, every screen on which a day is chosen or shown tells which letter it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Desk, Desks


@pytest.fixture
def lettered(desks: Desks) -> Iterator[tuple[Desk, list[dict[str, Any]]]]:
    """A leader, and two rounds of this month at schools of which one has an A where the other has a B."""
    desk = desks.of("district_leader")
    desk.open("/schedule")
    today = desk.today()
    span = f"from={today + timedelta(1)}&to={today + timedelta(27)}&limit=200"
    rounds = [r for r in desk.get(f"scheduling/rounds?{span}")["items"] if r["status"] == "scheduled"]
    first = rounds[0]
    second = next(r for r in rounds if r["school_id"] != first["school_id"])
    start = today + timedelta(1)
    while start.weekday() > 4:
        start += timedelta(1)
    for r, letters in ((first, ["A", "B"]), (second, ["B", "A"])):
        _cycle(desk, r["school_id"], letters, start)
    yield desk, [first, second]
    for r in (first, second):
        _cycle(desk, r["school_id"], [], None)


def _cycle(desk: Desk, school: str, letters: list[str], start: date | str | None) -> None:
    base = desk.platform.url
    body = {"letters": letters, "starts_on": str(start) if start else None}
    url = f"{base}/api/scheduling/schools/{school}/cycle"
    etag = desk.context.request.get(f"{base}/api/scheduling/schools/{school}/bells").headers["etag"]
    answer = desk.page.request.put(url, data=body, headers={"Origin": base, "If-Match": etag})
    assert answer.ok, answer.text()


def _letter(desk: Desk, school: str, day: str) -> str:
    found = desk.get(f"scheduling/bells/letters?from={day}&to={day}&school_id={school}")["items"]
    return str(found[0]["days"][day])


def test_the_letter_of_a_day_is_told_where_it_is_chosen_shown_and_printed(
    lettered: tuple[Desk, list[dict[str, Any]]],
) -> None:
    desk, rounds = lettered
    one = rounds[0]
    letter = _letter(desk, one["school_id"], one["day"])
    page = desk.open(f"/schedule/{one['round_id']}/day")
    expect(page.locator(".lead")).to_contain_text(f"· {letter} day ·")
    page.emulate_media(media="print")
    expect(page.locator(".cards .cut").first).to_be_visible()
    expect(page.locator(".cards .cut").first).to_contain_text(f"· {letter} day")
    page.emulate_media(media="screen")
    desk.in_both_languages("day-letter-day")
    with desk.in_spanish():
        expect(page.locator(".lead")).to_contain_text(f"· Día {letter} ·")

    page = desk.open(f"/schedule/{one['round_id']}")
    expect(page.locator(".lead")).to_contain_text(f"· {letter} day")
    page = desk.open("/schedule/new")
    page.get_by_label("Host school", exact=True).select_option(one["school_id"])
    page.get_by_label("Day", exact=True).fill(one["day"])
    expect(page.get_by_text(f"{letter} day ·")).to_be_visible()
    weekend = date.fromisoformat(one["day"])
    while weekend.weekday() < 5:
        weekend += timedelta(1)
    page.get_by_label("Day", exact=True).fill(str(weekend))
    expect(page.get_by_text(f"{letter} day ·")).to_have_count(0)
    desk.shoot("day-letter-by-hand")
    assert desk.failures == []


def _heads(desk: Desk, day: str) -> str:
    """The letters of a day at all schools, as the board's header has them."""
    items = desk.get(f"scheduling/bells/letters?from={day}&to={day}")["items"]
    found = {school: i["days"][day] for i in items for school in i["school_ids"] if day in i["days"]}
    schools = desk.get("scheduling/schools?limit=200")["items"]
    return "/".join([*sorted(set(found.values())), *(["–"] if len(found) < len(schools) else [])])


def test_the_board_tells_letters_by_school_where_they_differ(lettered: tuple[Desk, list[dict[str, Any]]]) -> None:
    desk, (one, other) = lettered
    day = one["day"]
    page = desk.open("/planning")
    letters = [_letter(desk, r["school_id"], day) for r in (one, other)]
    assert set(letters) == {"A", "B"}
    own = page.locator(f"[data-round='{one['round_id']}']")
    column = int(own.evaluate("chip => chip.style.getPropertyValue('--at')"))
    head = page.locator("thead th").nth(column + 1).locator(".letter")
    expect(head).to_have_text("A/B/–")  # not every school of the demo has letters
    expect(own).to_contain_text(letters[0])
    assert f"{letters[0]} day" in (own.get_attribute("aria-label") or "")
    desk.in_both_languages("day-letter-board")
    own.click()
    expect(page.get_by_role("dialog")).to_contain_text(f"{letters[0]} day")
    page.keyboard.press("Escape")

    _cycle(desk, other["school_id"], [], None)
    desk.open("/planning")
    expect(head).to_have_text(_heads(desk, day))
    schools = [s["school_id"] for s in desk.get("scheduling/schools?limit=200")["items"]]
    before = {s: desk.get(f"scheduling/schools/{s}/bells")["cycle"] for s in schools}
    try:
        for school in schools:
            _cycle(desk, school, ["A", "B"], date.fromisoformat(day))
        desk.open("/planning")
        expect(head).to_have_text("A")
        assert own.inner_text().strip().isdigit(), "one letter for all is told once, in the header"
    finally:
        for school, cycle in before.items():
            _cycle(desk, school, cycle["letters"], cycle["starts_on"])
    assert desk.failures == []


def test_who_visits_who_hosts_and_who_leads_is_told_the_letter_where_the_day_is_named(desks: Desks) -> None:
    """Each of them opens a round of their own; the letter is that of its school."""
    leader = desks.of("district_leader")
    leader.open("/schedule")
    for role, list_path, page_path in (
        ("observer", "/visits", "/visits/{}/ready"),
        ("host_principal", "/school", "/school/rounds/{}"),
        ("facilitator", "/rounds", None),
    ):
        desk = desks.of(role)
        kind = "scheduling/visits/mine" if role == "observer" else "rounds/rounds?limit=200"
        mine = desk.get("identity/session")
        schools = {g.get("school_id") for g in mine["grants"] if g["role"] == role}
        lost = {d["day"] for d in desk.get("scheduling/calendar/days")["items"] if d["kind"] == "no_school"}
        one = next(
            r
            for r in sorted(desk.get(kind)["items"], key=lambda r: str(r["day"]), reverse=True)
            if r["day"] not in lost
            and not r.get("withdrawn")
            and (role != "host_principal" or r["school_id"] in schools)
            and (role != "facilitator" or r["facilitator_id"] == mine["person_id"])
        )
        before = leader.get(f"scheduling/schools/{one['school_id']}/bells")["cycle"]
        _cycle(leader, one["school_id"], ["A", "B"], one["day"])
        try:
            page = desk.open(list_path)
            expect(page.get_by_text("· A day").first).to_be_visible()
            desk.accessible()
            if page_path:
                page = desk.open(page_path.format(one["round_id"]))
                expect(page.locator(".lead")).to_contain_text("· A day")
                with desk.in_spanish():
                    expect(page.locator(".lead")).to_contain_text("· Día A")
        finally:
            _cycle(leader, one["school_id"], before["letters"], before["starts_on"])
        assert desk.failures == []
