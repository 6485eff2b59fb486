"""Coaching without a network: lines of an observation and pages of a journal survive what capture survives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from playwright.sync_api import expect

from tests.web.coaching import begun, paired, tell
from tests.web.conftest import Desk, Desks
from tests.web.tablet import ON_DISK, Tablet
from tests.web.test_capture_shared import _ON_THE_DISK

_NAMES_KEPT = f"""async () => {{
  {ON_DISK}
  for (const {{ name }} of await indexedDB.databases()) {{
    if (!name.startsWith('rondo-capture-')) continue;
    if (await read(name, (db) => asked(held(db, 'kept').getKey('names')))) return true;
  }}
  return false;
}}"""
NewTablet = Callable[..., Tablet]
_BACK = "dispatchEvent(new Event('online'))"
SUMMARY = "Summary, in two or three sentences"
SOON = (date.today() + timedelta(days=9)).isoformat()


def observing(observee: Desk, observer: Desk) -> str:
    """A peer observation whose observer is about to write."""
    cycle = paired(observee, observer, "peer-observation", ("observee", "observer"), "pre-conference")
    focus = {
        "question": f"Who speaks first? {cycle[-6:]}",
        "day": SOON,
        "lesson": "Science, Room 3",
        "leave-out": ["voice"],
    }
    note = {"artefact": "focus", "fields": focus, "ready": True}
    tell(observee, "PUT", f"/cycles/{cycle}/artefacts/{uuid4()}", note)
    tell(observer, "POST", f"/cycles/{cycle}/stages/observe")
    return cycle


def lines_of(desk: Desk, cycle: str) -> list[str]:
    held = desk.get(f"rounds/cycles/{cycle}")["artefacts"]
    return [n["seen"] for a in held if a["artefact"] == "observation-notes" for n in a["fields"].get("notes", [])]


def add_line(tablet: Tablet, words: str) -> None:
    tablet.page.get_by_label("Seen or heard").fill(words)
    tablet.page.get_by_role("button", name="Save this line").click()
    expect(tablet.page.get_by_label("Seen or heard")).to_have_value("")
    expect(tablet.page.get_by_role("listitem").filter(has_text=words)).to_be_visible()


def test_an_observation_and_a_journal_need_no_network(desks: Desks, new_tablet: NewTablet) -> None:
    observee, observer = desks.of("facilitator"), desks.of("teacher")
    cycle = observing(observee, observer)
    journal = tell(observer, "POST", "/cycles", {"protocol": "reflective-practice", "role": "author"})["cycle_id"]
    begun(journal, "experience", observer)
    note, page_path = f"/coaching/{cycle}/observation-notes", f"/coaching/{journal}/journal-experience"

    tablet = new_tablet()
    tablet.sign_in("teacher").ready()  # somebody who is on no team of observers
    tablet.offline()
    tablet.open()
    name = observee.get("identity/session")["name"]
    card = tablet.page.locator("section.card", has=tablet.page.locator(f"a[href$='{note}']"))
    expect(card).to_contain_text(f"with {name}")
    card.get_by_role("link", name="Observation notes").click()
    expect(tablet.page.get_by_text(f"Who speaks first? {cycle[-6:]}")).to_be_visible()
    add_line(tablet, "“Why?” was asked by two students.")
    tablet.page.get_by_label(SUMMARY).fill("Talk came af")
    tablet.page.get_by_label("Seen or heard").fill("Seven pairs spo")
    expect(tablet.page.get_by_role("timer")).to_be_visible()
    tablet.page.get_by_role("link", name="My visits").click()
    expect(tablet.page.get_by_role("heading", name="My visits")).to_be_visible()
    tablet.open(page_path)
    tablet.page.get_by_label("What happened").fill("The quiet row spoke first.")
    tablet.page.get_by_role("button", name="Put it down").click()
    expect(tablet.page.get_by_role("article").filter(has_text="The quiet row")).to_be_visible()
    expect(tablet.page.get_by_text("2 on this device only")).to_be_visible()

    tablet.kill()
    tablet.start(offline=True)
    tablet.open(note)
    expect(tablet.page.get_by_role("listitem").filter(has_text="asked by two students")).to_be_visible()
    expect(tablet.page.get_by_label("Seen or heard")).to_have_value("Seven pairs spo")
    expect(tablet.page.get_by_label(SUMMARY)).to_have_value("Talk came af")
    add_line(tablet, "Seven pairs spoke within ten seconds.")
    expect(tablet.page.get_by_label(SUMMARY)).to_have_value("Talk came af")
    tablet.accessible()
    tablet.fits()
    tablet.shoot("coaching-observation")

    left = [tablet.refuse_service(1), tablet.lose_answers(1)]  # first taken and never heard of, then a 503
    tablet.offline(False)
    tablet.page.evaluate(_BACK)
    tablet.all_in()
    assert left == [[0], [0]]
    assert lines_of(observer, cycle) == ["“Why?” was asked by two students.", "Seven pairs spoke within ten seconds."]
    assert lines_of(observee, cycle) == []
    pages = observer.get(f"rounds/cycles/{journal}")["artefacts"]
    assert [p["fields"]["happened"] for p in pages] == ["The quiet row spoke first."]

    tablet.page.get_by_label(SUMMARY).fill("Talk came after silence.")
    tablet.page.get_by_role("button", name="It is ready").click()
    expect(tablet.page.get_by_text("ready", exact=True)).to_be_visible()
    tablet.all_in()
    seen = observee.open(f"/coaching/cycles/{cycle}")
    expect(seen.get_by_text("Talk came after silence.")).to_be_visible()

    tablet.speak("Español")
    expect(tablet.page.get_by_role("button", name="Guardar esta línea")).to_be_visible()
    tablet.accessible()
    tablet.open(page_path)
    expect(tablet.page.get_by_role("button", name="Anotarlo")).to_be_visible()
    tablet.accessible()
    tablet.fits()
    tablet.shoot("coaching-journal")
    tablet.open()
    expect(tablet.page.get_by_role("heading", name="Acompañamiento", exact=True)).to_be_visible()
    tablet.accessible()
    tablet.shoot("coaching-visits")
    assert tablet.failures == []


def test_the_names_of_a_cycles_people_leave_the_device_with_the_one_who_signs_out(
    desks: Desks, new_tablet: NewTablet
) -> None:
    observee, observer = desks.of("teacher"), desks.of("observer")
    cycle = observing(observee, observer)
    tablet = new_tablet()
    tablet.sign_in().ready()
    name = observee.get("identity/session")["name"]
    tablet.open(f"/coaching/{cycle}/observation-notes")
    expect(tablet.page.get_by_text(name)).not_to_have_count(0)
    tablet.until(_NAMES_KEPT)
    tablet.open()
    tablet.page.get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_label("E-mail address")).to_be_visible()
    assert not tablet.page.evaluate(_NAMES_KEPT)
    assert tablet.failures == []


_LEFT_OF = f"""async (cycle) => {{
  {ON_DISK}
  const rows = await own((db) => asked(held(db, 'rows').getAll()));
  const keys = await own((db) => asked(held(db, 'kept').getAllKeys()));
  return rows.filter((row) => row.slot_id === cycle).length + keys.filter((key) => key.includes(cycle)).length;
}}"""


def test_what_was_erased_leaves_an_open_device_at_its_next_contact(desks: Desks, new_tablet: NewTablet) -> None:
    observee, observer = desks.of("facilitator"), desks.of("observer")
    cycle = observing(observee, observer)
    focus, name = f"Who speaks first? {cycle[-6:]}", observee.get("identity/session")["name"]
    note = f"/coaching/{cycle}/observation-notes"
    tablet = new_tablet()
    tablet.sign_in().ready()
    tablet.open(note)
    add_line(tablet, "Nine hands went up.")
    tablet.all_in()
    tablet.page.get_by_label("Seen or heard").fill("Half a sent")
    tablet.until(f"async (cycle) => (await ({_LEFT_OF})(cycle)) >= 2", cycle)
    tablet.offline()

    tell(observee, "POST", f"/cycles/{cycle}/leave")
    expect(tablet.page.get_by_text(focus)).to_be_visible()  # it has not heard of it
    tablet.offline(False)
    tablet.page.evaluate(_BACK)
    expect(tablet.page.get_by_text("There is nothing to write here now")).to_be_visible()
    assert focus not in tablet.page.content()
    tablet.until(f"async (cycle) => (await ({_LEFT_OF})(cycle)) === 0", cycle)
    tablet.offline()
    tablet.open(note)
    expect(tablet.page.get_by_text("There is nothing to write here now")).to_be_visible()
    assert focus not in tablet.page.content()
    assert name not in tablet.page.content()
    assert tablet.failures == []


def test_two_people_of_a_shared_tablet_see_nothing_of_each_others_coaching(desks: Desks, new_tablet: NewTablet) -> None:
    author = desks.of("host_principal")
    journal = tell(author, "POST", "/cycles", {"protocol": "reflective-practice", "role": "author"})["cycle_id"]
    begun(journal, "experience", author)
    words = f"Nobody knows that {uuid4().hex[:6]}"
    tablet = new_tablet()
    tablet.sign_in("host_principal").ready()
    tablet.offline()
    tablet.open(f"/coaching/{journal}/journal-experience")
    tablet.page.get_by_label("What happened").fill(words)
    tablet.page.get_by_role("button", name="Put it down").click()
    expect(tablet.page.get_by_text("1 on this device only")).to_be_visible()
    tablet.page.get_by_role("link", name="1 on this device only").click()
    expect(tablet.page.get_by_text(words)).to_be_visible()
    tablet.accessible()
    tablet.open()
    tablet.page.get_by_role("button", name="Sign out").click()
    tablet.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_text("1 on this device only")).to_be_visible()
    assert words not in tablet.page.evaluate(_ON_THE_DISK), "what was written is sealed on the disk"

    tablet.offline(False)
    tablet.sign_in("teacher")
    expect(tablet.page.get_by_role("link", name="Everything is in")).to_be_visible()
    tablet.open(f"/coaching/{journal}/journal-experience")
    expect(tablet.page.get_by_text("There is nothing to write here now")).to_be_visible()
    assert words not in tablet.page.content()
    assert author.get(f"rounds/cycles/{journal}")["artefacts"] == []
    tablet.open()
    tablet.page.get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_label("E-mail address")).to_be_visible()
    tablet.sign_in("host_principal").all_in()
    [page] = author.get(f"rounds/cycles/{journal}")["artefacts"]
    assert page["fields"]["happened"] == words
    assert tablet.failures == []
