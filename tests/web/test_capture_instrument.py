"""The instrument in an observer's hand: every kind of look-for on a phone in Spanish, while the form changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.web.conftest import ROOT, Desks
from tests.web.rounds import pin, publish
from tests.web.tablet import BATCHES, Tablet

NewTablet = Callable[..., Tablet]
SAYS: dict[str, dict[str, dict[str, str]]] = {
    area: json.loads((ROOT / "shared" / "catalogue" / f"{area}.json").read_text()) for area in ("slot", "capture")
}
KEY = "every-kind"
_BACK = "dispatchEvent(new Event('online'))"


def es(area: str, name: str, **values: object) -> str:
    return SAYS[area][name]["es"].format(**values)


def text(english: str, spanish: str) -> dict[str, str]:
    return {"en": english, "es": spanish}


def choices(*labels: str) -> list[dict[str, Any]]:
    return [{"code": label.lower(), "label": text(f"{label} (en)", label)} for label in labels]


SEEN = {"id": "seen", "kind": "observed", "prompt": text("Was there a task?", "¿Hubo una tarea?")}
SHAPE = {"id": "shape", "kind": "choice", "prompt": text("Seats", "Asientos"), "choices": choices("Filas", "Grupos")}
TOOLS = {
    "id": "tools",
    "kind": "multi_choice",
    "prompt": text("Tools", "Herramientas"),
    "choices": choices("Papel", "Bloques", "Pantalla"),
    "group": "task",
}
ASKED = {
    "id": "asked",
    "kind": "count",
    "prompt": text("Asked why", "Preguntó por qué"),
    "maximum": 99,
    "group": "task",
}
DEMAND = {"id": "demand", "kind": "scale", "prompt": text("Demand", "Exigencia"), "minimum": 1, "maximum": 4}
DOING = {
    "id": "doing",
    "kind": "tally",
    "prompt": text("Doing", "Haciendo"),
    "choices": choices("Escucha", "Escribe"),
    "interval_seconds": 3600,
}
BOARD = {
    "id": "board",
    "kind": "note",
    "prompt": text("On the board", "En la pizarra"),
    "core_element": "task",
}
GROUP = {"id": "task", "label": text("The task", "La tarea"), "relevance": {"op": "is", "item": "seen", "value": "yes"}}


def a_form(*items: dict[str, Any]) -> dict[str, Any]:
    return {"title": text("Every kind", "De todo tipo"), "groups": [GROUP], "items": list(items)}


def pinned_on(tablet: Tablet, round_id: str, version: int) -> None:
    """Waits until the observer's day has the round on this version: scheduling's word is on its way."""
    tablet.until(
        """async ([round_id, key, version]) => {
          const day = await (await fetch('/api/rounds/capture/day')).json();
          const { instrument } = day.visits.find((v) => v.round_id === round_id);
          return instrument.key === key && instrument.version === version;
        }""",
        [round_id, KEY, version],
    )


def untouched(tablet: Tablet) -> tuple[str, str]:
    """Round, its form still open to change, and slot in which this observer has written nothing yet."""
    visits = [v for v in reversed(tablet.get("rounds/capture/day")["visits"]) if v["stage"] == "prepare"]
    free = [(v, s) for v in visits for s in v["slots"] if not (s["statements"] or s["ratings"] or s["submitted"])]
    assert free, "every slot has been written in"
    return free[0][0]["round_id"], free[0][1]["slot_id"]


def test_every_kind_is_answered_on_a_phone_in_spanish_and_outlives_a_change_of_the_form(
    new_tablet: NewTablet, desks: Desks
) -> None:
    leader = desks.of("district_leader")
    phone = new_tablet()
    phone.sign_in()
    round_id, slot_id = untouched(phone)
    first = publish(leader, KEY, a_form(SEEN, SHAPE, TOOLS, ASKED, DEMAND, DOING, BOARD))
    pin(leader, round_id, KEY, first)
    pinned_on(phone, round_id, first)
    before = phone.get(f"rounds/rounds/{round_id}")["answers_on_older_versions"]  # by whoever answered here before
    phone.open()
    phone.ready()
    phone.open(f"/slot/{slot_id}")
    expect(
        phone.page.get_by_role("group", name="Seats")
    ).to_be_visible()  # this form, of no earlier run, is on the phone
    phone.open()
    phone.ready()
    phone.page.set_viewport_size({"width": 360, "height": 740})
    phone.speak("Español")
    phone.offline()
    page = phone.page

    def slot(tab: str) -> None:
        phone.open(f"/slot/{slot_id}")
        page.get_by_role("button", name=tab, exact=True).click()

    def item(name: str) -> Locator:
        return page.get_by_role("group", name=name)

    slot(es("slot", "look_fors"))
    expect(item("Herramientas")).to_have_count(0)  # asked only where there was a task
    item("¿Hubo una tarea?").get_by_label(es("slot", "no"), exact=True).check()
    expect(item("Herramientas")).to_have_count(0)
    item("¿Hubo una tarea?").get_by_label(es("slot", "yes"), exact=True).check()
    expect(page.get_by_role("heading", name="La tarea")).to_be_visible()
    item("Herramientas").get_by_label("Pantalla").check()
    item("Herramientas").get_by_label("Pantalla").click()  # nothing chosen is no answer
    expect(item("Herramientas").get_by_role("status")).to_have_text(es("slot", "cleared"))
    expect(item("Herramientas").get_by_label("Pantalla")).not_to_be_checked()
    item("Herramientas").get_by_role("button", name=es("slot", "give_back")).press("Enter")
    expect(item("Herramientas").get_by_label("Pantalla")).to_be_checked()
    expect(item("Herramientas").get_by_label(es("slot", "not_observed"))).not_to_be_checked()
    item("Herramientas").get_by_label("Papel").check()
    item("Preguntó por qué").get_by_label(es("slot", "not_observed")).check()
    item("Asientos").get_by_label("Grupos").check()
    item("Exigencia").get_by_label("3", exact=True).check()
    item("Haciendo").get_by_role("button", name="Escucha").click()
    item("Haciendo").get_by_role("button", name="Escribe").click()  # the same sample, corrected
    expect(item("Haciendo").get_by_role("button", name="Escribe")).to_have_attribute("aria-pressed", "true")
    board = item("En la pizarra")
    board.get_by_role("textbox").fill("Cuatro ecuaciones para resolver.")
    board.get_by_role("button").click()
    expect(board.get_by_role("textbox")).to_have_value("")
    # One per answer, and one more for each that was changed after it had been tried to send.
    waiting = page.get_by_text(re.compile(es("capture", "on_device_other", count=r"([7-9]|1\d)")))
    expect(waiting).to_be_visible()
    held = waiting.inner_text()
    phone.accessible()
    phone.fits()
    phone.fits(320)
    phone.shoot("every-kind-es")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_role("button", name=es("slot", "tab_notes"), exact=True).click()
    expect(page.locator("p.words", has_text="Cuatro ecuaciones")).to_be_visible()
    page.get_by_label(es("slot", "words")).fill("Una docente dibuja")
    phone.drafted(slot_id)

    # The form changes while the phone is away: seats are gone, the tools are others.
    other = TOOLS | {"choices": choices("Papel", "Calculadora")}
    second = publish(leader, KEY, a_form(SEEN, other, ASKED, DEMAND | {"required": True}, DOING, BOARD))
    assert second == first + 1
    pin(leader, round_id, KEY, second)
    phone.context.route(BATCHES, lambda route: route.abort())
    phone.offline(False)
    pinned_on(phone, round_id, second)
    phone.open()
    expect(page.locator(".ready.good")).to_be_visible(timeout=40_000)
    slot(es("slot", "look_fors"))
    expect(page.get_by_text(es("slot", "earlier"))).to_be_visible()
    kept = page.get_by_role("listitem").filter(has_text=es("slot", "on_version", version=first))
    expect(kept.filter(has_text="Asientos")).to_contain_text("Grupos")
    expect(kept.filter(has_text="Herramientas")).to_contain_text("Papel y Pantalla")
    expect(item("Exigencia").get_by_label("3", exact=True)).to_be_checked()
    expect(waiting).to_have_text(held)
    phone.accessible()
    page.get_by_role("button", name=es("slot", "tab_notes"), exact=True).click()
    expect(page.get_by_label(es("slot", "words"))).to_have_value("Una docente dibuja")
    phone.context.unroute(BATCHES)
    page.evaluate(_BACK)
    phone.answered(
        {
            "seen": "yes",
            "tools": "papel pantalla",
            "asked": "not_observed",
            "shape": "grupos",
            "demand": "3",
            "doing": "0:escribe",
        }
    )
    expect(page.get_by_role("link", name=es("capture", "all_in"))).to_be_visible()
    assert phone.get(f"rounds/rounds/{round_id}")["answers_on_older_versions"] == before + 6

    # What the form asks no more is taken back without a network, too; what is given back is as it was.
    phone.offline()
    slot(es("slot", "look_fors"))
    for name in ("Asientos", "Herramientas"):
        kept.filter(has_text=name).get_by_role("button", name=es("slot", "clear")).press("Enter")
        expect(kept.filter(has_text=name).get_by_role("button", name=es("slot", "give_back"))).to_be_focused()
        expect(kept.filter(has_text=name).get_by_role("status")).to_have_text(es("slot", "cleared"))
    kept.filter(has_text="Herramientas").get_by_role("button").press("Enter")
    expect(kept.filter(has_text="Herramientas").get_by_role("button", name=es("slot", "clear"))).to_be_focused()
    phone.accessible()
    phone.fits(320)
    phone.shoot("earlier-answer-taken-back-es")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_text(es("capture", "on_device_other", count=2))).to_be_visible()
    slot(es("slot", "look_fors"))
    expect(kept).to_have_count(1)
    phone.offline(False)
    page.evaluate(_BACK)
    phone.answered({"shape": None, "tools": "papel pantalla"})
    expect(page.get_by_role("link", name=es("capture", "all_in"))).to_be_visible()
    assert phone.get(f"rounds/rounds/{round_id}")["answers_on_older_versions"] == before + 5
    assert phone.failures == []
