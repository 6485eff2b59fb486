"""One tablet, several people, windows, builds and clocks; and what happens when the device itself fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Response, expect

from tests.web.conftest import Platform
from tests.web.in_front import InFront, in_front_of
from tests.web.tablet import BATCHES, Tablet

NewTablet = Callable[..., Tablet]
_BACK = "dispatchEvent(new Event('online'))"
# Dexie binds what it calls when it opens a database, so the connections themselves are taken note of.
_NOTE_CONNECTIONS = """
  window.opened = [];
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => window.opened.push(request.result));
    return request;
  };
"""
_SET_CLOCK = """days => {
  window.RightDate ??= Date;
  const Right = window.RightDate;
  const now = () => Right.now() + days * 86400000;
  window.Date = class extends Right {
    constructor(...given) { if (given.length) super(...given); else super(now()); }
    static now() { return now(); }
  };
}"""
_ON_THE_DISK = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      for (const row of await asked(db.transaction(store).objectStore(store).getAll())) {
        found.push(row.key instanceof CryptoKey ? 'KEY' : '', ...Object.values(row).map(String));
        found.push(new TextDecoder().decode(row.box?.data ?? new Uint8Array()));
      }
    }
    db.close();
  }
  return found.join(' ');
}"""
WORDS = "What was said, done, asked or made?"


def test_two_people_share_a_tablet_and_nobody_sends_or_reads_the_others_notes(
    new_tablet: NewTablet, observers: list[dict[str, str]]
) -> None:
    tablet = new_tablet()
    mine, other = uuid4().hex[:8], uuid4().hex[:8]
    tablet.sign_in(person=observers[0]).ready()
    tablet.offline()
    tablet.slot()
    tablet.write(f"{mine} Four students wrote.")
    tablet.open()
    tablet.page.get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_role("dialog")).to_contain_text("1 item is on this device only")
    tablet.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_text("1 on this device only")).to_be_visible()
    held = tablet.page.evaluate(_ON_THE_DISK)
    assert mine not in held, "what was written is sealed on the disk"
    assert "KEY" not in held.split(), "and the key went with the sign-out"

    tablet.offline(False)
    tablet.sign_in(person=observers[1]).ready()
    tablet.slot()
    expect(tablet.page.get_by_text(mine)).to_have_count(0)
    tablet.write(f"{other} Two students read aloud.")
    tablet.all_in()
    assert [w for w in tablet.stored() if mine in w or other in w] == [f"{other} Two students read aloud."]

    tablet.open()
    tablet.page.get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_label("E-mail address")).to_be_visible()
    tablet.sign_in(person=observers[0])
    tablet.all_in()
    assert [w for w in tablet.stored() if mine in w or other in w] == [f"{mine} Four students wrote."]


def test_a_sign_in_that_runs_out_in_the_middle_loses_nothing(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    mark = uuid4().hex[:8]
    tablet.slot()
    tablet.offline()
    for n in range(3):
        tablet.write(f"{mark} Student {n} asked why.", "Student")
    tablet.context.clear_cookies()
    tablet.offline(False)
    tablet.page.evaluate(_BACK)
    expect(tablet.page.get_by_text("Your sign-in has run out")).to_be_visible()
    tablet.write(f"{mark} The class went on.", "Task")
    expect(tablet.page.get_by_text("4 on this device only")).to_be_visible()

    tablet.page.get_by_label("Password,").fill(tablet.platform.sign_ins["observer"]["password"])
    tablet.page.get_by_role("button", name="Sign in").click()
    tablet.all_in()
    assert sum(mark in w for w in tablet.stored()) == 4


def test_two_windows_write_and_one_sends(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    mark = uuid4().hex[:8]
    tablet.slot()
    first = tablet.page
    second = tablet.context.new_page()
    tablet.listen(second)
    second.goto(first.url)
    expect(second.get_by_label(WORDS)).to_be_visible()
    answers: list[Response] = []
    tablet.context.on("response", lambda r: answers.append(r) if "capture/batches" in r.url else None)
    for n in range(4):
        for page in (first, second):
            tablet.page = page
            tablet.write(f"{mark} {n} seen in window {page is second}.")
    tablet.all_in()
    assert sum(mark in w for w in tablet.stored()) == 8
    results = [receipt["result"] for answer in answers for receipt in answer.json()["receipts"]]
    assert results == ["stored"] * 8, "no item was sent by both"
    expect(first.locator("p.words", has_text=mark)).to_have_count(8)
    assert tablet.failures == []


def test_a_new_build_waits_until_it_is_accepted_and_keeps_queue_and_draft(
    new_tablet: NewTablet, platform: Platform
) -> None:
    with in_front_of(platform.url) as door:
        tablet = new_tablet(at=door.url)
        tablet.sign_in().ready()
        _a_new_build(tablet, door)


def _a_new_build(tablet: Tablet, door: InFront) -> None:
    mark = uuid4().hex[:8]
    worker = tablet.context.request.get(f"{door.url}/capture/sw.js").text()
    door.instead["/capture/sw.js"] = re.sub(r'const BUILD = "\w+"', 'const BUILD = "anotherbuild"', worker)
    tablet.context.route(BATCHES, lambda route: route.abort())
    tablet.slot()
    for n in range(3):
        tablet.write(f"{mark} {n} written under the old build.")
    tablet.page.get_by_label(WORDS).fill(f"{mark} still being typed")
    tablet.page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 0)")
    expect(tablet.page.get_by_text("A new version is ready.")).to_be_visible()
    assert tablet.page.evaluate("caches.keys()") != ["capture-anotherbuild"]
    expect(tablet.page.get_by_label(WORDS)).to_have_value(f"{mark} still being typed")

    with tablet.page.expect_navigation():
        tablet.page.get_by_role("button", name="Use it now").click()
    expect(tablet.page.get_by_label(WORDS)).to_have_value(f"{mark} still being typed")
    expect(tablet.page.locator("p.words", has_text=mark)).to_have_count(3)
    kept = tablet.page.evaluate("caches.keys()")
    assert "capture-anotherbuild" in kept
    assert len(kept) == 2, "the build before it is kept for windows that still run it"
    tablet.context.unroute(BATCHES)
    tablet.page.evaluate(_BACK)
    tablet.all_in()
    assert sum(mark in w for w in tablet.stored()) == 3


def test_a_full_device_and_a_database_closed_underneath_keep_the_words_on_the_screen(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.context.add_init_script(_NOTE_CONNECTIONS)
    tablet.sign_in().ready()
    mark = uuid4().hex[:8]
    tablet.slot()
    page = tablet.page
    page.evaluate(
        """() => {
          const add = IDBObjectStore.prototype.add;
          window.mend = () => void (IDBObjectStore.prototype.add = add);
          IDBObjectStore.prototype.add = function () { throw new DOMException('full', 'QuotaExceededError'); };
        }"""
    )
    page.get_by_label(WORDS).fill(f"{mark} on a full device")
    page.get_by_role("button", name="Save: Task").click()
    expect(page.get_by_text("Not saved: the device is full.")).to_be_visible()
    expect(page.get_by_label(WORDS)).to_have_value(f"{mark} on a full device")
    tablet.accessible()
    page.evaluate("mend()")
    page.get_by_role("button", name="Save: Task").click()
    expect(page.get_by_label(WORDS)).to_have_value("")
    expect(page.get_by_text("Not saved: the device is full.")).to_have_count(0)

    assert page.evaluate("window.opened.map((db) => db.close()).length")
    tablet.write(f"{mark} after the database was closed underneath", "Student")
    tablet.all_in()
    assert sum(mark in w for w in tablet.stored()) == 2


def test_a_clock_that_is_a_day_off_is_told_and_the_minutes_stay_right(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    mark = uuid4().hex[:8]
    tablet.slot()
    for days, word in ((1, "fast"), (-1, "slow")):
        tablet.page.evaluate(_SET_CLOCK, days)
        tablet.write(f"{mark} written with the clock {word}")
        expect(tablet.page.get_by_text(re.compile(f"clock is 1,4[34]\\d minutes {word}"))).to_be_visible()
    tablet.all_in()
    day = tablet.get("rounds/capture/day")
    minutes = [
        s["minute"]
        for v in day["visits"]
        for slot in v["slots"]
        for s in slot["statements"]
        if (s["words"] or "").startswith(mark)
    ]
    assert len(minutes) == 2
    assert max(minutes) <= 2, "the timer goes by the clock that only runs forward"


def test_a_statement_changed_on_two_devices_is_kept_twice_and_its_writer_chooses(new_tablet: NewTablet) -> None:
    tablet, phone = new_tablet(), new_tablet()
    mark = uuid4().hex[:8]
    tablet.sign_in().slot()
    tablet.write(f"{mark} Two students wrote.")
    tablet.all_in()
    phone.sign_in().ready().slot()

    def change(device: Tablet, to: str) -> None:
        device.page.get_by_role("button", name=f"Edit : {mark}").click()
        dialog = device.page.get_by_role("dialog")
        dialog.get_by_label(WORDS).fill(f"{mark} {to}")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)

    change(phone, "Three students wrote.")
    phone.all_in()
    change(tablet, "Four students wrote.")
    expect(tablet.page.get_by_role("link", name="1 needs attention")).to_be_visible(timeout=20_000)
    expect(tablet.page.get_by_text("Two versions were kept").first).to_be_visible(timeout=20_000)
    tablet.accessible()
    tablet.page.get_by_role("button", name="Choose").click()
    dialog = tablet.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{mark} Three students wrote.")
    expect(dialog).to_contain_text(f"{mark} Four students wrote.")
    tablet.accessible()
    dialog.get_by_role("button", name="Take this one").last.click()
    expect(dialog).to_have_count(0)
    tablet.all_in()
    assert [w for w in tablet.stored() if mark in w] == [f"{mark} Four students wrote."]
