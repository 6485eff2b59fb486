"""A tablet as an observer uses it: a browser with a disk of its own, which can be killed and lose its network."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psutil
from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route, expect

from tests.web import evidence
from tests.web.conftest import BROWSER_FLAGS, CHROMIUM, Platform, broken_rules, take_pictures

WAIT_MS = 20_000
BATCHES = "**/api/rounds/capture/batches"
CORE = ("Teacher", "Student", "Content", "Task")
# Read from the database itself, for what the screen says follows it a moment later.
ON_DISK = """const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const read = async (name, work) => {
    const db = await asked(indexedDB.open(name));
    try { return await work(db); } finally { db.close(); }
  };
  const held = (db, store) => db.transaction(store).objectStore(store);
  const current = await read('rondo-device', (db) => asked(held(db, 'said').get('current')));
  const own = (work) => read(`rondo-capture-${current.value}`, work);
"""
# Of the person who uses the app now: whether anything that was written has not been received.
_NOTHING_WAITS = f"""async () => {{
  {ON_DISK}
  const rows = await own((db) => asked(held(db, 'rows').getAll()));
  return rows.every((row) => row.state !== 'device');
}}"""
_DRAFTED = f"""async (key) => {{
  {ON_DISK}
  return Boolean(await own((db) => asked(held(db, 'kept').getKey(key))));
}}"""

_ANSWERED = """async ([slot_id, wanted]) => {
  const day = await (await fetch('/api/rounds/capture/day')).json();
  const slot = day.visits.flatMap((v) => v.slots).find((s) => s.slot_id === slot_id);
  const held = Object.fromEntries(slot.ratings.map((r) => [r.look_for_id, r.value]));
  return Object.entries(wanted).every(([id, value]) => (held[id] ?? null) === value);
}"""


class Tablet:
    """`start` opens the browser on its disk; `kill` is SIGKILL of the whole browser; what is on the disk stays."""

    def __init__(self, playwright: Playwright, platform: Platform, disk: Path, *, locale: str = "en-US") -> None:
        self.playwright, self.platform, self.disk, self.locale = playwright, platform, disk, locale
        self.url = platform.url
        self.context: BrowserContext
        self.page: Page
        self.failures: list[str] = []
        self._cookies: list[Any] = []

    def start(self, *, offline: bool = False, at: str | None = None) -> Self:
        self.url = at or self.url
        self.context = self.playwright.chromium.launch_persistent_context(
            self.disk,
            executable_path=CHROMIUM,
            args=BROWSER_FLAGS,
            locale=self.locale,
            timezone_id="America/New_York",
            viewport={"width": 820, "height": 1180},
            accept_downloads=True,
            offline=offline,
        )
        self.context.set_default_timeout(WAIT_MS)
        if self._cookies:
            self.context.add_cookies(self._cookies)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.listen(self.page)
        return self

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        evidence.watch(page)

    def kill(self) -> None:
        """As a battery does it: every process of this browser, at once. The session's cookie, which the browser
        writes down half a minute late, is put back."""
        self._cookies = list(self.context.cookies())
        for process in psutil.process_iter(["cmdline"]):
            if any(str(self.disk) in part for part in process.info["cmdline"] or ()):
                with suppress(psutil.NoSuchProcess, ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        for lock in self.disk.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def stop(self) -> None:
        with suppress(Error):
            self.context.close()
        shutil.rmtree(self.disk, ignore_errors=True)

    def speak(self, language: str) -> None:
        """Taps the other language and waits until the page speaks it."""
        self.page.get_by_role("button", name=language).click()
        expect(self.page.get_by_role("button", name="English" if language == "Español" else "Español")).to_be_visible()

    def open(self, path: str = "/") -> Page:
        self.page.goto(f"{self.url}/capture{path}")
        expect(self.page.locator("main h1").first).to_be_visible()
        return self.page

    def sign_in(self, role: str = "observer", *, person: dict[str, str] | None = None) -> Self:
        person = person or self.platform.sign_ins[role]
        page = self.open()
        page.get_by_label("E-mail address").fill(person["email"])
        page.get_by_label("Password", exact=True).fill(person["password"])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="My visits")).to_be_visible()
        return self

    def ready(self) -> Self:
        """Waits for the green light."""
        expect(self.page.get_by_text("Ready without a network", exact=True)).to_be_visible(timeout=40_000)
        return self

    def slot(self, n: int = 0) -> Self:
        """Opens the nth visit of the newest day."""
        self.open()
        self.page.locator("a.slot").nth(n).click()
        expect(self.page.get_by_label("What was said, done, asked or made?")).to_be_visible()
        return self

    def write(self, words: str, core: str = "Teacher") -> None:
        """Types a statement and taps its core element; returns when the app has said that it is saved."""
        area = self.page.get_by_label("What was said, done, asked or made?")
        area.fill(words)
        self.page.get_by_role("button", name=f"Save: {core}").click()
        expect(area).to_have_value("", timeout=WAIT_MS)
        expect(self.page.locator("p.words", has_text=words)).not_to_have_count(0)

    def until(self, asked: str, arg: Any = None, *, seconds: float = WAIT_MS / 1000) -> None:
        """Waits until the asynchronous function `asked` answers true in the page. The driver's own wait takes the
        promise itself for true."""
        deadline = time.monotonic() + seconds
        while not self.page.evaluate(asked, arg):
            assert time.monotonic() < deadline, f"not within {seconds} s: {asked} of {arg}"
            self.page.wait_for_timeout(100)

    def drafted(self, slot_id: str) -> None:
        """Returns when what is being typed in the slot is on the disk: a short pause after the last key."""
        self.until(_DRAFTED, f"draft {slot_id}")

    def offline(self, yes: bool = True) -> None:
        self.context.set_offline(yes)

    def all_in(self) -> None:
        """Waits until all that has been saved on this device was received."""
        self.until(_NOTHING_WAITS, seconds=60)
        expect(self.page.get_by_role("link", name="Everything is in")).to_be_visible(timeout=60_000)

    def answered(self, wanted: dict[str, str | None]) -> None:
        """Waits until the server holds these answers to look-fors of the slot that is open (None: none)."""
        slot_id = self.page.url.rpartition("/")[2]
        self.until(_ANSWERED, [slot_id, wanted])

    def get(self, path: str) -> Any:
        answer = self.context.request.get(f"{self.url}/api/{path}")
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def stored(self) -> list[str]:
        """The words of every statement of this observer that the server holds, as many times as it holds them."""
        day = self.get("rounds/capture/day")
        return [
            s["words"] for v in day["visits"] for slot in v["slots"] for s in slot["statements"] if not s["withdrawn"]
        ]

    def lose_answers(self, times: int) -> list[int]:
        """The server takes the next `times` deliveries and the tablet never hears of it. Answers how many are left."""
        left = [times]

        def swallow(route: Route) -> None:
            if left[0] == 0:
                route.fallback()
                return
            left[0] -= 1
            route.fetch()
            route.abort()

        self.context.route(BATCHES, swallow)
        return left

    def refuse_service(self, times: int) -> list[int]:
        """A 503 for the next `times` deliveries. Answers how many are left."""
        left = [times]

        def refuse(route: Route) -> None:
            if left[0] == 0:
                route.fallback()
                return
            left[0] -= 1
            problem = {"type": "/problems/unavailable", "title": "Not available", "status": 503, "detail": "later"}
            route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))

        self.context.route(BATCHES, refuse)
        return left

    def accessible(self) -> None:
        told = broken_rules(self.page)
        assert not told, f"{self.page.url}\n" + "\n".join(told)

    def fits(self, width: int = 360) -> None:
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 740})
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if before:
            self.page.set_viewport_size(before)
        assert over <= 0, f"{self.page.url} is {over} px too wide at {width} px"

    def shoot(self, name: str) -> None:
        take_pictures(self.page, f"capture-{name}")
