"""The author's screens: an instrument is written, previewed and published; what is lacking is said at its place."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.web.conftest import Desks


def begin(page: Page, key: str) -> None:
    page.get_by_label("Key", exact=True).fill(key)
    page.get_by_role("button", name="Begin", exact=True).click()


def test_an_author_is_told_what_is_missing_where_and_sees_the_form_as_an_observer_will(desks: Desks) -> None:
    leader, key = desks.of("district_leader"), f"walk-{uuid4().hex[:8]}"
    page = leader.open("/instruments")
    begin(page, key)
    page.wait_for_url(f"**/instruments/{key}")
    page.get_by_label("Title, English").fill("Walk")
    page.get_by_role("button", name="Add a group").click()
    page.get_by_label("English label of group 1").fill("The task")
    for kind, words in (("observed", "Was there a task?"), ("count", "Asked why"), ("choice", "Seats")):
        page.get_by_role("button", name="Add an item").click()
        item = page.locator("form > section.card").last
        item.get_by_label("Kind of answer").select_option(kind)
        item.get_by_label("Words, English").fill(words)
    seats = page.get_by_role("region", name="Item 3")
    seats.get_by_label("Hint, English").fill("Most of the time")
    page.get_by_role("button", name="Publish the next version").click()
    alert = page.get_by_role("alert")
    expect(alert.get_by_text("Item 3, Choice 1: It has no words yet.")).to_be_visible()
    expect(seats.get_by_text("Choice 2: It has no words yet.")).to_be_visible()
    with leader.in_spanish():
        expect(alert.get_by_text("Ítem 3, Opción 1: Todavía no tiene texto.")).to_be_visible()
        expect(page.get_by_text("It has no words yet.")).to_have_count(0)

    for n, label in ((1, "Rows"), (2, "Groups")):
        seats.get_by_label(f"English label of choice {n}").fill(label)
    asked = page.get_by_role("region", name="Item 2")
    asked.get_by_label("Group", exact=True).select_option("The task")
    group = page.get_by_role("group", name="Groups")
    group.get_by_label("Asked").select_option("Was there a task?")
    group.get_by_label("when its answer is").select_option("yes")
    preview = page.get_by_role("complementary", name="Preview")
    preview.get_by_label("Seats").select_option("Groups")
    expect(preview.get_by_text("Most of the time")).to_be_visible()
    expect(preview.get_by_label("Asked why")).to_have_count(0)
    preview.get_by_label("Was there a task?").select_option("Yes")
    expect(preview.get_by_label("Asked why")).to_be_visible()
    expect(preview.get_by_label("Was there a task?")).to_have_value("yes")
    expect(preview.get_by_label("Seats").locator("option:checked")).to_have_text("Groups")
    page.get_by_role("button", name="Publish the next version").click()
    leader.toast("Version 1 is published.")
    leader.in_both_languages("instrument-written")
    page = leader.open("/instruments")
    page.get_by_role("button", name="View : Walk 1").click()
    viewed = page.get_by_role("complementary", name="Preview")
    expect(page.get_by_role("heading", name="Walk, version 1")).to_be_focused()
    expect(viewed.get_by_label("Seats")).to_be_visible()
    leader.in_both_languages("instrument-viewed")
    form = leader.get(f"rounds/instruments/{key}/1")
    assert form["groups"][0]["relevance"] == {"op": "is", "item": "item-1", "value": "yes"}
    assert form["items"][2]["hint"]["en"] == "Most of the time"


def test_a_key_that_is_taken_leads_to_what_is_written_and_a_form_from_outside_says_what_it_replaces(
    desks: Desks, tmp_path: Path
) -> None:
    leader, key = desks.of("district_leader"), f"kept-{uuid4().hex[:8]}"
    page = leader.open("/instruments")
    begin(page, key)
    page.wait_for_url(f"**/instruments/{key}")
    page.get_by_label("Title, English").fill("Written before")
    page.get_by_role("button", name="Save", exact=True).click()
    leader.toast("Saved")
    page = leader.open("/instruments")
    begin(page, key)
    expect(page.get_by_text(f"Something is written under the key “{key}” already.")).to_be_visible()
    page.get_by_role("link", name="Open it").click()
    expect(page.get_by_role("heading", level=1, name="Written before")).to_be_visible()

    page = leader.open("/instruments")
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download : Instructional core note-taker 2").click()
    caught.value.save_as(tmp_path / "form.xlsx")
    page.locator("input[type=file]").set_input_files(tmp_path / "form.xlsx")
    section = page.locator("section.card").filter(has=page.get_by_role("heading", name="Bring in an XLSForm"))
    section.get_by_label("Key", exact=True).fill(key)
    expect(section.get_by_text(f"What is written under “{key}” now gives way to this form.")).to_be_visible()
    other = f"{key}-2"
    section.get_by_label("Key", exact=True).fill(other)
    expect(section.get_by_text("gives way")).to_have_count(0)
    section.get_by_role("button", name="Keep it as a draft").click()
    page.wait_for_url(f"**/instruments/{other}")
    leader.settled()
    assert leader.get(f"rounds/instruments/{key}/draft")["draft"]["title"]["en"] == "Written before"
    assert len(leader.get(f"rounds/instruments/{other}/draft")["draft"]["items"]) == 10
    assert leader.failures == []
