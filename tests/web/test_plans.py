"""A leader asks for a plan on the desk, watches it, looks at its changes, publishes and takes back; by keyboard too."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.web.conftest import Desk, Desks, id_in

_PLAN_MS = 60_000


def _ask(desk: Desk, name: str, seconds: int = 5) -> Page:
    page = desk.open("/plans/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Observers of a round: at least").fill("3")
    page.get_by_label("Observers: aim at").fill("4")
    page.get_by_label("Observers: at most").fill("6")
    page.get_by_label("Seconds to look for a better plan").fill(str(seconds))
    page.get_by_role("button", name="Ask for the plan").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="Against today's plan")).to_be_visible(timeout=_PLAN_MS)
    return page


def test_a_plan_is_asked_for_reviewed_published_and_undone(desks: Desks) -> None:
    desk = desks.of("district_leader")
    before = len(_standing(desk))
    page = _ask(desk, "Spring rounds")
    desk.settled()
    desk.accessible()
    desk.fits()
    desk.shoot("plans-review")
    page.set_viewport_size({"width": 1280, "height": 800})
    with desk.in_spanish():
        desk.accessible()
        page.get_by_role("button", name="¿Por qué?").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(re.compile(r"Quedan? \d+ otros? días?\."))
        expect(dialog).to_contain_text(re.compile(r"\d puntos? más \(|cuesta lo mismo"))
        desk.accessible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    rows = page.get_by_role("table", name="Against today's plan").get_by_role("row")
    first = rows.nth(1)
    school = first.get_by_role("rowheader").inner_text().strip()
    planned = first.get_by_role("cell").nth(1).inner_text().strip()
    first.get_by_role("button", name="Why?").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=school)).to_be_visible()
    desk.accessible()
    dialog.get_by_role("button", name="Want this day").first.click()
    desk.toast("Kept for the next asking.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Wanted and forbidden")).to_contain_text(f"{school} ({planned})")

    first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Publish the chosen one").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    desk.toast("Published: 1 change.")
    expect(page.get_by_text("published, version").first).to_be_visible()
    version = desk.get("scheduling/publications")["items"][0]["version"]

    page = desk.open("/plans")
    page.get_by_role("tab", name="Published").click()
    page.get_by_role("button", name=f"Undo version {version}").click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"People who are told of it: [1-9]\d* at most\."))
    desk.accessible()
    page.get_by_role("dialog").get_by_role("button", name=f"Undo version {version}").click()
    desk.toast("The publication was undone.")
    page.get_by_role("tab", name="Proposals").click()
    expect(page.get_by_role("row").filter(has_text=f"Version {version} undone")).to_have_count(1)
    page.get_by_role("row").filter(has_text=f"Version {version} undone").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(f"Version {version} undone")).to_be_visible()
    assert len(_standing(desk)) == before
    assert desk.failures == []


def test_the_suggested_name_of_a_plan_follows_its_days_and_the_language_and_a_typed_one_stays(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/plans/new")
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value(re.compile("^Rounds "))
    page.get_by_label("Until", exact=True).fill("2031-05-02")
    expect(name).to_have_value(re.compile("– May 2, 2031$"))
    with desk.in_spanish():
        nombre = page.get_by_label("Nombre", exact=True)
        expect(nombre).to_have_value(re.compile("^Rondas .* – 2 may 2031$"))
        nombre.fill("Primavera")
    expect(name).to_have_value("Primavera")
    assert desk.failures == []


def test_all_of_it_works_by_keyboard_alone(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/plans")
    _press(page, "Ask for a plan", role="link")
    expect(page.get_by_role("heading", name="Ask for a plan")).to_be_focused()
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("By keyboard")
    for label, value in (
        ("Observers of a round: at least", "3"),
        ("Observers: aim at", "4"),
        ("Observers: at most", "6"),
        ("Seconds to look for a better plan", "5"),
    ):
        page.get_by_label(label).focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Against today's plan")).to_be_visible(timeout=_PLAN_MS)
    _press(page, "Publish all", exact=False)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Publish", exact=True)).to_be_enabled()
    for _ in range(6):
        if page.evaluate("document.activeElement.textContent.trim() === 'Publish'"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Today's plan holds all of this already.")).to_be_visible()

    page = desk.open("/plans")
    page.get_by_role("tab", name="Proposals").focus()
    page.keyboard.press("ArrowRight")
    newest = page.get_by_role("button", name="Undo version").first
    newest.focus()
    page.keyboard.press("Enter")
    for _ in range(6):
        if page.evaluate("document.activeElement.textContent.trim().startsWith('Undo version')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    desk.toast("The publication was undone.")
    assert desk.failures == []


def test_a_plan_can_be_stopped_asked_again_as_a_what_if_and_discarded(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = _ask(desk, "What if rounds")
    first = id_in(page.url)
    page.get_by_role("button", name="Try as a what-if").click()
    page.wait_for_url(lambda url: first not in url and "/plans/" in url)
    expect(page.get_by_role("heading", name="Against today's plan")).to_be_visible(timeout=_PLAN_MS)
    page.get_by_role("button", name="Discard").click()
    desk.toast("The proposal is discarded.")
    names = [p["proposal_id"] for p in desk.get("scheduling/plans")["items"]]
    assert first in names
    assert desk.failures == []


def test_a_round_whose_day_was_closed_is_told_beside_a_plan_that_goes_around_it(desks: Desks) -> None:
    desk = desks.of("district_leader")
    desk.open("/plans")
    base, today = desk.platform.url, desk.today()
    rounds = desk.get(f"scheduling/rounds?from={today + timedelta(1)}&limit=200")["items"]
    stranded = next(r for r in rounds if r["status"] == "scheduled")
    mark = f"{base}/api/scheduling/calendar/days/{stranded['day']}"
    schools = [s["school_id"] for s in desk.get("scheduling/schools?limit=200")["items"]]
    wish = {"name": "Around it", "first_day": str(today + timedelta(1)), "last_day": str(today + timedelta(150))}
    wish |= {"seats_min": 3, "seats_target": 4, "seats_max": 6, "limit_seconds": 3}
    wish |= {"school_ids": [s for s in schools if s != stranded["school_id"]]}
    origin = {"Origin": base}
    assert desk.page.request.put(mark, data={"kind": "no_school", "title": "Burst pipe"}, headers=origin).ok
    try:
        made = desk.page.request.post(f"{base}/api/scheduling/plans", data=wish, headers=origin).json()
        page = desk.open(f"/plans/{made['proposal_id']}")
        expect(page.get_by_role("heading", name="Against today's plan")).to_be_visible(timeout=_PLAN_MS)
        expect(page.get_by_text("1 round stands on a day that was closed since")).to_be_visible()
        link = page.get_by_role("link", name=stranded["school_name"])
        expect(page.get_by_role("listitem").filter(has=link)).to_contain_text("no school (Burst pipe)")
        desk.in_both_languages("plans-closed-since")
        link.click()
        expect(page).to_have_url(re.compile(f"/schedule/{stranded['round_id']}/edit$"))
    finally:
        assert desk.page.request.delete(mark, headers=origin).ok
    assert desk.failures == []


def _press(page: Page, name: str, role: str = "button", exact: bool = True) -> None:
    page.get_by_role(role, name=name, exact=exact).first.focus()  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def _standing(desk: Desk) -> list[str]:
    items = desk.get("scheduling/rounds?limit=200")["items"]
    return [r["round_id"] for r in items if r["status"] == "scheduled"]


def test_what_cannot_be_done_and_what_is_refused_is_told_in_spanish_on_spanish_pages(desks: Desks) -> None:
    desk = desks.of("district_leader")
    days = [desk.today() + timedelta(days=n) for n in (3, 33)]
    body = {"name": "Too much", "first_day": str(days[0]), "last_day": str(days[1]), "limit_seconds": 3}
    base = desk.platform.url
    asked = body | {"rounds_per_school": 3, "gap_weeks": 8}
    made = desk.page.request.post(f"{base}/api/scheduling/plans", data=asked, headers={"Origin": base}).json()
    page = desk.open(f"/plans/{made['proposal_id']}")
    expect(page.get_by_role("heading", name="These rules collide")).to_be_visible(timeout=_PLAN_MS)
    with desk.in_spanish():
        rule = re.compile(r"al menos 40 días de clases entre sus 3 rondas\.|se hace no antes del")  # as the days fall
        expect(page.get_by_text(rule).first).to_be_visible()
        expect(page.locator("main [lang=en]")).to_have_count(0)

    page = desk.open("/plans/new")
    with desk.in_spanish():
        page.locator("input[type=date]").nth(0).fill("2020-02-01")
        page.locator("input[type=date]").nth(1).fill("2020-03-01")
        page.get_by_role("button", name="Pedir el plan").click()
        expect(page.get_by_role("alert")).to_contain_text("Todos los días hasta el 1 de marzo de 2020 ya pasaron.")
        expect(page.locator("main [lang=en]")).to_have_count(0)


def test_a_repair_and_the_day_that_it_marks_are_named_in_spanish_on_spanish_pages(desks: Desks) -> None:
    desk = desks.of("district_leader")
    rounds = desk.get("scheduling/rounds?limit=200")["items"]
    day = min(r["day"] for r in rounds if r["status"] == "scheduled" and r["day"] > str(desk.today()))
    base = desk.platform.url
    what = {"kind": "days_lost", "days": [day], "reason": "building"}
    made = desk.page.request.post(f"{base}/api/scheduling/disruptions", data=what, headers={"Origin": base}).json()
    page = desk.open(f"/plans/{made['proposal_id']}")
    with desk.in_spanish():
        title = re.compile(r"^Reparación: edificio cerrado, \d+ [a-z]{3}$")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.goto(f"{base}/desk/plans")
        expect(page.get_by_role("link", name=title)).to_be_visible()
        page.goto(f"{base}/desk/calendar")
        page.get_by_role("tab", name="Lista").click()
        expect(page.get_by_role("cell", name="Edificio cerrado")).to_be_visible()
    desk.page.request.delete(f"{base}/api/scheduling/calendar/days/{day}", headers={"Origin": base})
