"""The browser tests: Debian's Chromium on the real platform with its demo district. Its headless shell where that is
installed: the same pages for a third less of the processor, as nothing is drawn around them that nobody sees.

`RONDO_TEST_HOME` names the data folder of a platform that runs already, for work on the screens; without
it the tests start one of their own. Without Chromium they are skipped, in one line. `RONDO_TEST_PICTURES=no` leaves
the pictures out, as a run of the whole suite does: each takes as much of the processor as two or three clicks.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.e2e.one_machine import RondoUp, rondo
from tests.web import evidence

CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "screenshots"
SIZES = {"phone": (360, 740), "tablet": (820, 1180), "desktop": (1280, 800)}
BROWSER_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_DEMO_SECONDS = 280  # a machine with other work takes its time
_WAIT_MS = 20_000
expect.set_options(timeout=_WAIT_MS)  # a machine with other work takes its time
_RENEW_SECONDS = 240  # an access token is good for 15 minutes
_RENEW = """() => navigator.locks.request('rondo.refresh', async () =>
    (await fetch('/api/identity/session/refresh', { method: 'POST' })).ok)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.timeout(360))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="the browser tests need chromium"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    made = yield
    report = made.get_result()
    if report.when == "call" and report.failed and (told := evidence.told()):
        report.sections.append(("the pages when it failed", told))


@dataclass(frozen=True)
class Platform:
    """`home`: its data's folder; `sign_ins`: role -> the demo's person with that role."""

    home: Path
    url: str
    sign_ins: dict[str, dict[str, str]]

    @classmethod
    def at(cls, home: Path, url: str) -> Platform:
        return cls(home, url, sign_ins_of(home))


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    running = os.environ.get("RONDO_TEST_HOME")
    if running:
        home = Path(running)
        yield Platform.at(home, json.loads((home / "run.json").read_text())["url"])
        return
    run = RondoUp(tmp_path_factory.mktemp("home"))
    try:
        until_up(run)
        yield Platform.at(run.home, run.url)
        run.interrupt()
    finally:
        run.end()


def until_up(run: RondoUp) -> None:
    """Filling the demo is silent, and slow on a busy machine: what the platform says is read beside it."""
    said = threading.Event()
    lines: list[str] = []

    def read() -> None:
        assert run.process.stdout is not None
        for line in run.process.stdout:
            lines.append(line.decode())
            if "Rondo is up at" in lines[-1]:
                said.set()

    threading.Thread(target=read, daemon=True).start()
    deadline = time.monotonic() + _DEMO_SECONDS
    while not said.wait(1):
        assert run.process.poll() is None, f"the platform ended: {''.join(lines)}"
        assert time.monotonic() < deadline, f"the platform was not up after {_DEMO_SECONDS} s: {''.join(lines)}"


def sign_ins_of(home: Path) -> dict[str, dict[str, str]]:
    told = rondo(home, "demo", "sign-ins", "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    return {s["role"]: s for s in json.loads(told.stdout)}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
    yield opened
    opened.close()


_AXE = Axe().axe_script
_CATALOGUE = (ROOT / "shared" / "catalogue").glob("*.json")
_KEYS = {f"{area.stem}.{key}" for area in _CATALOGUE for key in json.loads(area.read_text())}
_AXE_HOW = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations", "incomplete"],  # the same rules run; what is in order is not told node by node
}


def broken_rules(page: Page) -> list[str]:
    """What the page as it stands breaks of axe's rules (WCAG 2.2 A and AA); besides text in the colour of its ground,
    of which axe is only not sure (the marks that lie behind a field for writing are hidden from readers, and meant),
    and keys of the catalogue in place of its words."""
    if not page.evaluate("'axe' in window"):  # once a page: half a megabyte
        page.evaluate(_AXE)
    found = page.evaluate("(how) => axe.run(how)", _AXE_HOW)
    unseen = [
        f"unseen text: {node['html'][:200]}"
        for rule in found["incomplete"]
        if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        if any((check.get("data") or {}).get("messageKey") == "equalRatio" for check in node["any"])
        and not page.evaluate(
            "(at) => document.querySelector(at)?.closest('[aria-hidden=true]') != null", node["target"][0]
        )
    ]
    broken = found["violations"]
    unseen += [f"no words for {key}" for key in sorted(_KEYS.intersection(page.inner_text("body").split()))]
    return [f"{v['id']}: {n['html'][:200]} {n['failureSummary']}" for v in broken for n in v["nodes"][:3]] + unseen


def settled(page: Page) -> None:
    """Waits until the screen has its heading and nothing on it says that it is loading."""
    expect(page.locator("main h1").first).to_be_visible(timeout=_WAIT_MS)
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=_WAIT_MS)


def take_pictures(page: Page, name: str) -> None:
    """At every size, into `screenshots/`, for people to look at: no test reads them. The page is as large after it as
    before."""
    if os.environ.get("RONDO_TEST_PICTURES") == "no":
        return
    before = page.viewport_size
    SHOTS.mkdir(exist_ok=True)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=SHOTS / f"{name}-{size}.png", full_page=True)
    if before:
        page.set_viewport_size(before)


class Desk:
    """The desk as one person uses it, in one browser context."""

    def __init__(self, platform: Platform, context: BrowserContext) -> None:
        self.platform = platform
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(_WAIT_MS)
        self.renewed = 0.0
        self.failures: list[str] = []
        self.page.on("pageerror", lambda error: self.failures.append(str(error)))
        self.page.on("console", self._heard)
        evidence.watch(self.page)

    def _heard(self, message: Any) -> None:
        """A refused request is told by the browser too, and is no failure of the page."""
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.failures.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.platform.url}/desk{path}")
        self.settled()
        return self.page

    def settled(self) -> None:
        settled(self.page)

    @contextmanager
    def in_spanish(self) -> Iterator[None]:
        """The page as it stands, in Spanish for the block."""
        english, spanish = (self.page.get_by_role("button", name=name).first for name in ("English", "Español"))
        spanish.click()
        expect(english).to_be_visible()
        self.settled()
        try:
            yield
        finally:
            english.click()
            expect(spanish).to_be_visible()
        self.settled()

    def in_both_languages(self, shot: str, *widths: int) -> None:
        """The page as it stands keeps the rules in both languages, fits a phone and `widths`, and is shot."""
        self.accessible()
        for width in (360, *widths):
            self.fits(width)
        self.shoot(shot)
        self.page.set_viewport_size({"width": 1280, "height": 800})
        with self.in_spanish():
            self.accessible()
            self.fits()
        assert self.failures == []

    def sign_in(self, role: str) -> Desk:
        return self.sign_in_as(self.platform.sign_ins[role])

    def sign_in_as(self, person: dict[str, str]) -> Desk:
        page = self.open("/")
        page.get_by_label("E-mail address").fill(person["email"])
        page.get_by_label("Password", exact=True).fill(person["password"])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("navigation").first).to_be_visible(timeout=_WAIT_MS)  # a summary has one, too
        expect(page.get_by_label("Password", exact=True)).to_have_count(0)  # the menu comes before the first screen
        self.renewed = time.monotonic()
        self.settled()
        return self

    def renew(self) -> None:
        """The session for longer than a slow test takes: a page renews its own when it asks, `get` does not."""
        if time.monotonic() - self.renewed > _RENEW_SECONDS:
            assert self.page.evaluate(_RENEW), "the session cannot be renewed"
            self.renewed = time.monotonic()

    def get(self, path: str) -> Any:
        """JSON of the API, with this person's session."""
        answer = self.context.request.get(f"{self.platform.url}/api/{path}")
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def today(self) -> date:
        """The district's, which may be a day before or after that of the tests."""
        return datetime.now(ZoneInfo(self.get("identity/district")["timezone"])).date()

    def until(self, done: Callable[[], bool]) -> None:
        """Asks again until `done` says so: for what one service tells another."""
        deadline = time.monotonic() + _WAIT_MS / 1000
        while not done():
            assert time.monotonic() < deadline, "not within the wait"
            self.page.wait_for_timeout(100)

    def toast(self, words: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible(timeout=_WAIT_MS)

    def accessible(self) -> None:
        """Fails with every rule of axe (WCAG 2.2 A and AA) that the page as it stands breaks."""
        told = broken_rules(self.page)
        assert not told, f"{self.page.url}\n" + "\n".join(told)

    def shoot(self, name: str) -> None:
        """A picture at every size; the page is at the desktop's after it."""
        take_pictures(self.page, name)
        width, height = SIZES["desktop"]
        self.page.set_viewport_size({"width": width, "height": height})

    def fits(self, width: int = 360) -> None:
        """Fails when the page scrolls sideways at `width` (CSS pixels)."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 740})
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if before:
            self.page.set_viewport_size(before)
        assert over <= 0, f"{self.page.url} is {over} px too wide at {width} px"


class Desks:
    """A signed-in desk per role, kept for the session of tests; `fresh` for tests that change the session."""

    def __init__(self, platform: Platform, browser: Browser) -> None:
        self.platform = platform
        self.browser = browser
        self._kept: dict[str, Desk] = {}

    def fresh(self) -> Desk:
        context = self.browser.new_context(
            locale="en-US",
            timezone_id="America/New_York",
            viewport={"width": 1280, "height": 800},
            accept_downloads=True,
        )
        return Desk(self.platform, context)

    def of(self, role: str) -> Desk:
        if role not in self._kept:
            self._kept[role] = self.fresh().sign_in(role)
        desk = self._kept[role]
        desk.renew()
        desk.failures.clear()
        return desk


@pytest.fixture(scope="session")
def desks(platform: Platform, browser: Browser) -> Desks:
    return Desks(platform, browser)


_COUNT_LOOK_UPS = """() => new Promise((done) => {
  const look = document.querySelector.bind(document);
  let looked = 0;
  document.querySelector = (words) => { looked += 1; return look(words); };
  let frames = 40;
  const next = () => (frames-- ? requestAnimationFrame(next) : done(looked));
  next();
})"""


def at_rest(page: Page) -> None:
    """Fails when a page that is left alone shows its screen over and over: each time looks elements up."""
    looked = page.evaluate(_COUNT_LOOK_UPS)
    assert looked < 5, f"{page.url} looked {looked} elements up while nothing happened"


def id_in(address: str) -> str:
    """The first UUID in an address."""
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", address)
    assert found, address
    return found.group()


@pytest.fixture(scope="session")
def observers(platform: Platform, desks: Desks) -> list[dict[str, str]]:
    """The sign-ins of two observers who visit today: the demo's own, and one who gets a new password here."""
    mine = platform.sign_ins["observer"]
    admin = desks.of("district_admin")
    items = admin.get("identity/accounts?limit=200")["items"]
    other = next(
        a
        for a in items
        if a["email"] != mine["email"]
        and any(g["role"] == "observer" for g in a["grants"])
        and a["email"] not in {s["email"] for s in platform.sign_ins.values()}
    )
    headers = {"Origin": platform.url}
    api = f"{platform.url}/api/identity"
    link = admin.context.request.post(f"{api}/accounts/{other['person_id']}/password-link", headers=headers)
    assert link.ok, link.text()
    token = link.json()["password_url"].partition("#token=")[2]
    password = "a long enough password"
    done = admin.context.request.post(f"{api}/password", headers=headers, data={"token": token, "password": password})
    assert done.ok, done.text()
    return [mine, {"email": other["email"], "password": password}]


@pytest.fixture
def new_tablet(playwright: Playwright, platform: Platform, tmp_path: Path) -> Iterator[Any]:
    """Makes tablets, each with a disk of its own; they are put away at the end."""
    from tests.web.tablet import Tablet

    made: list[Tablet] = []

    def make(**how: Any) -> Tablet:
        made.append(Tablet(playwright, platform, tmp_path / f"tablet-{len(made)}"))
        return made[-1].start(**how)

    yield make
    for tablet in made:
        tablet.stop()
