"""The whole way of one round, walked in the browser: schedule, prepare, visit, debrief, release, read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Desk, Desks, id_in

WORDS = [
    "Teacher asked twelve questions; ten were answered by one remembered fact.",
    "Four of five students at the window table copied the worked example line by line.",
]
PATTERN = "Students repeat the step that was shown"
_SATURDAY = 5
_MOST_TABS = 150


def _focused(page: Page) -> str:
    """What the focused control is called."""
    return str(
        page.evaluate(
            "(() => { const a = document.activeElement; "
            "return a.getAttribute('aria-label') || a.labels?.[0]?.innerText || a.innerText || '' })()"
        )
    ).strip()


def _tab_to(page: Page, name: str) -> None:
    """Presses Tab until the control of that name has the focus, as a person without a mouse does."""
    for _ in range(_MOST_TABS):
        if _focused(page).startswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{name} cannot be reached by Tab on {page.url}; the last is {_focused(page)!r}")


def _free_day(leader: Desk) -> date:
    """A weekday ahead on which the calendar has nothing and no round is scheduled."""
    taken = {r["day"] for r in leader.get("scheduling/rounds?limit=200")["items"]}
    taken |= {d["day"] for d in leader.get("scheduling/calendar/days")["items"]}
    day = date.today() + timedelta(days=40)
    while day.weekday() >= _SATURDAY or day.isoformat() in taken:
        day += timedelta(days=1)
    return day


def _type_into_search(page: Page, label: str, name: str) -> None:
    _tab_to(page, label)
    page.keyboard.type(name)
    expect(page.get_by_role("list", name=label).get_by_role("button").first).to_contain_text(name)
    page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def round_id(desks: Desks) -> str:
    """A round scheduled by keyboard alone at the demo principal's school."""
    leader = desks.of("district_leader")
    host = desks.of("host_principal").get("identity/session")["grants"][0]["school_id"]
    school = leader.get(f"scheduling/schools/{host}")["name"]
    facilitator = desks.of("facilitator").get("identity/session")["name"]
    observer = desks.of("observer").get("identity/session")["name"]
    day = _free_day(leader)

    page = leader.open("/schedule/new")
    expect(page.locator("option", has_text=school)).to_have_count(1)
    _tab_to(page, "Host school")
    page.keyboard.type(school)
    _tab_to(page, "Day")
    page.keyboard.type(f"{day:%m%d%Y}")
    _type_into_search(page, "Find the facilitator", facilitator)
    _type_into_search(page, "Find a person", observer)
    expect(page.get_by_role("checkbox").first).to_be_checked()
    _tab_to(page, "Slots of each team")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    _tab_to(page, "Lay out the slots")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Slots, by time and team").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_text("This plan is possible.")).to_be_visible()
    expect(page.get_by_role("button", name="Schedule the round")).to_be_enabled()
    _tab_to(page, "Schedule the round")
    page.keyboard.press("Enter")
    leader.toast("The round is scheduled.")
    page.wait_for_url(re.compile(r"/schedule/[0-9a-f-]{36}$"))
    return id_in(page.url)


def _known_to_rounds(desk: Desk, round_id: str) -> Any:
    """The round, once the rounds service has taken it up: it hears of it a moment later."""
    found: list[Any] = []
    page = desk.open("/")

    def there() -> bool:
        answer = desk.context.request.get(f"{desk.platform.url}/api/rounds/rounds/{round_id}")
        if answer.ok:
            found.append(answer.json())
        return bool(found)

    for _ in range(100):
        if there():
            return found[0]
        page.wait_for_timeout(100)
    pytest.fail("the rounds service did not take the round up")


def test_a_round_travels_from_the_plan_to_the_principals_summary(desks: Desks, round_id: str) -> None:
    principal, observer = desks.of("host_principal"), desks.of("observer")
    facilitator = desks.of("facilitator")
    _known_to_rounds(principal, round_id)
    _prepare(principal, round_id)

    _open_stage(facilitator, round_id, "Visit")
    expect(facilitator.page.locator("[data-live=statements]")).to_have_text("0")
    slots = observer.get(f"rounds/rounds/{round_id}")["slots"]
    for slot, words in zip(slots, WORDS, strict=True):
        _take_notes(observer, round_id, slot["slot_id"], words)
    expect(facilitator.page.locator("[data-live=statements]")).to_have_text("2")

    _debrief(facilitator, round_id)
    _read(principal, facilitator, round_id)
    for desk in (principal, observer, facilitator):
        assert desk.failures == []


def _prepare(principal: Desk, round_id: str) -> None:
    page = principal.open(f"/school/rounds/{round_id}")
    page.get_by_label("Problem of practice").fill("Students can carry out procedures but do not say why they work.")
    page.get_by_label("Theory of action").fill("If we ask for reasons daily, then students will give them unasked.")
    page.get_by_label("Focus question 1").fill("Who says why?")
    page.get_by_role("button", name="Save").click()
    principal.toast("The problem of practice is saved.")


def _open_stage(facilitator: Desk, round_id: str, stage: str) -> None:
    if round_id not in facilitator.page.url:
        facilitator.open(f"/rounds/{round_id}")
    facilitator.page.get_by_role("button", name=f"Open “{stage}”").click()
    facilitator.toast(f"“{stage}” is open.")
    expect(facilitator.page.locator("[aria-current=step]")).to_contain_text(stage)


def _take_notes(observer: Desk, round_id: str, slot_id: str, words: str) -> None:
    page = observer.open(f"/visits/{round_id}/{slot_id}")
    page.get_by_label("What was said, done, asked or made?").fill(words)
    page.get_by_role("radio", name="Teacher").check()
    page.get_by_label("Minute of the slot").fill("4")
    page.get_by_role("checkbox", name="Who says why?").check()
    page.get_by_role("button", name="Save the statement").click()
    observer.toast("Saved on the server.")
    expect(page.get_by_role("heading", name="My statements in this classroom (1)")).to_be_visible()
    assert page.get_by_label("What was said, done, asked or made?").input_value() == ""
    page.get_by_role("button", name="Hand in the notes of this slot").click()
    expect(page.get_by_text("1 of 1 observers have handed in.")).to_be_visible()


def _debrief(facilitator: Desk, round_id: str) -> None:
    page = facilitator.page
    _open_stage(facilitator, round_id, "Describe")
    page.get_by_role("tab", name="Statements").click()
    page.get_by_role("button", name="Admit").first.click()
    expect(page.get_by_text("admitted", exact=True)).to_have_count(1)
    facilitator.accessible()
    page.get_by_role("button", name="Challenge (red dot)").first.click()
    facilitator.accessible()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()

    _open_stage(facilitator, round_id, "Analyze")
    page.get_by_role("tab", name="Patterns").click()
    page.get_by_role("button", name="Name a pattern").click()
    page.get_by_label("Name of the pattern").fill(PATTERN)
    for words in WORDS:
        page.get_by_role("checkbox", name=words).check()
    expect(page.get_by_text("2 statements from 2 rooms")).to_be_visible()
    facilitator.accessible()
    page.get_by_role("button", name="Save").click()
    facilitator.toast("The pattern is saved.")

    _open_stage(facilitator, round_id, "Predict")
    page.get_by_role("tab", name="Predictions").click()
    page.get_by_label("Prediction 1").fill("… repeat the shown procedure with other numbers.")
    facilitator.accessible()
    page.get_by_role("button", name="Save").click()
    facilitator.toast("Saved.")

    _open_stage(facilitator, round_id, "Next level of work")
    page.get_by_role("tab", name="Next level of work").click()
    page.get_by_label("What will be done").fill("Plan one why-question a lesson, together.")
    page.get_by_label("Who", exact=True).fill("Grade teams and the coach")
    page.get_by_label("What revisits it", exact=True).fill("The round in spring")
    facilitator.accessible()
    page.get_by_role("button", name="Save").click()

    page.get_by_role("tab", name="Close and release").click()
    page.get_by_role("button", name="Close the synthesis").click()
    facilitator.accessible()
    page.get_by_role("dialog").get_by_role("button", name="Close the synthesis").click()
    page.get_by_role("button", name="Release to the school").click()
    facilitator.accessible()
    page.get_by_role("dialog").get_by_role("button", name="Release to the school").click()
    facilitator.toast("Released. The school can read it now.")
    expect(page.get_by_role("heading", name=PATTERN)).to_be_visible()


def _read(principal: Desk, facilitator: Desk, round_id: str) -> None:
    """The principal reads words and, as two rooms are too few, no figure: not on the page, not in its data."""
    page = principal.page
    for _ in range(100):
        if principal.context.request.get(f"{principal.platform.url}/api/reporting/rounds/{round_id}/released").ok:
            break
        page.wait_for_timeout(100)
    principal.open(f"/school/summary?round={round_id}&release=1")
    expect(page.get_by_role("heading", name=PATTERN)).to_be_visible()
    expect(page.get_by_text("Too few to say: fewer than 5 classrooms were visited.")).to_be_visible()
    expect(page.get_by_role("cell", name="Plan one why-question a lesson, together.")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Plan one why-question a lesson, together.")).to_be_visible()
    principal.accessible()

    with page.expect_download() as saved:
        page.get_by_role("link", name="Download as CSV").click()
    text = saved.value.path().read_text("utf-8-sig")
    figures = principal.get(f"reporting/rounds/{round_id}/released")
    assert figures["base"] is None
    told_before = page.get_by_role("region", name="Rounds so far")  # the school's earlier release, which may be read
    hidden = told_before.get_by_role("row").filter(has_text="fewer than 5 classrooms")
    expect(hidden).to_have_count(1)
    assert "%" not in hidden.inner_text()
    page.evaluate("document.querySelectorAll('[aria-label=\"Rounds so far\"], footer').forEach((e) => e.remove())")
    shown = page.locator("main").inner_text()
    assert "%" not in shown
    assert "2 statements" not in shown
    for told in (shown, text, str(figures), str(principal.get(f"rounds/rounds/{round_id}/synthesis"))):
        assert not any(words in told for words in WORDS)
        assert desks_name(facilitator) not in told
    refused = principal.context.request.get(f"{principal.platform.url}/api/rounds/rounds/{round_id}/evidence")
    assert refused.status in (403, 404)


def desks_name(desk: Desk) -> str:
    return str(desk.get("identity/session")["name"])


def test_an_impossible_plan_is_told_at_its_field_before_it_is_sent(desks: Desks) -> None:
    leader = desks.of("district_leader")
    facilitator = desks.of("facilitator").get("identity/session")["name"]
    page = leader.open("/schedule/new")
    sunday = date.today() + timedelta(days=60)
    sunday += timedelta(days=6 - sunday.weekday())

    page.get_by_label("Host school").select_option(index=1)
    page.get_by_label("Day").fill(sunday.isoformat())
    page.get_by_label("Find the facilitator").fill(facilitator)
    page.get_by_role("list", name="Find the facilitator").get_by_role("button").first.click()

    day = page.get_by_label("Day")
    expect(day).to_have_attribute("aria-invalid", "true")
    described = day.get_attribute("aria-describedby") or ""
    expect(page.locator(f"#{described.split()[-1]}")).to_contain_text(f"{sunday:%B %Y}")
    expect(page.get_by_role("button", name="Schedule the round")).to_be_disabled()
    leader.accessible()
