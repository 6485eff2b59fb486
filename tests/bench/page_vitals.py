"""What the capture app costs the person who waits for it: the first load on slow 4G, a start without a network, taps.

The network is Chromium's own slow 4G (1.6 Mbit/s, 150 ms), the processor slowed down fourfold. The largest paint and
the shifts are what the browser itself reports, the taps what it calls event timing: from the finger to the next frame.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.web.conftest import Platform

LCP = "largest paint on slow 4G at 4x slow-down, s"
SHIFT = "layout shift of a visit, CLS"
INP = "from tap to next frame at 4x slow-down, p98, ms"
COLD = "start without a network until the visits show, s"
SLOWER = 4
TAPS = 16
_SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
_FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
_WATCH = """
  window.seen = { paint: 0, shifts: [], taps: [] };
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (seen.paint = e.startTime)))
    .observe({ type: 'largest-contentful-paint', buffered: true });
  const shift = (e) => e.hadRecentInput || seen.shifts.push([e.startTime, e.value]);
  new PerformanceObserver((list) => list.getEntries().forEach(shift))
    .observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((e) => e.interactionId && seen.taps.push(e.duration)))
    .observe({ type: 'event', durationThreshold: 16, buffered: true });
"""
_VISITS_AT = """() => new Promise((done) => {
  const look = () => (document.querySelector('a.slot') ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""


def vitals(platform: Platform, disk: Path) -> dict[str, float]:
    """The figures of one tablet: first load, a visit with some taps, a cold start without a network."""
    from playwright.sync_api import expect, sync_playwright

    from tests.web.tablet import CORE, Tablet

    with sync_playwright() as playwright:
        tablet = Tablet(playwright, platform, disk).start()
        try:
            tablet.context.add_init_script(_WATCH)
            browser = tablet.context.new_cdp_session(tablet.page)
            browser.send("Network.enable")
            browser.send("Network.emulateNetworkConditions", _SLOW_4G)
            browser.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            tablet.open()
            expect(tablet.page.get_by_label("E-mail address")).to_be_visible()
            paint = float(_seen(tablet)["paint"]) / 1000
            browser.send("Network.emulateNetworkConditions", _FAST)
            browser.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            tablet.sign_in().ready()
            tablet.slot()
            browser.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            for n in range(TAPS):
                tablet.write(f"Student {n} read line {n} aloud.", CORE[n % len(CORE)])
            visit = _seen(tablet)
            taps = sorted(float(t) for t in visit["taps"])
            browser.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            tablet.all_in()
            tablet.offline()
            starts = []
            for _ in range(5):
                tablet.page.goto(f"{tablet.url}/capture/")
                starts.append(float(tablet.page.evaluate(_VISITS_AT)) / 1000)
        finally:
            tablet.stop()
    return {
        LCP: paint,
        SHIFT: largest_session(visit["shifts"]),
        INP: taps[int(len(taps) * 0.98)] if taps else 0.0,  # none was slow enough to be reported
        COLD: statistics.median(starts),
    }


def largest_session(shifts: list[tuple[float, float]]) -> float:
    """CLS as it is defined: the largest sum over shifts less than 1 s apart, within 5 s. `shifts`: ms, score."""
    most = total = 0.0
    first = last = float("-inf")
    for at, score in shifts:
        if at - last > 1000 or at - first > 5000:
            first, total = at, 0.0
        total, last = total + score, at
        most = max(most, total)
    return most


def _seen(tablet: Any) -> dict[str, Any]:  # Tablet is imported late
    seen: dict[str, Any] = tablet.page.evaluate("window.seen")
    return seen
