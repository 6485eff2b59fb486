"""Nothing moves under the reader's eyes: the browser's own layout shifts of the capture app, within the budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.bench.page_vitals import largest_session
from tests.web.tablet import Tablet

BUDGET = 0.05  # CLS
_WATCH = """
  window.shifts = [];
  const told = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.outerHTML.slice(0, 120);
  new PerformanceObserver((list) => list.getEntries().forEach((e) => e.hadRecentInput ||
    shifts.push({ at: e.startTime, score: e.value, of: e.sources.map((s) => told(s.node)) })))
    .observe({ type: 'layout-shift', buffered: true });
"""
# An observer is told of a frame's shifts after it was drawn.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def steady(page: Page) -> None:
    page.evaluate(_DRAWN)
    shifts: list[dict[str, Any]] = page.evaluate("shifts")
    cls = largest_session([(s["at"], s["score"]) for s in shifts])
    worst = "\n".join(f"{s['score']:.3f} {s['of']}" for s in sorted(shifts, key=lambda s: -s["score"])[:4])
    assert cls <= BUDGET, f"{page.url} moved by {cls:.3f}:\n{worst}"


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
