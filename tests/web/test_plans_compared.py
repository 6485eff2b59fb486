"""A leader holds two proposals side by side on the desk, or one beside the published plan; by keyboard too."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Desk, Desks

_WISH = {"seats_min": 3, "seats_target": 4, "seats_max": 6, "limit_seconds": 4}
_PLAN_MS = 120_000


@pytest.fixture(scope="module")
def proposals(desks: Desks) -> tuple[str, str]:
    """Two what-ifs of one leader: the second sends fewer people."""
    desk = desks.of("district_leader")
    desk.open("/plans")
    return _asked(desk, "Six at most"), _asked(desk, "Three at most", seats_target=3, seats_max=3)


def _asked(desk: Desk, name: str, **wish: Any) -> str:
    base = desk.platform.url
    today = desk.today()
    days = {"first_day": str(today + timedelta(7)), "last_day": str(today + timedelta(150))}
    body = {"name": name} | days | _WISH | wish
    answer = desk.page.request.post(f"{base}/api/scheduling/plans", data=body, headers={"Origin": base})
    assert answer.status == 201, answer.text()
    made = str(answer.json()["proposal_id"])
    page = desk.open(f"/plans/{made}")
    expect(page.get_by_role("heading", name="Against today's plan")).to_be_visible(timeout=_PLAN_MS)
    return made


def _at(page: Page, first: str, second: str) -> None:
    expect(page).to_have_url(re.compile(rf"/plans/compare\?a={first}&b={second}$"))


def _shown(page: Page) -> None:
    expect(page.get_by_role("table", name="Points, side by side")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def test_two_proposals_are_chosen_from_the_list_and_told_side_by_side(desks: Desks, proposals: tuple[str, str]) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/plans")
    page.get_by_role("checkbox", name=re.compile("Compare Six at most")).first.check()
    expect(page.get_by_role("button", name="Compare with the published plan")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("Compare Three at most")).first.check()
    desk.accessible()
    page.get_by_role("button", name="Compare the two chosen").click()
    _at(page, *proposals)
    _shown(page)
    expect(page.get_by_role("heading", name="Plan A: Six at most")).to_be_visible()
    expect(page.get_by_text("asked for with different wishes")).to_be_visible()

    told = desk.get(f"scheduling/plans/{proposals[0]}/compare?other={proposals[1]}&limit=200")
    points = page.get_by_role("table", name="Points, side by side").get_by_role("row").filter(has_text="Cost")
    for side, n in (("first", 0), ("second", 1)):
        shown = points.get_by_role("cell").nth(n).inner_text()
        assert re.sub(r"\D", "", shown) == str(round(told[side]["cost"])), shown
    rows = page.get_by_role("table", name="Rounds that differ").get_by_role("row")
    assert rows.count() - 1 == len(told["items"]) > 0
    one = next(r for r in told["items"] if r["only_first"])
    row = rows.filter(has=page.get_by_role("rowheader", name=one["school_name"])).first
    expect(row.get_by_role("cell").nth(3)).to_contain_text(one["only_first"][0]["name"])
    people = desk.get(f"scheduling/plans/{proposals[0]}/compare/people?other={proposals[1]}&limit=50")
    out = page.get_by_role("table", name="Days out that differ").get_by_role("row")
    assert out.count() - 1 == len(people["items"]) > 0
    expect(out.nth(1)).to_contain_text(people["items"][0]["name"])

    page.get_by_role("button", name="Swap sides").click()
    _at(page, *proposals[::-1])
    _shown(page)
    row = rows.filter(has=page.get_by_role("rowheader", name=one["school_name"])).first
    expect(row.get_by_role("cell").nth(4)).to_contain_text(one["only_first"][0]["name"])
    desk.in_both_languages("plans-compared", 320)
    assert desk.failures == []


def test_a_proposal_beside_the_published_plan_is_a_link_that_can_be_kept_either_way_round(
    desks: Desks, proposals: tuple[str, str]
) -> None:
    desk = desks.of("district_leader")
    counts = desk.get(f"scheduling/plans/{proposals[0]}/compare")["counts"]
    page = desk.open(f"/plans/compare?a={proposals[0]}&b=published")
    _shown(page)
    expect(page.get_by_role("heading", name="Plan B: The published plan")).to_be_visible()
    expect(page.get_by_text(f"Only in B · {counts.get('added')}")).to_have_count(1 if "added" in counts else 0)
    page = desk.open(f"/plans/compare?a=published&b={proposals[0]}")
    _shown(page)
    expect(page.get_by_role("heading", name="Plan A: The published plan")).to_be_visible()
    expect(page.get_by_text(f"Only in A · {counts.get('added')}")).to_have_count(1 if "added" in counts else 0)
    page.emulate_media(media="print")
    expect(page.get_by_label("Plan A", exact=True)).to_be_hidden()
    expect(page.get_by_role("table", name="Rounds that differ")).to_be_visible()
    page.emulate_media(media="screen")
    assert desk.failures == []


def test_rounds_that_differ_are_filtered_and_paper_says_by_what(desks: Desks, proposals: tuple[str, str]) -> None:
    desk = desks.of("district_leader")
    told = desk.get(f"scheduling/plans/{proposals[0]}/compare?other={proposals[1]}&limit=200")
    one = next(r for r in told["items"] if r["only_first"])
    name = one["only_first"][0]["name"]
    page = desk.open(f"/plans/compare?a={proposals[0]}&b={proposals[1]}")
    _shown(page)
    rows = page.get_by_role("table", name="Rounds that differ").locator("tbody tr")
    out = page.get_by_role("table", name="Days out that differ").locator("tbody tr")
    count = next(iter(told["counts"].values()))
    page.get_by_role("group", name="Change").get_by_role("button").nth(1).click()
    expect(rows).to_have_count(count)
    page.get_by_role("group", name="Change").get_by_role("button", name="All").click()
    page.get_by_label("Person", exact=True).fill(name.upper())
    here = [
        r
        for r in told["items"]
        if name in {x["name"] for x in (*r["only_first"], *r["only_second"])}
        or name in {s["facilitator"]["name"] for s in (r["first"], r["second"]) if s and s["facilitator"]}
    ]
    expect(rows).to_have_count(len(here))
    expect(out.filter(has_not_text=name)).to_have_count(0)
    page.get_by_label("School", exact=True).fill(one["school_name"][:6].lower())
    expect(rows.filter(has_not_text=one["school_name"][:6])).to_have_count(0)
    expect(rows.filter(has_text=one["school_name"]).first).to_contain_text(name)
    desk.in_both_languages("plans-compared-filtered")
    page.emulate_media(media="print")
    expect(page.get_by_text(re.compile("rounds are shown"))).to_contain_text(name.upper())
    page.emulate_media(media="screen")
    page.get_by_label("School", exact=True).fill("no such school")
    expect(page.get_by_text("Nothing fits this choice.").first).to_be_visible()
    assert desk.failures == []


def test_a_comparison_is_printed_to_its_end(desks: Desks, proposals: tuple[str, str]) -> None:
    """Its pages are cut short on their way: of a demo all rounds fit one."""
    desk = desks.of("district_leader")
    told = desk.get(f"scheduling/plans/{proposals[0]}/compare?other={proposals[1]}&limit=200")
    page = desk.page
    page.route(re.compile(r"/compare\?(?!.*limit=)"), lambda route: route.continue_(url=f"{route.request.url}&limit=1"))
    desk.open(f"/plans/compare?a={proposals[0]}&b={proposals[1]}")
    _shown(page)
    rows = page.get_by_role("table", name="Rounds that differ").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(page.get_by_text(f"1 of {len(told['items'])} rounds are shown.")).to_be_visible()
    page.evaluate("window.print = () => { window.printed = document.querySelectorAll('tbody tr').length }")
    page.get_by_role("button", name="Print", exact=True).click()
    expect(rows).to_have_count(len(told["items"]))
    desk.until(lambda: bool(page.evaluate("window.printed ?? 0") > len(told["items"])))
    page.unroute_all()
    assert desk.failures == []


def test_two_plans_are_compared_by_keyboard_alone(desks: Desks, proposals: tuple[str, str]) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/plans")
    page.get_by_role("link", name="Compare", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Compare two plans")).to_be_focused()
    expect(page.get_by_text("Choose two plans.")).to_be_visible()
    for letter, name in (("A", "Six at most"), ("B", "Three at most")):
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.get_by_label(f"Plan {letter}", exact=True).evaluate("e => e === document.activeElement"):
                break
        page.keyboard.type(name)
    _at(page, *proposals)
    _shown(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Swap sides")).to_be_focused()
    page.keyboard.press("Enter")
    _at(page, *proposals[::-1])
    assert desk.failures == []


def test_what_cannot_be_compared_is_told_in_words(desks: Desks, proposals: tuple[str, str]) -> None:
    desk = desks.of("district_leader")
    page = desk.open(f"/plans/compare?a={proposals[0]}&b={proposals[0]}")
    expect(page.get_by_text("This is the same plan twice.")).to_be_visible()
    nobodys = "0199aaaa-0000-7000-8000-000000000000"
    page = desk.open(f"/plans/compare?a={proposals[0]}&b={nobodys}")
    expect(page.get_by_text("There is no such proposal, or it is not yours to see.").first).to_be_visible()
    desk.accessible()
    assert desk.failures == []
