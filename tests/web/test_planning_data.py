"""Planning data by form: a school's region, bells and own days; observers, networks and pairs. Each is taken back."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Error, Page, expect

from tests.web.conftest import Desk, Desks


def in_spanish(desk: Desk, opener: str, *, tab: str | None = None) -> None:
    """The dialog behind this button, in Spanish."""
    page = desk.page
    with desk.in_spanish():
        if tab:
            page.get_by_role("tab", name=tab).click()
            desk.settled()
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        desk.accessible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def held_on_a_phone(page: Page) -> None:
    """Fails where a control of the open dialog is cut off at 360 px, or too narrow to read."""
    before = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    edge = dialog.evaluate("(d) => d.getBoundingClientRect().right")
    boxes = dialog.locator("input, select").evaluate_all(
        "(all) => all.map((x) => [x.ariaLabel ?? x.id, x.getBoundingClientRect().right, x.offsetWidth])"
    )
    assert boxes
    assert not [box for box in boxes if box[1] > edge or box[2] < 90]
    if before:
        page.set_viewport_size(before)


def removed_and_back(page: Page, name: str) -> None:
    """The row's removal is undone, and it is removed for good."""
    row = page.get_by_role("row").filter(has_text=name)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)


def undone(desk: Desk) -> None:
    desk.page.get_by_role("status").get_by_role("button", name="Undo").last.click()


def without_toasts(page: Page) -> None:
    """Those that can be undone stay, and lie over the foot of the page."""
    close = page.get_by_role("status").get_by_role("button", name="Close")
    while close.count():
        with suppress(Error):  # one that went by itself meanwhile
            close.first.click(timeout=2000)
    expect(close).to_have_count(0)


def test_a_schools_planning_data_is_edited_by_form(desks: Desks) -> None:
    desk = desks.of("district_leader")
    school = desk.get("scheduling/schools")["items"][-1]
    page = desk.open(f"/schools/{school['school_id']}/planning")
    host = page.get_by_role("region", name="Region and cover")
    before = host.get_by_label("Region").input_value()
    host.get_by_label("Region").fill("North shore")
    host.get_by_role("button", name="Save").click()
    desk.toast("Saved.")
    assert desk.get(f"scheduling/schools/{school['school_id']}/host")["region"] == "North shore"
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()
    expect(host.get_by_label("Region")).to_have_value(before)

    page.get_by_role("button", name="Add a bell schedule").click()
    held_on_a_phone(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).first.fill("Pep rally")
    dialog.get_by_label("Kind of day").select_option("testing")
    dialog.get_by_label("Ends").fill("07:00")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("before it begins").last).to_be_visible()
    desk.accessible()
    dialog.get_by_label("Ends").fill("09:00")
    page.keyboard.press("Enter")
    bell = page.get_by_role("row").filter(has_text="Pep rally")
    expect(bell).to_be_visible()
    bell.get_by_role("button", name="Edit").click()
    dialog.get_by_label("Name", exact=True).first.fill("Spirit week")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="Spirit week")).to_be_visible()
    undone(desk)
    expect(bell).to_be_visible()
    removed_and_back(page, "Pep rally")
    in_spanish(desk, "Agregar un horario")

    page.get_by_role("button", name="Mark a day of this school").click()
    dialog.get_by_label("Day", exact=True).fill("2031-05-02")
    dialog.get_by_label("Name", exact=True).fill("Science fair")
    desk.accessible()
    dialog.get_by_role("button", name="Save").click()
    fair = page.get_by_role("row").filter(has_text="Science fair")
    expect(fair).to_be_visible()
    undone(desk)
    expect(fair).to_have_count(0)
    page.get_by_role("button", name="Mark a day of this school").click()
    dialog.get_by_label("Day", exact=True).fill("2031-05-02")
    dialog.get_by_label("Name", exact=True).fill("Science fair")
    dialog.get_by_role("button", name="Save").click()
    expect(fair).to_be_visible()
    removed_and_back(page, "Science fair")

    without_toasts(page)
    page.get_by_role("button", name="Add a trip").click()
    dialog.get_by_label("The other school").select_option(index=1)
    dialog.get_by_label("Minutes").fill("47")
    desk.accessible()
    dialog.get_by_role("button", name="Save").click()
    trip = page.get_by_role("row").filter(has_text="47")
    expect(trip).to_be_visible()
    without_toasts(page)
    trip.get_by_role("button", name="Edit").click()
    dialog.get_by_label("Minutes").fill("52")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="52")).to_be_visible()
    undone(desk)
    expect(trip).to_be_visible()
    without_toasts(page)
    desk.shoot("edit-school")
    page.set_viewport_size({"width": 1280, "height": 800})
    removed_and_back(page, "47")
    in_spanish(desk, "Agregar un trayecto")
    assert desk.failures == []


def test_a_principal_reaches_the_planning_data_of_the_own_school(desks: Desks) -> None:
    desk = desks.of("host_principal")
    page = desk.open("/school/classrooms")
    page.get_by_role("link", name="Planning data").click()
    desk.settled()
    expect(page.get_by_role("region", name="Bell schedules")).to_be_visible()
    expect(page.get_by_role("region", name="Minutes on the road")).to_have_count(0)
    desk.accessible()
    desk.fits()
    page.get_by_role("link", name="Classrooms").last.click()
    expect(page.get_by_role("heading", name="Classrooms").first).to_be_visible()
    assert desk.failures == []


def test_a_file_of_the_stage_is_tried_and_says_first_what_is_wrong_and_of_whom_each_line_is(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/stage")
    school = desk.get("scheduling/hosts")["items"][0]["name"]
    page.get_by_role("tab", name="Regions and cover").click()
    sheet = f"school,region,cover_per_day\n{school},Hills,9\nNo such school,Hills,9\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "hosts.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    )
    made = page.get_by_role("table", name="Changes, one by one")
    expect(made.get_by_role("columnheader")).to_have_text(["What", "Change", "Before", "After"])
    expect(made.get_by_role("rowheader")).to_have_text(f"{school} (line 2)")
    wrong = page.get_by_role("table", name="Problems and remarks")
    expect(wrong).to_contain_text("There is no such school in the district: No such school")
    places = [box["y"] for box in (wrong.bounding_box(), made.bounding_box()) if box]
    assert places == sorted(places)
    desk.shoot("stage-file-tried")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert desk.failures == []


def test_observers_networks_and_pairs_are_edited_by_form(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/stage/people")
    brought = next(o for o in desk.get("scheduling/observers?limit=100")["items"] if o["role"] is None)
    line = page.get_by_role("row").filter(has_text=brought["name"])
    expect(line).to_contain_text(f"{brought['planned_role'].capitalize()} (as in the roster)")
    people = desk.get("scheduling/people?limit=20")["items"]
    taken = {o["person_id"] for o in desk.get("scheduling/observers?limit=500")["items"] if o["role"]}
    chosen = next(p for p in people if p["person_id"] not in taken)
    other = next(p for p in people if p["person_id"] != chosen["person_id"])
    dialog = page.get_by_role("dialog")

    page.get_by_role("button", name="Add an observer").click()
    find(page, "Person", chosen["name"])
    dialog.get_by_label("Role").select_option("coach")
    dialog.get_by_label("Days out in a month, at most").fill("2")
    dialog.get_by_role("button", name="Add a training").click()
    trained = dialog.get_by_label("Trained for")
    expect(trained.locator("option", has_text="Instructional Rounds")).to_have_count(1)
    expect(trained).to_have_value("instructional-rounds")
    desk.accessible()
    desk.shoot("edit-observer")
    page.set_viewport_size({"width": 1280, "height": 800})
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_label("Search").fill(chosen["name"].split()[-1])
    page.get_by_role("button", name="Search").click()
    row = page.get_by_role("row").filter(has_text=chosen["name"])
    expect(row).to_contain_text("Coach")
    expect(row).to_contain_text("Instructional Rounds")
    row.get_by_role("button", name="Absences").click()
    dialog.get_by_label("First day").fill("2027-03-01")
    dialog.get_by_role("button", name="Add", exact=True).click()
    away = dialog.get_by_role("row").filter(has_text="typed")
    expect(away).to_have_count(1)
    desk.accessible()
    desk.shoot("edit-absences")
    page.set_viewport_size({"width": 1280, "height": 800})
    away.get_by_role("button", name="Remove").click()
    expect(away).to_have_count(0)
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Edit").click()
    dialog.get_by_label("Role").select_option("central")
    dialog.get_by_role("button", name="Save").click()
    expect(row).not_to_contain_text("Coach")
    undone(desk)
    expect(row).to_contain_text("Coach")
    row.get_by_role("button", name=re.compile("^Remove")).click()
    expect(row.filter(has_text="Coach")).to_have_count(0)

    page.get_by_role("tab", name="Networks").click()
    page.get_by_role("button", name="Add a network").click()
    dialog.get_by_label("Name", exact=True).fill("Reading circle")
    dialog.get_by_role("checkbox").first.check()
    find(page, "Person", chosen["name"])
    desk.accessible()
    dialog.get_by_role("button", name="Save").click()
    circle = page.get_by_role("row").filter(has_text="Reading circle")
    expect(circle).to_be_visible()
    circle.get_by_role("button", name="Edit").click()
    dialog.get_by_label("Name", exact=True).fill("Reading ring")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="Reading ring")).to_be_visible()
    undone(desk)
    expect(circle).to_be_visible()
    removed_and_back(page, "Reading circle")
    in_spanish(desk, "Agregar una red", tab="Redes")

    page.get_by_role("tab", name="Pairs").click()
    page.get_by_role("button", name="Add a pair").click()
    find(page, "Person", chosen["name"])
    find(page, "The other person", other["name"])
    desk.accessible()
    dialog.get_by_role("button", name="Save").click()
    pair = page.get_by_role("row").filter(has_text=chosen["name"])
    expect(pair).to_be_visible()
    pair.get_by_role("button", name=re.compile("^Edit")).click()
    dialog.get_by_label("Kind").select_option("together")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    undone(desk)
    expect(pair).to_contain_text("never together")
    removed_and_back(page, chosen["name"])
    in_spanish(desk, "Agregar una pareja", tab="Parejas")
    assert desk.failures == []


def find(page: Page, label: str, name: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox", name=label, exact=True).fill(name)
    dialog.get_by_role("button", name=name).first.click()
