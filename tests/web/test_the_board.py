"""The debrief board in three browsers at once: a storm, a page offline, the keyboard, and everyone's voice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Desks
from tests.web.rounds import call, posted, prepared_round

WORDS = [f"Students at table {n} copied step {n} from the board." for n in range(8)]


@pytest.fixture(scope="module")
def round_id(desks: Desks) -> str:
    """A round of two rooms with eight statements, at analyze; scheduled and held through the API."""
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    made = prepared_round(desks)
    call(facilitator, "POST", f"rounds/rounds/{made}/stages/visit")
    slots = observer.get(f"rounds/rounds/{made}")["slots"]
    said = {"kind": "statement", "core_element": "student"}
    items = [said | {"slot_id": slots[n % 2]["slot_id"], "words": words, "minute": n} for n, words in enumerate(WORDS)]
    posted(observer, *items)
    call(facilitator, "POST", f"rounds/rounds/{made}/stages/describe")
    return made


def cards(page: Page, group: str) -> list[str]:
    """The statements of a group, in order."""
    found = page.locator(f"section:has(> h3:has-text('{group}')) [data-statement] p")
    return [w.strip() for w in found.all_inner_texts()]


def button(page: Page, does: str, what: str) -> Locator:
    return page.get_by_role("button", name=what).filter(has_text=does)


def drag(page: Page, words: str, group: str) -> None:
    handle = page.locator("[data-statement]", has_text=words).locator(".handle")
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    target = page.locator(f"section:has(> h3:has-text('{group}')) [data-group]")
    end = target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 20, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 6, steps=2)
    page.mouse.up()


def move(page: Page, words: str, group: str) -> None:
    """The twin of dragging, by keyboard alone."""
    button(page, "Move", words).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=group).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def test_the_team_screens_together(desks: Desks, round_id: str) -> None:
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    facilitator.open(f"/board/{round_id}")
    page = observer.open(f"/board/{round_id}")
    button(page, "Challenge", WORDS[7]).click()
    page.get_by_role("dialog").get_by_label("Why?").fill("A guess")
    page.get_by_role("dialog").get_by_role("button", name="Challenge (red dot)").click()
    # the facilitator's page shows the red dot without a reload
    expect(facilitator.page.get_by_text("Reason: A guess")).to_be_visible()
    observer.accessible()
    call(facilitator, "POST", f"rounds/rounds/{round_id}/stages/analyze")
    expect(page.get_by_role("heading", name="Unsorted (7)")).to_be_visible()
    expect(page.get_by_text(WORDS[7])).to_have_count(0)


def test_three_pages_in_a_storm_show_one_board(desks: Desks, round_id: str) -> None:
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    second = desks.fresh().sign_in("facilitator")
    pages = [d.open(f"/board/{round_id}") for d in (facilitator, observer, second)]
    for page in pages:
        expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    for title in ("Copying", "Reasons"):
        pages[0].get_by_role("button", name="New group").click()
        pages[0].get_by_label("Title of the group").fill(title)
        pages[0].get_by_role("button", name="Make the group").click()
    for page in pages:
        expect(page.get_by_role("heading", name="Reasons")).to_be_visible()

    drag(pages[0], WORDS[0], "Copying")
    move(pages[1], WORDS[1], "Copying")
    drag(pages[2], WORDS[2], "Reasons")
    # the same statement, from three pages at once: the server's order decides for all
    for page, group in zip(pages, ("Copying", "Reasons", "Copying"), strict=True):
        move(page, WORDS[3], group)
    for n in range(6):
        move(pages[n % 3], WORDS[n % 5], ("Copying", "Reasons")[n % 2])
    expect(pages[0].get_by_text("not sent yet")).to_have_count(0)
    for page in pages[1:]:
        page.wait_for_function("() => !document.body.innerText.includes('not sent yet')")
    truth = facilitator.get(f"rounds/rounds/{round_id}/board")
    words = {s["id"]: s["words"] for s in observer.get(f"rounds/rounds/{round_id}/evidence?limit=200")["items"]}
    told = {g["title"]: [words[s["statement_id"]] for s in g["statements"]] for g in truth["groups"]}
    for page in pages:
        for group, listed in told.items():
            expect(page.locator(f"section:has(> h3:has-text('{group}')) [data-statement]")).to_have_count(len(listed))
            assert cards(page, group) == listed
    # who moved what
    name = str(observer.get("identity/session")["name"])
    pages[0].get_by_text("Who moved what").click()
    expect(pages[0].locator("details", has_text="Who moved what").get_by_text(name).first).to_be_visible()
    second.context.close()
    assert facilitator.failures == observer.failures == []


def test_the_focus_goes_with_a_statement_that_somebody_else_moves(desks: Desks, round_id: str) -> None:
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    here, there = observer.open(f"/board/{round_id}"), facilitator.open(f"/board/{round_id}")
    expect(here.get_by_role("status").filter(has_text="Live")).to_be_visible()
    button(here, "Move", WORDS[4]).focus()
    for group in ("Copying", "Reasons"):
        move(there, WORDS[4], group)
        expect(here.locator(f"section:has(> h3:has-text('{group}'))", has_text=WORDS[4])).to_be_visible()
        expect(button(here, "Move", WORDS[4])).to_be_focused()


def test_a_page_goes_on_offline_and_replays(desks: Desks, round_id: str) -> None:
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    here, there = observer.open(f"/board/{round_id}"), facilitator.open(f"/board/{round_id}")
    expect(here.get_by_role("status").filter(has_text="Live")).to_be_visible()
    observer.context.set_offline(True)
    expect(here.get_by_role("status").filter(has_text="Live")).to_have_count(0)
    move(here, WORDS[5], "Copying")
    move(here, WORDS[6], "Reasons")
    expect(here.get_by_text("2 moves not sent yet")).to_be_visible()
    assert WORDS[5] in cards(here, "Copying")
    move(there, WORDS[5], "Reasons")  # meanwhile somebody else moves the same one
    expect(there.get_by_text("not sent yet")).to_have_count(0)
    observer.context.set_offline(False)
    expect(here.get_by_text("not sent yet")).to_have_count(0)
    for page in (here, there):
        expect(page.locator("section:has(> h3:has-text('Copying'))", has_text=WORDS[5])).to_be_visible()
        expect(page.locator("section:has(> h3:has-text('Reasons'))", has_text=WORDS[6])).to_be_visible()

    here.get_by_role("button", name="Undo my last move").click()
    for page in (here, there):
        expect(page.locator("section.unsorted", has_text=WORDS[6])).to_be_visible()
    observer.failures.clear()  # the browser tells of the connection that was cut


def test_the_facilitator_alone_sees_who_has_not_spoken_and_names_patterns(desks: Desks, round_id: str) -> None:
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    page = facilitator.open(f"/board/{round_id}")
    expect(page.get_by_text("Everybody has taken part.")).to_be_visible()
    expect(observer.open(f"/board/{round_id}").get_by_text("Everyone's voice")).to_have_count(0)
    copied = next(g for g in ("Copying", "Reasons") if len(cards(page, g)) >= 2)
    move(page, WORDS[6], copied)
    button(page, "Name as pattern", copied).click()
    facilitator.toast("The pattern is saved.")
    expect(button(page, "Update the pattern", copied)).to_be_visible()
    expect(observer.page.locator("h3", has_text=copied).get_by_text("pattern")).to_be_visible()

    for desk in (facilitator, observer):
        desk.accessible()
        desk.fits()
        desk.fits(320)
    facilitator.shoot("board")
    page.set_viewport_size({"width": 1280, "height": 800})
    button(page, "Move", WORDS[0]).click()
    facilitator.accessible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Español").click()
    facilitator.settled()
    facilitator.accessible()
    facilitator.fits()
    page.get_by_role("button", name="English").click()
    facilitator.settled()
    assert facilitator.failures == []
