"""A form changed in mid-campaign: what was answered before is listed on the desk, as the form worded it then."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from services.rounds.contract import CORE_INSTRUMENT
from tests.web.conftest import Desk, Desks
from tests.web.rounds import call, person, pin, plan_with, posted, prepared_round, publish

KEY = "in-campaign"


def text(english: str, spanish: str) -> dict[str, str]:
    return {"en": english, "es": spanish}


def choices(**spanish: str) -> list[dict[str, Any]]:
    return [{"code": english, "label": text(english.title(), words)} for english, words in spanish.items()]


SEATS = {"id": "seats", "kind": "choice", "prompt": text("How they sat", "Cómo se sentaban")}
DOING = {"id": "doing", "kind": "tally", "prompt": text("Doing", "Haciendo"), "interval_seconds": 120}
SEEN = {"id": "seen", "kind": "observed", "prompt": text("Was there a task?", "¿Hubo una tarea?")}


def a_form(*items: dict[str, Any]) -> dict[str, Any]:
    return {"title": text("Campaign", "Campaña"), "items": list(items)}


def answer(slot_id: str, look_for_id: str, value: str, version: int) -> dict[str, Any]:
    rated = {"look_for_id": look_for_id, "value": value, "instrument_version": version}
    return {"kind": "rating", "slot_id": slot_id} | rated


def row(page: Page, look_for: str) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=look_for))


def opened(desk: Desk, path: str) -> Page:
    page = desk.open(path)
    page.get_by_role("button", name="Read them").click()
    desk.settled()
    return page


def test_answers_on_the_form_before_are_read_as_it_was_worded_by_those_who_may(
    desks: Desks, observers: list[dict[str, str]]
) -> None:
    leader, facilitator, observer = (desks.of(r) for r in ("district_leader", "facilitator", "observer"))
    second = desks.fresh().sign_in_as(observers[1])
    seats = SEATS | {"choices": choices(rows="Filas", groups="Grupos")}
    doing = DOING | {"choices": choices(listening="Escuchan", writing="Escriben")}
    first = publish(leader, KEY, a_form(seats, doing, SEEN))
    round_id = prepared_round(desks, beside=(person(second),), instrument=KEY, instrument_version=first)
    slot = facilitator.get(f"rounds/rounds/{round_id}")["slots"][0]
    where = slot["slot_id"]
    posted(
        observer,
        answer(where, "seats", "groups", first),
        answer(where, "doing", "0:listening 1:writing 2:listening", first),
        answer(where, "seen", "not_observed", first),
    )
    posted(second, answer(where, "seats", "rows", first))
    page = facilitator.open(f"/rounds/{round_id}")
    expect(page.get_by_role("heading", name="Notes handed in")).to_be_visible()
    expect(page.get_by_role("button", name="Read them")).to_have_count(0)

    # Seats are asked in other words now, and what they did no more.
    other = SEATS | {"prompt": text("Seats", "Asientos"), "choices": choices(u="U", circle="Círculo")}
    changed = publish(leader, KEY, a_form(other, SEEN))
    pin(leader, round_id, KEY, changed)
    leader.until(lambda: facilitator.get(f"rounds/rounds/{round_id}")["instrument_version"] == changed)
    call(facilitator, "POST", f"rounds/rounds/{round_id}/stages/visit")
    posted(observer, answer(where, "seen", "yes", changed))

    page = opened(facilitator, f"/rounds/{round_id}")
    expect(page.get_by_text("3 answers were given before the form changed.")).to_be_visible()
    expect(page.get_by_text(f"Campaign, version {first}", exact=True)).to_be_visible()
    expect(row(page, "How they sat")).to_contain_text("Asked then: Rows and Groups")
    expect(row(page, "How they sat").get_by_role("listitem")).to_have_count(2)
    expect(row(page, "How they sat")).to_contain_text(f"{slot['room']}, {slot['grade_band']}, {slot['subject']}")
    expect(row(page, "Doing")).to_contain_text("Listening (2 ×) and Writing (1 ×)")
    expect(row(page, "Was there a task?")).to_have_count(0)  # answered again, on the new form
    expect(page.get_by_text("more was given")).to_have_count(0)
    live = page.get_by_role("region", name="Live figures")
    for label, code in (("Doing", "doing"), ("Listening", "listening")):  # which the form no longer asks
        expect(live).to_contain_text(label)
        expect(live).not_to_contain_text(code)
    facilitator.accessible()
    facilitator.fits()
    facilitator.shoot("earlier-answers")
    with facilitator.in_spanish():
        expect(row(page, "Cómo se sentaban")).to_contain_text("Se ofrecía: Filas y Grupos")
        facilitator.accessible()
        facilitator.fits()
    assert facilitator.failures == []

    # The leader can no longer change it: the plan would say other than the observers do.
    asked = plan_with(leader.get(f"scheduling/rounds/{round_id}"), KEY, first)
    checked = f"scheduling/rounds?check=true&round_id={round_id}"
    leader.until(lambda: "visit_begun" in [p["code"] for p in call(leader, "POST", checked, asked)["problems"]])
    page = leader.open(f"/schedule/{round_id}/edit")
    page.get_by_label("Note-taker").select_option("/".join(map(str, CORE_INSTRUMENT)))
    expect(page.get_by_text(f"The visit has begun with “{KEY}” in version {changed}").first).to_be_visible()
    expect(page.get_by_role("button", name="Save the change")).to_be_disabled()
    leader.accessible()
    leader.shoot("visit-begun")

    # The observers read their own, and how many are not open to them yet.
    for path in (f"/visits/{round_id}", f"/visits/{round_id}/{where}"):
        page = opened(observer, path)
        expect(row(page, "How they sat").get_by_role("listitem")).to_have_count(1)
        expect(row(page, "How they sat")).to_contain_text("Groups")
        expect(row(page, "How they sat")).to_contain_text("mine")
        expect(page.get_by_text("1 more was given by somebody else.")).to_be_visible()
        observer.accessible()
        observer.fits()
    # What they chose then stands in its place, though it can no longer be chosen.
    expect(page.get_by_label("Seats").locator("option:checked")).to_have_text("Groups")
    expect(page.get_by_text("Answered before the form changed: Groups.")).to_be_visible()
    expect(page.get_by_text("Answered before the form changed: not")).to_have_count(0)
    observer.shoot("earlier-answers-own")
    posted(
        second,
        {"kind": "rating", "slot_id": where, "look_for_id": "seats", "value": "u", "instrument_version": changed},
    )
    page = opened(second, f"/visits/{round_id}")
    expect(page.get_by_text("None of them is yours to read.")).to_be_visible()
    expect(page.get_by_text("2 more were given by others.")).to_be_visible()
    second.accessible()
    said = {"words": "Four students wrote.", "minute": 1, "core_element": "student"}
    posted(observer, {"kind": "statement", "slot_id": where} | said)
    call(facilitator, "POST", f"rounds/rounds/{round_id}/stages/describe")
    page = opened(second, f"/visits/{round_id}")
    expect(row(page, "Doing")).to_be_visible()
    expect(page.get_by_text("mine", exact=True)).to_have_count(0)

    # No network: told, and tried again.
    away = "**/earlier-answers"
    second.context.route(away, lambda route: route.abort())
    page = opened(second, f"/visits/{round_id}")
    told = page.get_by_role("alert")
    expect(told).to_be_visible()
    second.context.unroute(away)
    told.get_by_role("button", name="Try again").click()
    expect(row(page, "Doing")).to_be_visible()

    url = f"{leader.platform.url}/api/rounds/rounds/{round_id}/earlier-answers"
    for role in ("district_leader", "host_principal", "teacher", "analyst", "district_admin"):
        assert desks.of(role).context.request.get(url).status == 404, role
