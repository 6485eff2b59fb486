"""The operators' page: a build is asked for, and its end comes by itself; what a service could not react to."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.dead_letter import no_reaction_works, set_aside
from tests.web.conftest import Desks


def test_an_operator_sees_a_build_go_live_without_asking_again(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/operations")
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if r.url.endswith("/operations/projections") else None)
    page.get_by_role("button", name="Rebuild").click()
    expect(page.get_by_text("Rebuild: live since")).to_be_visible(timeout=90_000)
    expect(page.get_by_role("button", name="Go back")).to_be_visible()
    assert len(asked) <= 1, "it is read once after the click; every step after that is told"
    assert desk.failures == []


def test_an_operator_has_a_dead_letter_tried_again_until_its_cause_is_mended(desks: Desks) -> None:
    desk = desks.of("district_admin")
    home = desk.platform.home
    page = desk.open("/operations")
    letters = page.get_by_role("region", name="Dead letters")
    expect(letters).to_contain_text("None: every service has reacted to everything.")
    entry = f"identity {set_aside(home):,}"

    desk.open("/operations")
    row = letters.get_by_role("row").filter(has_text=entry)
    expect(row).to_contain_text("DistrictRegistered")
    expect(row).to_contain_text("RuntimeError")
    assert "Alder District" not in page.content(), "an error's words may tell of another district"
    desk.accessible()
    desk.fits()
    with desk.in_spanish():
        expect(page.get_by_role("region", name="Hechos sin atender")).to_contain_text(entry)
        desk.accessible()

    again = row.get_by_role("button", name="Try again")
    with no_reaction_works(home):
        again.click()
        expect(letters.get_by_role("alert")).to_contain_text("It failed again: UndefinedTableError.")
        expect(row).to_be_visible()
        desk.shoot("district_admin-operations-dead-letter")
        page.set_viewport_size({"width": 1280, "height": 800})
    again.click()
    desk.toast(f"rounds has reacted to {entry}.")
    expect(letters).to_contain_text("None: every service has reacted to everything.")
    expect(letters.get_by_role("alert")).to_have_count(0)
    assert desk.failures == []
