"""Nothing moves under the reader's eyes: the browser's own layout shifts of both apps, within the budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.bench.page_vitals import largest_session
from tests.web.conftest import SIZES, Desks, settled
from tests.web.tablet import Tablet
from tests.web.test_screens import SCREENS

BUDGET = 0.05  # CLS
_WATCH = """
  window.shifts = [];
  const told = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.outerHTML.slice(0, 120);
  new PerformanceObserver((list) => list.getEntries().forEach((e) => e.hadRecentInput ||
    shifts.push({ at: e.startTime, score: e.value, of: e.sources.map((s) => told(s.node)) })))
    .observe({ type: 'layout-shift', buffered: true });
"""
# What a page asks for first, which is what stands at its top, is answered last.
_LATE = """
  const [send, stepMs, last] = [window.fetch, 50, 5];
  let nth = 0;
  window.waiting = 0;
  // A slow machine shows no screen in parts.
  document.addEventListener('readystatechange', () => document.documentElement.style.setProperty('--patience', '60s'));
  window.fetch = async (...asked) => {
    const late = Math.max(1, last - nth++) * stepMs;
    waiting += 1;
    try {
      const answer = await send(...asked);
      await new Promise((done) => setTimeout(done, late));
      return answer;
    } finally {
      waiting -= 1;
    }
  };
"""
_ANSWERED = "() => !waiting && !document.querySelector('[aria-busy=true]')"
# An observer is told of a frame's shifts after it was drawn.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def moved(page: Page) -> str:
    """By how much the page moved since it was opened, and what did; nothing within the budget."""
    page.evaluate(_DRAWN)
    shifts: list[dict[str, Any]] = page.evaluate("shifts")
    cls = largest_session([(s["at"], s["score"]) for s in shifts])
    worst = "\n".join(f"{s['score']:.3f} {s['of']}" for s in sorted(shifts, key=lambda s: -s["score"])[:4])
    return f"{page.url} moved by {cls:.3f}:\n{worst}" if cls > BUDGET else ""


def steady(page: Page) -> None:
    assert not (told := moved(page)), told


def test_the_capture_app_stays_where_it_is_drawn(new_tablet: Callable[..., Tablet]) -> None:
    tablet = new_tablet()
    tablet.context.add_init_script(_WATCH)
    page = tablet.page
    page.set_viewport_size({"width": 360, "height": 740})
    tablet.open()
    steady(page)
    tablet.sign_in().ready()
    steady(page)
    slot = page.locator("a.slot").first.get_attribute("href")
    assert slot
    here = slot.removeprefix("/capture")
    for width, height in ((360, 740), (820, 1180)):
        page.set_viewport_size({"width": width, "height": height})
        for offline in (False, True):
            tablet.offline(offline)
            for path in ("/", here, f"{here}/wrap-up", "/outbox"):
                tablet.open(path)
                if path == "/":
                    tablet.ready()
                expect(page.locator("[aria-busy=true]")).to_have_count(0)
                steady(page)
            tablet.offline(False)


@pytest.mark.parametrize("role", sorted({role for role, _, _ in SCREENS}))
def test_a_desk_screen_stays_where_it_is_drawn_however_late_its_parts_come(desks: Desks, role: str) -> None:
    desk = desks.of(role)
    paths = [path.format(find(desk)) if find else path for of, path, find in SCREENS if of == role]
    page = desk.context.new_page()
    page.add_init_script(_WATCH + _LATE)
    told = []
    for size in ("phone", "desktop"):
        page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
        for path in paths:
            page.goto(f"{desk.platform.url}/desk{path}")
            settled(page)
            page.wait_for_function(_ANSWERED)
            assert page.evaluate("document.documentElement.style.getPropertyValue('--patience')") == "60s"
            if found := moved(page):
                told.append(f"{size}: {found}")
    page.close()
    assert not told, "\n".join(told)
