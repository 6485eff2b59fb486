"""The operators' page: a build is asked for, and its end comes by itself."""

from __future__ import annotations

from playwright.sync_api import expect

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
