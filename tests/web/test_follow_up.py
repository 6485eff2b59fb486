"""Three months on: the principal is reminded, says what became of each commitment, and ends the check."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.web.conftest import Desks, id_in


def test_a_principal_checks_on_the_next_level_of_work(desks: Desks) -> None:
    desk = desks.of("host_principal")
    page = desk.open("/school")
    reminder = page.locator(".notice").filter(has_text="checks that wait for you")
    reminder.get_by_role("link", name="Open the check").first.click()
    expect(page.get_by_role("heading", name="Follow-up")).to_be_visible()
    round_id = id_in(page.url)
    desk.settled()

    day = page.get_by_label("Day of the check").input_value()
    first = page.get_by_role("region", name="Commitment 2")
    first.get_by_label("Partly").check()
    first.get_by_label("What shows it").fill("Five of eight pairs of teachers visited each other.")
    page.get_by_role("button", name="Save what I say").click()
    desk.toast("Saved.")
    expect(first.get_by_text("Partly").first).to_be_visible()
    first.get_by_text("What was said before").click()
    expect(first).to_contain_text("Five of eight pairs of teachers visited each other.")
    desk.accessible()
    desk.shoot("follow-up-reported")

    page.get_by_role("region", name="Commitment 1").get_by_label("Kept", exact=True).check()
    page.get_by_role("region", name="Commitment 3").get_by_label("Not yet").check()
    page.get_by_role("button", name="This is the check: save and end it").click()
    desk.toast("The check is held.")
    expect(page.get_by_text("The check was held")).to_be_visible()
    waiting = [f["round_id"] for f in desk.get("rounds/follow-ups")["items"]]
    assert round_id not in waiting

    page.get_by_label("Day of the check").fill(day)
    page.get_by_role("button", name="Set a further check").click()
    desk.toast("The day is set.")
    expect(page.get_by_text("The check is on")).to_be_visible()
    told = desk.get(f"rounds/rounds/{round_id}/follow-up")
    assert [c["status"] for c in told["commitments"]] == ["kept", "partly", "not_yet"]
    assert desk.failures == []
