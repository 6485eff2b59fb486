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
    expect(page.get_by_role("dialog")).to_contain_text("it is a Saturday")
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


def test_another_planners_change_is_shown_and_not_overwritten(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.page
    round_ = a_coming_round(desk)
    open_board(desk, round_["day"])
    page.get_by_role("button", name=re.compile(f"^{re.escape(round_['school_name'])}, .*led by")).first.click()
    other = page.request.post(
        f"{page.url.split('/desk')[0]}/api/scheduling/rounds/{round_['round_id']}/move?check=true",
        data={"day": "2000-01-01"},
        headers={"Origin": page.url.split("/desk")[0]},
    )
    nearest = other.json()
    assert nearest["possible"] in (True, False)
    held = desk.get(f"scheduling/rounds/{round_['round_id']}")
    day = date.fromisoformat(held["day"])
    for n in range(1, 20):
        to = (day + timedelta(days=n)).isoformat()
        answer = page.request.post(
            f"{page.url.split('/desk')[0]}/api/scheduling/rounds/{round_['round_id']}/move",
            data={"day": to},
            headers={"Origin": page.url.split("/desk")[0]},
        ).json()
        if answer["moved"]:
            break
    page.get_by_label("New day").fill((day + timedelta(days=25)).isoformat())
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("was changed by somebody else just now")).to_be_visible()
    assert desk.get(f"scheduling/rounds/{round_['round_id']}")["day"] == to
