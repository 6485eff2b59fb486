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
