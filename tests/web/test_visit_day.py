"""The visit day on one page: teams and rotation are proposed, used and taken back; a running day is mended."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.web.conftest import Desk, Desks


def a_coming_round(desk: Desk) -> dict[str, Any]:
    items: list[dict[str, Any]] = desk.get("scheduling/rounds?limit=200")["items"]
    return next(r for r in reversed(items) if r["status"] == "scheduled" and r["teams"] > 1)


def test_a_visit_day_is_proposed_used_mended_and_printed(desks: Desks) -> None:
    desk = desks.of("district_leader")
    round_id = a_coming_round(desk)["round_id"]
    page = desk.open(f"/schedule/{round_id}")
    page.get_by_role("link", name="The whole day").click()
    desk.settled()
    page.get_by_label("Room of the debrief").fill("Library")
    page.get_by_role("button", name="Propose teams and rotation").click()
    proposal = page.get_by_role("region", name="Proposal")
    expect(proposal.get_by_role("table", name="The proposal beside the day as it stands")).to_be_visible()
    page.get_by_role("button", name=re.compile("Stop and keep")).or_(proposal.get_by_text("proposal is there")).click()
    expect(proposal.get_by_text("The proposal is there")).to_be_visible(timeout=60_000)
    desk.accessible()
    desk.fits()
    desk.shoot("visit-day-proposal")
    page.set_viewport_size({"width": 1280, "height": 800})
    proposal.get_by_role("button", name="Use this visit day").click()
    desk.toast("The visit day is kept.")
    expect(page.get_by_text(re.compile("^Debrief from .* in Library")).first).to_be_visible()
    expect(proposal.get_by_role("button", name="Take it back")).to_be_visible()
    proposal.get_by_role("button", name="Close").click()

    page.get_by_role("button", name="Something happened today").click()
    dialog = page.get_by_role("dialog")
    desk.accessible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    with desk.in_spanish():
        page.get_by_role("button", name="Algo pasó hoy").click()
        desk.accessible()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Something happened today").click()
    dialog.get_by_label("Classroom").select_option(index=1)
    dialog.get_by_role("button", name="Mend the day").click()
    repair = page.get_by_role("region", name="Proposal")
    expect(repair.get_by_text("The proposal is there")).to_be_visible(timeout=60_000)
    expect(repair.get_by_role("table", name="Visits that change")).to_be_visible()
    expect(repair.get_by_text(re.compile("told when you publish"))).to_be_visible()
    desk.accessible()
    desk.fits()
    desk.shoot("visit-day-repair")
    page.set_viewport_size({"width": 1280, "height": 800})
    with desk.in_spanish():
        desk.accessible()
    repair = page.get_by_role("region", name="Proposal")
    repair.get_by_role("button", name="Publish and tell them").click()
    desk.toast("those whose day changes are told")
    repair.get_by_role("button", name="Take it back").click()
    desk.toast("The visit day is as it was before.")
    expect(repair.get_by_role("button", name="Take it back")).to_have_count(0)
    repair.get_by_role("button", name="Close").click()
    desk.shoot("visit-day")
    card = page.get_by_role("region", name="Team 1", exact=True)
    page.emulate_media(media="print")
    where = page.get_by_role("heading", level=1).inner_text().removeprefix("The visit day at ")
    expect(card).to_contain_text(where)  # a card that is cut out says where and when
    expect(card.locator(".cut")).to_be_visible()
    page.emulate_media(media="screen")
    expect(card.locator(".cut")).to_be_hidden()
    assert desk.failures == []
