"""The visit day on one page: a rotation is suggested and kept, an absent teacher's room moves its visits alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.conftest import Desks


def test_a_visit_day_is_laid_out_mended_and_printed(desks: Desks) -> None:
    desk = desks.of("district_leader")
    items = desk.get("scheduling/rounds?limit=200")["items"]
    coming = next(r for r in reversed(items) if r["status"] == "scheduled" and r["teams"] > 1)
    page = desk.open(f"/schedule/{coming['round_id']}")
    page.get_by_role("link", name="The whole day").click()
    desk.settled()
    page.get_by_role("button", name="Suggest the rotation").click()
    page.get_by_role("button", name="Use this rotation").click()
    desk.toast("The rotation is kept.")
    expect(page.get_by_role("img").first).to_be_visible()
    desk.accessible()
    desk.fits()
    desk.shoot("visit-day")

    page.get_by_label("A room falls out").select_option(index=1)
    page.get_by_role("button", name="Move only these visits").click()
    expect(page.get_by_text("all others stay")).to_be_visible()
    page.get_by_role("button", name="Use this rotation").click()
    desk.toast("The rotation is kept.")
    assert desk.failures == []
