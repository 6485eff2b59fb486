"""Coming in, staying in, going out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Desks

SEES = {
    "district_admin": ["Import data", "Accounts and roles", "District settings", "Audit log", "Devices and figures"],
    "district_leader": ["Scheduled rounds", "Calendar", "Schools", "District patterns"],
    "facilitator": ["My rounds"],
    "observer": ["My visits"],
    "host_principal": ["Prepare a round", "School pattern summary", "Classrooms"],
}


@pytest.mark.parametrize("role", SEES)
def test_each_role_finds_its_own_screens_and_nobody_elses(desks: Desks, role: str) -> None:
    page = desks.of(role).open("/")
    menu = page.get_by_role("navigation").get_by_role("link")

    assert set(SEES[role]) <= set(menu.all_inner_texts())
    others = {name for r, names in SEES.items() if r != role for name in names} - set(SEES[role])
    assert not others - {"Calendar", "Schools"} & set(menu.all_inner_texts())


def test_a_wrong_password_is_told_in_one_sentence_that_names_neither_part(desks: Desks) -> None:
    desk = desks.fresh()
    page = desk.open("/")
    page.get_by_label("E-mail address").fill(desk.platform.sign_ins["observer"]["email"])
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_have_text("The e-mail address and the password do not fit together.")
    assert page.get_by_label("Password", exact=True).input_value() == ""
    desk.context.close()


def test_a_session_whose_access_token_has_run_out_goes_on_where_it_was(desks: Desks) -> None:
    desk = desks.fresh().sign_in("district_leader")
    desk.context.clear_cookies(name="rondo_access")

    desk.open("/schools")
    expect(desk.page.get_by_role("heading", name="Schools")).to_be_visible()
    assert any(c["name"] == "rondo_access" for c in desk.context.cookies())
    desk.context.close()


def test_signing_out_leaves_nothing_to_come_back_with(desks: Desks) -> None:
    desk = desks.fresh().sign_in("observer")
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_label("E-mail address")).to_be_visible()

    desk.open("/visits")
    expect(desk.page.get_by_label("E-mail address")).to_be_visible()
    assert desk.context.request.get(f"{desk.platform.url}/api/identity/session").status == 401
    desk.context.close()


def test_the_language_changes_at_once_and_is_remembered(desks: Desks) -> None:
    desk = desks.fresh().sign_in("district_leader")
    desk.page.get_by_role("button", name="Español").click()
    expect(desk.page.get_by_role("heading", name="Rondas programadas")).to_be_visible()
    assert desk.page.locator("html").get_attribute("lang") == "es"

    desk.open("/calendar")
    expect(desk.page.get_by_role("heading", name="Calendario")).to_be_visible()
    expect(desk.page).to_have_title("Calendario – Rondo")
    desk.context.close()


def test_an_address_of_another_role_is_as_if_it_did_not_exist(desks: Desks) -> None:
    page = desks.of("observer").open("/accounts")

    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
