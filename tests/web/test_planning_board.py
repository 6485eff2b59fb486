"""The planning board: by drag, by keyboard alone, with the nearest free day, beside another planner, and undone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.web.conftest import Desk, Desks


def a_coming_round(desk: Desk) -> dict[str, Any]:
    rounds: list[dict[str, Any]] = desk.get("scheduling/rounds")["items"]
    now = desk.today().isoformat()  # the board begins today
    return next(r for r in rounds if r["status"] == "scheduled" and r["day"] > now)


def open_board(desk: Desk, day: str) -> None:
    until = (date.fromisoformat(day) + timedelta(days=20)).isoformat()
    desk.open("/planning")
    with desk.page.expect_response(
        lambda answer: f"to={until}" in answer.url
    ):  # drawn before, it would move under a drop
        desk.page.get_by_label("To", exact=True).fill(until)
    desk.settled()


def test_a_round_is_moved_by_keyboard_alone_and_the_move_undone(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.page
    round_ = a_coming_round(desk)
    day = date.fromisoformat(round_["day"])
    open_board(desk, round_["day"])
    chip = page.get_by_role("button", name=re.compile(f"^{re.escape(round_['school_name'])}, .*led by")).first
    chip.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chip.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("New day")
    saturday = day + timedelta(days=(5 - day.weekday()) % 7 or 7)
    field.focus()
    page.keyboard.type(f"{saturday:%m%d%Y}")  # digit by digit: the field tells of the years 2, 20 and 202 as well
    expect(page.get_by_role("dialog")).to_contain_text("it is the weekend")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_count(0)
    nearest = page.get_by_role("dialog").get_by_role("button", name=re.compile("nearest free day"))
    nearest.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Nothing forbids this day")
    desk.accessible()
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).focus()
    page.keyboard.press("Enter")
    desk.toast("is moved to")
    moved = desk.get(f"scheduling/rounds/{round_['round_id']}")
    assert moved["day"] != round_["day"]
    page.get_by_role("button", name="Undo").last.focus()
    page.keyboard.press("Enter")
    desk.until(lambda: bool(desk.get(f"scheduling/rounds/{round_['round_id']}")["day"] == round_["day"]))
    desk.settled()
    expect(chip).to_be_visible()
    desk.shoot("planning-board")


def test_days_without_a_round_lead_to_the_next_one(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page, first = desk.page, a_coming_round(desk)["day"]
    day = date.fromisoformat(first) - timedelta(days=1)
    desk.open("/planning")
    page.get_by_label("From", exact=True).fill((day - timedelta(days=400)).isoformat())
    page.get_by_label("To", exact=True).fill((day - timedelta(days=380)).isoformat())
    expect(page.get_by_text("No round stands in these days.")).to_be_visible()
    page.get_by_role("button", name="Go to the next one:").click()
    expect(page.get_by_text("No round stands in these days.")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("led by")).first).to_be_visible()
    desk.accessible()


def test_a_round_is_dropped_on_another_day_or_the_nearest_free_one_is_offered(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page, base = desk.page, {"Origin": desk.platform.url}
    round_ = a_coming_round(desk)
    path = f"{desk.platform.url}/api/scheduling"

    def day() -> str:
        return str(desk.get(f"scheduling/rounds/{round_['round_id']}")["day"])

    open_board(desk, round_["day"])
    chip = page.locator(f'[data-round="{round_["round_id"]}"]')
    expect(chip).to_be_visible()
    asked = f"{path}/rounds/{round_['round_id']}/move?check=true"

    def possible(columns: int) -> bool:
        body = {"day": weekdays_after(round_["day"], columns)}
        return bool(page.request.post(asked, data=body, headers=base).json()["possible"])

    free = next(n for n in range(1, 10) if possible(n))
    wanted = weekdays_after(round_["day"], free)
    drop(desk, chip, free)
    desk.until(lambda: day() == wanted)
    desk.toast("is moved to")

    kept, pin = weekdays_after(wanted, 1), f"{path}/pins/{uuid4()}"
    body = {"school_id": round_["school_id"], "day": kept}
    assert page.request.put(pin, data=body, headers=base).ok
    expect(chip.locator("xpath=ancestor::tr").get_by_text("✕")).to_be_visible()
    drop(desk, chip, 1)
    expect(page.get_by_text("A planner keeps")).to_be_visible()
    assert day() == wanted
    desk.accessible()
    desk.shoot("planning-board-dropped")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name=re.compile("nearest free day")).click()
    desk.until(lambda: day() not in (wanted, kept))
    assert page.request.delete(pin, headers=base).ok
    assert desk.failures == []


def weekdays_after(day: str, days: int) -> str:
    found = date.fromisoformat(day)
    while days:
        found += timedelta(days=1)
        days -= found.weekday() < 5
    return found.isoformat()


def drop(desk: Desk, chip: Locator, columns: int) -> None:
    """Drags a round so many columns to the right of its own."""
    row = chip.locator("xpath=ancestor::td")
    box = row.bounding_box()
    own = int((chip.get_attribute("data-cell") or "").split(",")[1])
    assert box
    wide = box["width"] / int(row.get_attribute("colspan") or 0)
    row.evaluate("(td, left) => { td.closest('.board').scrollLeft = left }", (own - 1) * wide)
    chip.drag_to(row, target_position={"x": (own + columns + 0.5) * wide, "y": box["height"] / 2})


def test_another_planners_change_is_shown_at_once_and_not_overwritten(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.page
    round_ = a_coming_round(desk)
    open_board(desk, round_["day"])
    chip = page.get_by_role("button", name=re.compile(f"^{re.escape(round_['school_name'])}, .*led by")).first
    expect(chip).to_be_visible()
    to = moved_by_another(desk, round_)
    expect(page.get_by_text("Somebody else changed the plan")).to_be_visible()
    expect(page.get_by_text(re.compile(f"{re.escape(round_['school_name'])} is now on"))).to_be_visible()
    assert desk.get(f"scheduling/rounds/{round_['round_id']}")["day"] == to


def test_what_another_planner_does_to_a_round_in_an_open_dialog_is_not_overwritten_unseen(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.page
    round_ = a_coming_round(desk)
    open_board(desk, round_["day"])
    chip = page.locator(f'[data-round="{round_["round_id"]}"]')
    chip.click()
    dialog = page.get_by_role("dialog")
    field, move = dialog.get_by_label("New day"), dialog.get_by_role("button", name="Move", exact=True)
    field.fill(weekdays_after(round_["day"], 1))
    expect(move).to_be_enabled()
    to = moved_by_another(desk, round_)
    expect(dialog.get_by_text("Somebody else changed the plan")).to_be_visible()
    expect(dialog.get_by_text(re.compile(f"{re.escape(round_['school_name'])} is now on"))).to_be_visible()
    expect(move).to_be_disabled()
    desk.accessible()
    dialog.get_by_role("button", name="Go on from there").click()
    expect(field).to_have_value(to)
    page.keyboard.press("Escape")
    assert desk.get(f"scheduling/rounds/{round_['round_id']}")["day"] == to
    assert desk.failures == []


def moved_by_another(desk: Desk, round_: dict[str, Any]) -> str:
    """Another planner moves the round to the first day that nothing forbids."""
    base = desk.platform.url
    held = desk.get(f"scheduling/rounds/{round_['round_id']}")
    for n in range(1, 20):
        to = (date.fromisoformat(held["day"]) + timedelta(days=n)).isoformat()
        answer = desk.page.request.post(
            f"{base}/api/scheduling/rounds/{round_['round_id']}/move", data={"day": to}, headers={"Origin": base}
        ).json()
        if answer["moved"]:
            return to
    raise AssertionError("no day is free")


def test_a_round_is_pinned_a_day_kept_free_and_both_are_freed(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.page
    round_ = a_coming_round(desk)
    open_board(desk, round_["day"])
    chip = page.get_by_role("button", name=re.compile(f"^{re.escape(round_['school_name'])}, .*led by")).first
    chip.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Pin it to this day").click()
    expect(dialog.get_by_text("nobody and no plan moves it")).to_be_visible()
    page.keyboard.press("Escape")
    expect(chip).to_have_accessible_name(re.compile("pinned to this day"))
    page.get_by_role("button", name="Pins").click()
    day = date.fromisoformat(round_["day"]) + timedelta(days=1)
    dialog.get_by_label("School", exact=True).select_option(label=round_["school_name"])
    dialog.get_by_label("Day", exact=True).fill(day.isoformat())
    dialog.get_by_role("button", name="Keep this day free").click()
    rows = dialog.get_by_role("row").filter(has_text=round_["school_name"])
    expect(rows).to_have_count(2)
    desk.accessible()
    desk.shoot("planning-board-pins")
    page.set_viewport_size({"width": 1280, "height": 800})
    for left in (1, 0):
        rows.get_by_role("button", name=re.compile("^Free")).first.click()
        expect(rows).to_have_count(left)
    page.keyboard.press("Escape")
    expect(chip).not_to_have_accessible_name(re.compile("pinned to this day"))
    with desk.in_spanish():
        page.get_by_role("button", name="Fijaciones").click()
        desk.accessible()
        page.keyboard.press("Escape")
    assert desk.failures == []


def test_month_names_of_a_long_sheet_are_printed_beside_each_other(desks: Desks) -> None:
    """The sheet begins on the last weekday of a month: its name has the width of one day in print."""
    desk = desks.of("district_leader")
    page, today = desk.open("/planning"), desk.today()
    first = next(
        day
        for n in range(120, 300)
        if (day := today + timedelta(days=n)).weekday() == 4 and (day + timedelta(days=3)).month != day.month
    )
    page.get_by_label("To", exact=True).fill((first + timedelta(days=200)).isoformat())
    page.get_by_label("From", exact=True).fill(first.isoformat())
    expect(page.get_by_role("columnheader")).to_have_count(
        1 + sum((first + timedelta(days=n)).weekday() < 5 for n in range(201))
    )
    page.emulate_media(media="print")
    names = page.locator("thead .month:visible")
    boxes = [box for box in (name.bounding_box() for name in names.all()) if box]
    assert len(boxes) >= 6
    for before, after in pairwise(boxes):
        assert before["x"] + before["width"] <= after["x"]
    page.emulate_media(media="screen")


def test_a_printed_board_says_what_it_is_and_on_which_day_each_round_of_a_long_sheet_is(desks: Desks) -> None:
    desk = desks.of("district_leader")
    round_ = a_coming_round(desk)
    page = desk.page
    open_board(desk, (date.fromisoformat(round_["day"]) + timedelta(days=80)).isoformat())
    chip = page.locator(f'[data-round="{round_["round_id"]}"]')
    expect(chip).to_be_visible()
    title = page.get_by_role("heading", name=re.compile("^Rounds by school and day, "))
    expect(title).to_have_count(0)
    page.emulate_media(media="print")
    expect(title).to_be_visible()
    day = date.fromisoformat(round_["day"])
    assert chip.inner_text().startswith(f"{day.day} {day:%a} · ")
    page.emulate_media(media="screen")
    page.get_by_label("From", exact=True).fill((day - timedelta(days=80)).isoformat())
    page.get_by_label("To", exact=True).fill(round_["day"])
    desk.settled()
    page.emulate_media(media="print")
    edges = [e.evaluate("(e) => e.getBoundingClientRect().right") for e in (chip, page.locator(".board"))]
    assert edges[0] <= edges[1], "a round of the last day is whole"
    page.emulate_media(media="screen")


def test_the_round_that_the_arrow_keys_reach_is_not_under_the_schools_names(desks: Desks) -> None:
    desk = desks.of("district_leader")
    round_ = a_coming_round(desk)
    page = desk.page
    open_board(desk, round_["day"])
    today = desk.today()
    page.get_by_label("From", exact=True).fill((today - timedelta(days=90)).isoformat())
    page.get_by_label("To", exact=True).fill((today + timedelta(days=60)).isoformat())
    page.locator(f'[data-round="{round_["round_id"]}"]').focus()
    at = """() => { const e = document.activeElement, b = e.getBoundingClientRect();
        return [e.ariaLabel, e.contains(document.elementFromPoint(b.left + 2, b.top + b.height / 2))] }"""
    seen = {}
    for key in ("ArrowDown", "ArrowLeft", "ArrowUp") * 5:
        page.keyboard.press(key)
        name, shown = page.evaluate(at)
        seen[name] = shown
    assert len(seen) > 1
    assert all(seen.values()), seen


def test_a_filter_counts_the_rounds_that_it_shows(desks: Desks) -> None:
    desk = desks.of("district_leader")
    round_ = a_coming_round(desk)
    path = f"{desk.platform.url}/api/scheduling/schools/{round_['school_id']}/host"
    body = {"region": "Far hills", "cover_per_day": None}
    assert desk.page.request.put(path, data=body, headers={"Origin": desk.platform.url}).ok
    open_board(desk, round_["day"])
    page = desk.page
    expect(page.locator(f'[data-round="{round_["round_id"]}"]')).to_be_visible()
    own = page.locator(f'[data-school="{round_["school_id"]}"] [data-round]').count()
    page.get_by_label("Region").select_option("Far hills")
    expect(page.get_by_text(f"Schools: 1, rounds: {own}", exact=True)).to_be_visible()


def test_a_round_whose_day_is_over_is_not_told_as_scheduled(desks: Desks) -> None:
    desk = desks.of("district_leader")
    now = desk.today().isoformat()
    past = next(r for r in desk.get("scheduling/rounds")["items"] if r["status"] == "scheduled" and r["day"] < now)
    page = desk.open("/schedule")
    link = page.locator(f'a[href$="/schedule/{past["round_id"]}"]')
    expect(page.get_by_role("row").filter(has=link)).to_contain_text("Past")
    expect(page.get_by_role("row").filter(has_text="Scheduled").first).to_be_visible()
    desk.shoot("schedule-list")
    page.set_viewport_size({"width": 1280, "height": 800})
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(past["school_name"])
    expect(page.get_by_text("Past", exact=True)).to_be_visible()
    with desk.in_spanish():
        expect(page.get_by_text("Pasada", exact=True)).to_be_visible()
    assert desk.failures == []


def test_a_round_that_another_planner_calls_off_is_told_by_name(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page, url = desk.page, f"{desk.platform.url}/api/scheduling/rounds"
    origin = {"Origin": desk.platform.url}
    held = desk.get(f"scheduling/rounds/{a_coming_round(desk)['round_id']}")
    team = [o["person_id"] for o in held["teams"][0]["observers"]]
    body = {k: held[k] for k in ("school_id", "instrument", "instrument_version")}
    body |= {"day": weekdays_after(held["day"], 25), "facilitator_id": held["facilitator"]["person_id"], "slots": []}
    body |= {"teams": [{"name": "Team 1", "observer_ids": team, "timekeeper_id": None}]}
    made = page.request.post(url, data=body, headers=origin)
    assert made.status == 201, made.text()
    open_board(desk, body["day"])
    chip = page.locator(f'[data-round="{made.json()["round_id"]}"]')
    expect(chip).to_have_count(1)
    gone = page.request.delete(f"{url}/{made.json()['round_id']}", headers=origin)
    assert gone.ok, gone.text()
    expect(chip).to_have_count(0)
    expect(page.get_by_text(f"The round at {held['school_name']} on ")).to_be_visible()
    assert desk.failures == []
