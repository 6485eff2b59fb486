"""The planning board: by keyboard alone, with the nearest free day, beside another planner, and undone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.web.conftest import Desk, Desks


def a_coming_round(desk: Desk) -> dict[str, Any]:
    rounds: list[dict[str, Any]] = desk.get("scheduling/rounds")["items"]
    now = date.today().isoformat()  # the board begins today
    return next(r for r in rounds if r["status"] == "scheduled" and r["day"] > now)


def open_board(desk: Desk, day: str) -> None:
    desk.open("/planning")
    desk.page.get_by_label("To", exact=True).fill((date.fromisoformat(day) + timedelta(days=20)).isoformat())
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
    field.fill(saturday.isoformat())
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog")).to_contain_text("it is the weekend")
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
    desk.settled()
    expect(chip).to_be_visible()
    desk.shoot("planning-board")


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
    dialog.get_by_label("School").select_option(label=round_["school_name"])
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
