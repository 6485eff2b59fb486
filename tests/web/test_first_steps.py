"""An administrator is led through what a district needs before its first round."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.conftest import Desks

STEPS = [
    "Name the district and set its time zone",
    "Bring in the schools",
    "Bring in the people",
    "Bring in the school year",
    "Invite leaders, facilitators, principals and observers",
]


def test_an_administrator_comes_in_at_the_first_steps_and_sees_which_are_done(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/")
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    steps = page.locator("main ol li")
    expect(steps).to_have_count(len(STEPS))
    for n, name in enumerate(STEPS):
        expect(steps.nth(n)).to_contain_text(name)
        expect(steps.nth(n)).to_contain_text("✓ done")
    page.get_by_role("link", name="Bring in the schools").click()
    expect(page.get_by_role("heading", name="Import data")).to_be_visible()
    assert desk.failures == []


def test_a_step_that_is_not_done_is_to_do(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.page
    nothing = '{"items": [], "next": null}'
    page.route("**/api/scheduling/people?*", lambda r: r.fulfill(body=nothing, content_type="application/json"))
    try:
        desk.open("/start")
        expect(page.locator("main ol li").filter(has_text="Bring in the people")).to_contain_text("to do")
        expect(page.locator("main ol li").filter(has_text="Bring in the schools")).to_contain_text("✓ done")
    finally:
        page.unroute("**/api/scheduling/people?*")
