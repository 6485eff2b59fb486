"""Every screen of the capture app in both languages: accessible, no wider than a phone; by keyboard; what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from uuid import uuid4

from playwright.sync_api import expect

from tests.web.conftest import ROOT, at_rest
from tests.web.tablet import Tablet

NewTablet = Callable[..., Tablet]
JUDGING = {"en": "Good questioning by Maria.", "es": "Buenas preguntas, dijo Maria."}
WORDS = {"en": "What was said, done, asked or made?", "es": "¿Qué se dijo, hizo, preguntó o produjo?"}
OFFER = {"en": "Start from this sentence", "es": "Partir de esta frase"}
LOOK_FORS = {"en": "Look-fors", "es": "Indicadores"}
EDIT = {"en": "Edit", "es": "Editar"}
WRAP_UP = {"en": "Wrap-up", "es": "Cierre de la visita"}
OUTBOX = {"en": "Outbox", "es": "Bandeja de salida"}


def check(tablet: Tablet, name: str, language: str) -> None:
    tablet.accessible()
    tablet.fits()
    tablet.fits(320)  # 1280 px at 400 % zoom
    if language == "en":
        tablet.shoot(name)


def test_every_screen_is_accessible_in_both_languages_and_fits_a_phone(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.open()
    check(tablet, "sign-in", "en")
    tablet.sign_in().ready()
    page = tablet.page
    for language in ("en", "es"):
        if language == "es":
            tablet.open()
            tablet.speak("Español")
        tablet.open()
        expect(page.locator(".ready.good")).to_be_visible()
        at_rest(page)
        check(tablet, "visits", language)

        page.locator("a.slot").first.click()
        area = page.get_by_label(WORDS[language])
        area.fill("Four students wrote.")
        page.keyboard.press("Alt+2")
        expect(area).to_have_value("")
        area.fill(JUDGING[language])
        expect(page.get_by_role("button", name=OFFER[language])).to_be_visible()
        check(tablet, "slot", language)
        page.get_by_role("button", name=EDIT[language]).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        check(tablet, "edit", language)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.set_viewport_size({"width": 360, "height": 740})
        page.get_by_role("button", name=LOOK_FORS[language], exact=True).click()
        check(tablet, "look-fors", language)
        page.set_viewport_size({"width": 820, "height": 1180})

        page.locator("p.foot a").click()
        expect(page.get_by_role("heading", level=1, name=WRAP_UP[language])).to_be_focused()
        check(tablet, "wrap-up", language)
        page.locator("header a.onbar").click()
        expect(page.get_by_role("heading", level=1, name=OUTBOX[language])).to_be_visible()
        check(tablet, "outbox", language)
    assert tablet.failures == []


def test_the_sign_in_is_asked_for_in_one_turn_and_the_other_files_after_it(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    asked: list[str] = []
    tablet.page.on("request", lambda request: asked.append(request.url))
    html = tablet.context.request.get(f"{tablet.url}/capture/").text()
    tablet.open()
    expect(tablet.page.get_by_label("E-mail address")).to_be_visible()
    manifest = json.loads((ROOT / "web" / "dist" / "capture" / ".vite" / "manifest.json").read_text())
    words = {PurePath(made["file"]).name for key, made in manifest.items() if "messages/en/" in key}
    files = [PurePath(url).name for url in asked if "/capture/assets/" in url]

    assert [name for name in files if name not in html and name not in words] == []
    assert len([name for name in files if name in words]) == 3
    assert tablet.failures == []


def visit_that_asks(tablet: Tablet, prompt: str) -> int:
    """The newest of the visits, which other tests' rounds stand among, whose form has this look-for."""
    page = tablet.page
    for n in range(page.locator("a.slot").count()):
        page.locator("a.slot").nth(n).click()
        page.get_by_role("button", name=LOOK_FORS["es"], exact=True).click()
        expect(page.get_by_role("group").first).to_be_visible()
        found = page.get_by_role("group", name=prompt).count() > 0
        tablet.open()
        if found:
            return n
    raise AssertionError(f"no form asks {prompt}")


def test_on_a_phone_in_spanish_nothing_stands_in_the_way_and_the_outbox_says_what_each_item_is(
    new_tablet: NewTablet,
) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    page, mark = tablet.page, uuid4().hex[:8]
    page.set_viewport_size({"width": 360, "height": 740})
    tablet.speak("Español")
    tablet.offline()
    page.locator("a.slot").nth(visit_that_asks(tablet, "Cómo trabajaron los alumnos")).click()
    expect(page.get_by_role("button", name="Iniciar cronómetro")).to_be_visible()
    room = page.locator("main h1")
    lines = room.evaluate("(h) => h.getBoundingClientRect().height / parseFloat(getComputedStyle(h).lineHeight)")
    assert lines < 1.5, f"“{room.inner_text()}” is broken into {lines:.1f} lines beside the button"

    area = page.get_by_label(WORDS["es"])
    area.fill(f"{mark} Dos alumnos leen, excelente, mal.")
    expect(page.get_by_text("Parece un juicio: “excelente” y “mal”.")).to_be_visible()
    page.get_by_role("button", name="Guardar: Estudiante").click()
    expect(area).to_have_value("")
    page.get_by_role("button", name=LOOK_FORS["es"], exact=True).click()
    shape = page.get_by_role("group", name="Cómo trabajaron los alumnos")
    shape.get_by_label("Parejas").check()
    page.get_by_role("button", name="Notas", exact=True).click()
    page.get_by_role("button", name=f"{EDIT['es']} : {mark}").click()
    page.get_by_role("button", name="Eliminar").click()
    # The message that undoes it stays, and covers nothing that is tapped next.
    expect(page.get_by_role("button", name="Deshacer")).to_be_visible()
    page.locator("p.foot a").click()
    expect(page.get_by_role("heading", level=1, name=WRAP_UP["es"])).to_be_visible()
    page.locator("header a.onbar").click()
    expect(page.get_by_role("heading", level=1, name=OUTBOX["es"])).to_be_visible()
    items = page.locator("section.card li")
    expect(items.filter(has_text="eliminación")).to_contain_text(f"{mark} Dos alumnos leen")
    expect(items.filter(has_text="Cómo trabajaron los alumnos")).to_contain_text("Parejas")
    tablet.fits(320)
    assert tablet.failures == []


def test_a_judging_statement_is_reworded_or_kept_and_the_choice_is_recorded(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().slot(1)
    page, mark = tablet.page, uuid4().hex[:8]
    sent: list[dict[str, object]] = []
    tablet.context.route(
        "**/capture/batches",
        lambda route: (sent.extend(route.request.post_data_json["items"]), route.continue_()),
    )
    area = page.get_by_label(WORDS["en"])
    area.fill("Good questioning.")
    expect(page.get_by_text("Reads like a judgment: “Good”.")).to_be_visible()
    page.get_by_role("button", name="Start from this sentence").click()
    expect(area).to_have_value("Teacher asked __ questions; __ asked for a reason.")
    page.get_by_role("button", name="Back to my words").click()
    expect(area).to_have_value("Good questioning.")
    tablet.write(f"{mark} Teacher asked 4 questions; 1 asked for a reason.")
    tablet.write(f"{mark} It was a wonderful lesson.", "Content")
    tablet.write(f"{mark} Two students wrote.", "Student")
    tablet.all_in()
    nudges = [i.get("nudge") for i in sent if str(i.get("words", "")).startswith(mark)]
    assert nudges == ["reworded", "kept", None]


def test_look_fors_of_the_pinned_instrument_are_answered_and_stay_answered(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().slot(2)
    page = tablet.page
    slot_id = page.url.rpartition("/")[2]
    [slot] = [s for v in tablet.get("rounds/capture/day")["visits"] for s in v["slots"] if s["slot_id"] == slot_id]
    before = int({r["look_for_id"]: r["value"] for r in slot["ratings"]}.get("teacher-questions-reasons", 0))
    count = page.get_by_role("group", name="Teacher questions that ask for a reason")
    for _ in range(3):
        count.get_by_role("button", name="One more").click()
    expect(count.locator("output")).to_have_text(f"{before + 3}")
    page.get_by_role("group", name="How students worked for most of the slot").get_by_label("Pairs").check()
    page.get_by_role("group", name="What students worked with").get_by_label("not observed").check()
    wanted = {"teacher-questions-reasons": f"{before + 3}", "grouping": "pairs", "task-material": "not_observed"}
    tablet.answered(wanted)
    tablet.all_in()
    page.reload()
    expect(count.locator("output")).to_have_text(f"{before + 3}")


def test_a_statement_is_changed_undone_deleted_and_wrapped_up(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().slot(3)
    page, mark = tablet.page, uuid4().hex[:8]
    tablet.write(f"{mark} Two students wrote.", "Student")
    page.get_by_role("button", name=f"Edit : {mark}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(WORDS["en"]).fill(f"{mark} Three students wrote.")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("p.words", has_text=f"{mark} Three")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("p.words", has_text=f"{mark} Two")).to_be_visible()
    page.get_by_text("History").first.click()
    expect(page.get_by_text(f"changed: “{mark} Three students wrote.”")).to_be_visible()

    tablet.write(f"{mark} Seen by mistake.", "Task")
    page.get_by_role("button", name=f"Edit : {mark} Seen").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator("p.words", has_text=f"{mark} Seen")).to_have_count(0)
    tablet.all_in()
    assert [w for w in tablet.stored() if mark in w] == [f"{mark} Two students wrote."]

    page.get_by_role("link", name="Wrap-up").click()
    expect(page.get_by_role("listitem").filter(has_text="Student").first).not_to_contain_text("nothing yet")
    expect(page.get_by_text("nothing yet: is there something you saw?").first).to_be_visible()
    page.get_by_role("button", name="Hand in the notes of this visit").click()
    expect(page.get_by_text("handed in", exact=True)).to_be_visible()
    tablet.all_in()
