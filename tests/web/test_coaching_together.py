"""Two people on one coaching cycle at once: each sees what the other does, and loses nothing of what they type."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.web.coaching import asks, paired, tell
from tests.web.conftest import Desk, Desks

SOON = (date.today() + timedelta(days=20)).isoformat()


def write(desk: Desk, cycle: str, artefact: str, artefact_id: str, over: int, fields: dict[str, Any]) -> None:
    body = {"artefact": artefact, "fields": fields, "ready": False, "base_revision": over}
    tell(desk, "PUT", f"/cycles/{cycle}/artefacts/{artefact_id}", body)


def marked(page: Page) -> Page:
    """A page that shows when it was loaded anew."""
    page.evaluate("window.sameDocument = true")
    return page


def test_both_see_what_the_other_does_and_lose_nothing_that_they_type(desks: Desks) -> None:
    one, two = desks.of("teacher"), desks.of("host_principal")
    cycle = paired(one, two, "growing-expertise", ("member", "member"), "snapshot")
    name = one.get("identity/session")["name"]
    page = marked(two.open(f"/coaching/cycles/{cycle}"))

    page.get_by_role("button", name="Write : Data before").click()
    page.get_by_label("Where the counts come from").fill("My own tally")
    page.get_by_label("How many meetings").fill("7")
    first = str(uuid4())
    write(one, cycle, "data-before", first, 0, {"source": "The exit tickets"})
    left = page.locator("section").filter(has=page.get_by_role("heading", name="What you were writing: Data before"))
    expect(left.get_by_text("My own tally"), "its place is gone, not its words").to_be_visible()
    expect(page.get_by_text("The exit tickets")).to_be_visible()
    expect(page.get_by_label("How many meetings")).to_have_value("7")
    expect(page.get_by_role("alert"), "a draft may be without its table").to_have_count(0)
    two.accessible()
    two.shoot("coaching-left-over")
    page.set_viewport_size({"width": 1280, "height": 800})

    page.get_by_role("button", name="Edit : Data before").click()
    source = page.get_by_label("Where the counts come from")
    source.fill("The exit tickets and my tally")
    write(one, cycle, "data-before", first, 1, {"source": "The exit tickets of October"})
    expect(page.get_by_text(f"{name} has changed this while you were writing:")).to_be_visible()
    expect(page.get_by_text("The exit tickets of October")).to_be_visible()
    expect(source, "what is typed stays").to_have_value("The exit tickets and my tally")
    expect(page.get_by_role("button", name="It is ready")).to_have_count(0)
    two.accessible()
    two.shoot("coaching-overtaken")
    page.set_viewport_size({"width": 1280, "height": 800})
    theirs = marked(one.open(f"/coaching/cycles/{cycle}"))
    page.get_by_role("button", name="Go on with mine in its place").click()
    page.get_by_role("button", name="Keep as a draft").click()
    expect(theirs.get_by_text("The exit tickets and my tally")).to_be_visible()
    assert len(one.get(f"rounds/cycles/{cycle}/artefacts/{first}/versions")["items"]) == 3, "both are kept"

    page.get_by_label("I will …").fill("Ask for one reason a day")
    page.get_by_label("Look at it again on").fill(SOON)
    page.get_by_role("button", name="Commit", exact=True).click()
    expect(theirs.get_by_text("Ask for one reason a day")).to_be_visible()
    theirs.get_by_role("button", name="Arrange meetings that suit all").click()
    expect(page.get_by_role("button", name="Another time").first).to_be_visible()
    for seen in (page, theirs):
        assert seen.evaluate("window.sameDocument"), "no page was loaded anew"
    assert one.failures + two.failures == []

    tell(one, "POST", f"/cycles/{cycle}/leave")
    expect(theirs.get_by_text("Not found"), "a page ends with the right to it").to_be_visible()
    expect(page.get_by_text("Somebody left and this cycle has ended.")).to_be_visible()


TABLE = "skill,count,total\nGives reasons,12,40\nCompares,31,40"


def test_what_is_typed_is_there_when_its_writer_comes_back_and_for_nobody_else(desks: Desks) -> None:
    one, two = desks.of("teacher"), desks.fresh().sign_in("host_principal")
    cycle = paired(one, two, "growing-expertise", ("member", "member"), "snapshot")
    page = marked(two.open(f"/coaching/cycles/{cycle}"))
    page.get_by_role("button", name="Write : Data before").click()
    page.get_by_label("Where the counts come from").fill("My own tally")
    table = page.get_by_role("textbox", name="Counts", exact=True)
    table.fill(TABLE)

    def come_back() -> None:
        page.get_by_role("link", name="My coaching").first.click()
        expect(page.get_by_role("heading", name="Begin a cycle")).to_be_visible()
        page.locator(f"a[href$='/cycles/{cycle}']").click()

    come_back()
    expect(page.get_by_label("Where the counts come from")).to_have_value("My own tally")
    expect(table).to_have_value(TABLE)
    assert "tally" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill(one.platform.sign_ins["teacher"]["email"])
    page.get_by_label("Password", exact=True).fill(one.platform.sign_ins["teacher"]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Write : Data before")).to_be_visible()
    assert page.evaluate("window.sameDocument"), "the same window, another person"
    assert "My own tally" not in page.content()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill(one.platform.sign_ins["host_principal"]["email"])
    page.get_by_label("Password", exact=True).fill(one.platform.sign_ins["host_principal"]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(table).to_have_value(TABLE)

    page.get_by_role("button", name="Cancel").click()
    come_back()
    expect(page.get_by_role("button", name="Write : Data before")).to_be_visible()
    page.get_by_role("button", name="Write : Data before").click()
    table.fill(TABLE)
    write(one, cycle, "data-before", str(uuid4()), 0, {"source": "The exit tickets"})
    left = page.locator("section").filter(has=page.get_by_role("heading", name="What you were writing: Data before"))
    expect(left, "a table whose place is gone can be copied").to_contain_text("Gives reasons,12,40")
    two.accessible()
    tell(one, "POST", f"/cycles/{cycle}/leave")
    two.context.close()


def test_without_the_stream_a_page_looks_by_itself(desks: Desks) -> None:
    one, two = desks.of("teacher"), desks.of("host_principal")
    cycle = paired(one, two, "growing-expertise", ("member", "member"), "snapshot")
    two.context.route("**/events", lambda route: route.abort())
    try:
        page = marked(two.open(f"/coaching/cycles/{cycle}"))
        page.get_by_label("How many meetings").fill("7")
        write(one, cycle, "data-before", str(uuid4()), 0, {"source": "The exit tickets"})
        expect(page.get_by_text("The exit tickets")).to_be_visible()
        expect(page.get_by_label("How many meetings")).to_have_value("7")

        page = marked(two.open("/coaching"))
        asked = tell(one, "POST", "/cycles", {"protocol": "peer-observation", "role": "observee"})["cycle_id"]
        words = f"Come and see {uuid4().hex[:6]}"
        asks(one, two, asked, "observer", words)
        expect(page.get_by_text(words)).to_be_visible()
        assert page.evaluate("window.sameDocument")
        tell(two, "POST", f"/invitations/{asked}", {"accept": False})
    finally:
        two.context.unroute("**/events")
        tell(one, "POST", f"/cycles/{cycle}/leave")


def test_an_invitation_comes_to_an_open_page_and_is_declined_between_the_two(desks: Desks) -> None:
    one, two = desks.of("teacher"), desks.of("host_principal")
    mine, theirs = (desk.get("identity/session")["name"] for desk in (one, two))
    page = marked(two.open("/coaching"))
    cycle = tell(one, "POST", "/cycles", {"protocol": "peer-observation", "role": "observee"})["cycle_id"]
    words = f"Come and see {uuid4().hex[:6]}"
    asker = marked(one.open(f"/coaching/cycles/{cycle}"))
    asks(one, two, cycle, "observer", words)
    card = page.get_by_role("region", name="Invitation").filter(has_text=words)
    expect(card.get_by_role("heading", name=mine)).to_be_visible()
    expect(asker.get_by_text(f"{theirs} · asked, no answer yet")).to_be_visible()
    two.shoot("coaching-invited")
    page.set_viewport_size({"width": 1280, "height": 800})
    card.get_by_role("button", name="Decline", exact=True).click()
    two.toast("Declined. Only the one who asked is told.")
    expect(card).to_have_count(0)
    expect(asker.get_by_text(f"{theirs} · declined")).to_be_visible()
    for seen in (page, asker):
        assert seen.evaluate("window.sameDocument")

    asks(one, two, cycle, "observer")
    tell(two, "POST", f"/invitations/{cycle}", {"accept": True})
    joined = two.open(f"/coaching/cycles/{cycle}")
    expect(joined.get_by_text(f"{mine} · Observed teacher")).to_be_visible()
    expect(asker.get_by_role("link", name="Invite somebody")).to_be_visible()
    expect(joined.get_by_role("link", name="Invite somebody"), "one asks, so that nobody learns who was").to_have_count(
        0
    )
    assert one.failures + two.failures == []


def test_a_day_that_is_closed_later_is_told_where_people_meet_on_it_with_other_times(desks: Desks) -> None:
    one, two, leader = desks.of("teacher"), desks.of("host_principal"), desks.of("district_leader")
    cycle = paired(one, two, "growing-expertise", ("member", "member"), "snapshot")
    after = f"{date.today() + timedelta(days=100)}T00:00:00Z"
    plan = {"every_weeks": 1, "minutes": 30, "meetings": 1, "after": after}
    (meeting,) = tell(one, "POST", f"/cycles/{cycle}/meetings", plan)["items"]
    zone = ZoneInfo(one.get("identity/session")["district"]["timezone"])
    day = datetime.fromisoformat(meeting["starts_at"]).astimezone(zone).date()
    page = marked(two.open(f"/coaching/cycles/{cycle}"))

    def calendar(method: str, body: Any = None) -> None:
        url = f"{leader.platform.url}/api/scheduling/calendar/days/{day}"
        headers = {"Origin": leader.platform.url, "If-Match": "*"}
        answer = leader.context.request.fetch(url, method=method, headers=headers, data=body)
        assert answer.ok, answer.text()

    calendar("PUT", {"kind": "no_school", "title": "Water main"})
    try:
        expect(page.get_by_text("no school on that day by now")).to_be_visible()
        times = page.get_by_role("group", name="Times that suit all:").get_by_role("button")
        expect(times).to_have_count(3)
        two.accessible()
        two.shoot("coaching-no-school-by-now")
        page.set_viewport_size({"width": 1280, "height": 800})
        times.first.click()
        two.toast("The meeting is moved; everybody is told.")
        expect(page.get_by_text("no school on that day by now")).to_have_count(0)
        assert page.evaluate("window.sameDocument")
        (moved,) = one.get(f"rounds/cycles/{cycle}/meetings")["items"]
        assert datetime.fromisoformat(moved["starts_at"]).astimezone(zone).date() != day
        assert two.failures == []
    finally:
        calendar("DELETE")
        tell(one, "POST", f"/cycles/{cycle}/leave")
