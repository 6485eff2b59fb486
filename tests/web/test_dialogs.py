"""Dialogs: accessible while they are open, closed by Escape, the focus back where it was."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Desks

DIALOGS = [
    ("district_leader", "/calendar", "Mark a day", "Marcar un día"),
    ("district_leader", "/schools/{school}", "Add a classroom", "Agregar un aula"),
    ("district_leader", "/schedule/{round}", "Cancel the round", "Cancelar la ronda"),
    ("district_admin", "/accounts", "Manage", "Gestionar"),
]


@pytest.mark.parametrize(("role", "path", "english", "spanish"), DIALOGS, ids=[d[2] for d in DIALOGS])
def test_a_dialog_is_accessible_and_gives_the_focus_back(
    desks: Desks, role: str, path: str, english: str, spanish: str
) -> None:
    desk = desks.of(role)
    school = desk.get("scheduling/schools")["items"][0]["school_id"]
    scheduled = "" if role == "district_admin" else _last_round(desks)
    page = desk.open(path.format(school=school, round=scheduled))

    _opens_and_closes(page, english, desk.accessible)
    page.get_by_role("button", name="Español").click()
    desk.settled()
    _opens_and_closes(page, spanish, desk.accessible)
    page.get_by_role("button", name="English").click()
    desk.settled()


def _last_round(desks: Desks) -> str:
    items = desks.of("district_leader").get("scheduling/rounds?limit=200")["items"]
    return str(next(r["round_id"] for r in items if r["status"] == "scheduled"))


def _opens_and_closes(page: Page, name: str, accessible: object) -> None:
    opener = page.get_by_role("button", name=name).first
    opener.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    assert callable(accessible)
    accessible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_day_is_marked_and_the_mark_can_be_undone(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/calendar")
    page.get_by_role("button", name="Mark a day").click()
    page.get_by_label("Day", exact=True).fill("2031-03-14")
    page.get_by_label("Name of the day").fill("Pi day")
    page.get_by_role("button", name="Save").click()
    desk.toast("The day is marked.")

    page.get_by_role("tab", name="List").click()
    row = page.get_by_role("row").filter(has_text="March 14, 2031")
    expect(row).to_contain_text("No school")
    row.get_by_role("button", name="Remove").click()
    desk.toast("Pi day is taken off the calendar.")
    expect(row).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)


def test_a_person_is_invited_and_sets_a_password_by_the_one_time_link(desks: Desks) -> None:
    desk = desks.of("district_admin")
    people = {a["email"] for a in desk.get("identity/accounts?limit=200")["items"]}
    email = f"invited.{len(people)}@maplevalley.example"
    page = desk.open("/accounts/invite")
    page.get_by_label("They may sign in as").select_option("district_leader")
    page.get_by_text("Somebody who is not in the roster").click()
    page.get_by_label("Name", exact=True).fill("Invited Person")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Invite 1 person").last.click()
    link = page.get_by_role("table", name="One-time links").locator("code").inner_text()
    desk.accessible()

    guest = desks.fresh()
    guest.page.goto(link)
    guest.page.get_by_label("New password").fill("seven quiet otters")
    guest.page.get_by_role("button", name="Set the password").click()
    expect(guest.page.get_by_text("Your password is set.")).to_be_visible()
    guest.page.get_by_role("link", name="Sign in").click()
    guest.page.get_by_label("E-mail address").fill(email)
    guest.page.get_by_label("Password", exact=True).fill("seven quiet otters")
    guest.page.get_by_role("button", name="Sign in").click()
    expect(guest.page.get_by_role("navigation").get_by_role("link", name="Scheduled rounds")).to_be_visible()
    guest.context.close()


def test_a_person_is_erased_for_good_once_their_account_is_closed(desks: Desks) -> None:
    desk = desks.of("district_admin")
    email = "leaving.person@maplevalley.example"
    made = desk.context.request.post(
        f"{desk.platform.url}/api/identity/accounts",
        headers={"Origin": desk.platform.url},
        data={"items": [{"email": email, "name": "Leaving Person", "grants": [{"role": "observer"}]}]},
    )
    assert made.ok, made.text()
    person_id = made.json()["items"][0]["person_id"]
    page = desk.open("/accounts")
    page.get_by_label("Find by name or e-mail").fill(email)
    page.get_by_role("button", name="Search").click()
    row = page.get_by_role("row").filter(has_text=email)
    expect(row.get_by_role("button", name="Erase")).to_have_count(0)
    row.get_by_role("button", name="Manage").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Deactivate").click()
    dialog.get_by_role("button", name="Deactivate").click()
    row.get_by_role("button", name="Erase").click()
    desk.accessible()
    dialog.get_by_role("button", name="Erase for good").click()
    desk.toast("Leaving Person is erased.")
    expect(row).to_have_count(0)

    held = {a["person_id"]: a for a in desk.get("identity/accounts?limit=200")["items"]}[person_id]
    assert (held["name"], held["email"], held["active"], held["grants"]) == (None, None, False, [])


def test_a_statement_is_corrected_after_it_was_handed_in_and_its_words_are_erased(desks: Desks) -> None:
    desk = desks.of("observer")
    visit = next(v for v in desk.get("scheduling/visits/mine")["items"] if v["my_part"] == "observer")
    mark = uuid4().hex[:8]
    page = desk.open(f"/visits/{visit['round_id']}/{visit['slots'][0]['slot_id']}")
    form = page.locator("#statement")
    form.get_by_label("What was said, done, asked or made?").fill(f"{mark} Maria cried.")
    form.get_by_label("Student", exact=True).check()
    form.get_by_role("button", name="Save the statement").click()
    page.get_by_role("button", name="Hand in the notes").click()
    desk.toast("Handed in.")
    page.get_by_role("button", name=f"Edit : {mark}").press("Enter")
    expect(form.get_by_role("textbox")).to_be_focused()  # it stands above the button: who uses the keyboard is there
    form.get_by_label("What was said, done, asked or made?").fill(f"{mark} Maria cried at the window.")
    form.get_by_role("button", name="Save the statement").click()
    page.get_by_role("button", name=f"Withdraw : {mark} Maria cried at the window.").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why").select_option("names_a_person")
    dialog.get_by_role("button", name="Withdraw").click()
    corrected = page.locator(".card", has=page.get_by_role("heading", name="Corrected statements"))
    expect(corrected.get_by_role("listitem").filter(has_text=mark)).to_contain_text("withdrawn")
    corrected.get_by_role("button", name=f"History : {mark}").click()
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    expect(dialog).to_contain_text(f"{mark} Maria cried at the window.")
    desk.accessible()
    page.keyboard.press("Escape")
    corrected.get_by_role("button", name=f"Erase the words : {mark}").click()
    desk.accessible()
    dialog.get_by_role("button", name="Erase the words").click()
    desk.toast("The words are erased.")
    expect(page.get_by_text(mark)).to_have_count(0)
    expect(corrected).to_contain_text("(erased)")
    assert desk.failures == []
