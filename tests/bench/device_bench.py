"""One tablet hands in a day of 2,000 statements, its processor slowed down fourfold: from the network's return until
the ledger has confirmed everything. Beside it what one tap costs: from the tap until the words are on the disk, with
that day waiting and in an ordinary visit; there in turn with the floor, a bare write of as many rows by the browser's
own database, as durable.

The statements are spread over all the slots of the demo's observer, on a platform of its own.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.harness import Bench, BenchServers, Measure, NotHere, Target
from tests.bench.page_vitals import COLD, INP, LCP, SHIFT, vitals

if TYPE_CHECKING:
    from tests.web.conftest import Platform

STATEMENTS = 2000
SLOWER = 4
TAPS = 60
TAP = "from tap to disk in a visit, p95, ms"
_TYPE = """async ([count, from]) => {
  const area = document.getElementById('words');
  const took = [];
  for (let n = 0; n < count; n++) {
    area.value = `Student ${n % 28} read line ${from + n} aloud and wrote two words of it.`;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => setTimeout(done));
    const start = performance.now();
    document.querySelectorAll('.core-button')[n % 4].click();
    while (area.value !== '') await new Promise((done) => setTimeout(done));
    took.push(performance.now() - start);
  }
  return took;
}"""

_BARE = """async (n) => {
  const wait = (request, event) =>
    new Promise((done, fail) => {
      request[event] = () => done(request.result);
      request.onerror = fail;
    });
  if (!window.floor) {
    const open = indexedDB.open('floor', 1);
    const make = (name) => open.result.createObjectStore(name);
    open.onupgradeneeded = () => ['rows', 'numbers', 'kept'].forEach(make);
    window.floor = await wait(open, 'onsuccess');
  }
  const box = crypto.getRandomValues(new Uint8Array(600));
  const start = performance.now();
  const held = floor.transaction(['rows', 'numbers', 'kept'], 'readwrite', { durability: 'strict' });
  held.objectStore('numbers').put(n, 'seq');
  held.objectStore('rows').add({ box, at: n }, n);
  held.objectStore('kept').delete('draft');
  await wait(held, 'oncomplete');
  return performance.now() - start;
}"""


def taps_of_a_visit(platform: Platform, disk: Path, taps: int = TAPS) -> dict[str, float]:
    """One statement after another in one classroom, with a network; after each a bare write."""
    from playwright.sync_api import sync_playwright

    from tests.web.tablet import Tablet

    with sync_playwright() as playwright:
        tablet = Tablet(playwright, platform, disk).start()
        try:
            tablet.sign_in().ready()
            page = tablet.slot(1).page
            took: list[float] = []
            bare: list[float] = []
            for n in range(1, taps + 1):
                took += page.evaluate(_TYPE, [1, n])
                bare.append(page.evaluate(_BARE, n))
        finally:
            tablet.stop()
    return {
        "from tap to disk in a visit, p50, ms": statistics.median(took),
        TAP: statistics.quantiles(took, n=20)[-1],
        "the same, a bare write, p50, ms": statistics.median(bare),
        "the same, a bare write, p95, ms": statistics.quantiles(bare, n=20)[-1],
    }


def sync_of_a_day(platform: Platform, disk: Path, statements: int = STATEMENTS) -> dict[str, float]:
    """The figures of one tablet."""
    from playwright.sync_api import expect, sync_playwright

    from tests.web.tablet import Tablet

    with sync_playwright() as playwright:
        tablet = Tablet(playwright, platform, disk).start()
        try:
            tablet.sign_in().ready()
            tablet.offline()
            taps: list[float] = []
            slots = tablet.open().locator("a.slot").count()
            each = -(-statements // slots)
            for n in range(slots):
                tablet.slot(n)
                taps += tablet.page.evaluate(_TYPE, [min(each, statements - n * each), n * each])
            tablet.open("/outbox")
            cdp = tablet.context.new_cdp_session(tablet.page)
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            started = time.perf_counter()
            tablet.offline(False)
            tablet.page.evaluate("dispatchEvent(new Event('online'))")
            everything = tablet.page.get_by_role("link", name="Everything is in")
            expect(everything).to_be_visible(timeout=120_000)
            took = time.perf_counter() - started
        finally:
            tablet.stop()
    return {
        f"sync of {statements:,} statements at {SLOWER}x slow-down, s": took,
        "from tap to disk, p50, ms": statistics.median(taps),
        "from tap to disk, p95, ms": statistics.quantiles(taps, n=20)[-1],
    }


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    from tests.e2e.one_machine import RondoUp
    from tests.web.conftest import CHROMIUM, Platform, until_up

    if CHROMIUM is None:

        async def absent(_: float) -> Mapping[str, float]:
            raise NotHere("the browser's measures need chromium")

        yield {"device": absent}
        return
    run = RondoUp(servers.folder / "platform")
    try:
        await asyncio.to_thread(until_up, run)
        platform = Platform.at(run.home, run.url)
        turn = iter(range(1000))

        async def device(_: float) -> Mapping[str, float]:
            return await asyncio.to_thread(sync_of_a_day, platform, servers.folder / f"tablet-{next(turn)}")

        async def page(_: float) -> Mapping[str, float]:
            return await asyncio.to_thread(vitals, platform, servers.folder / f"tablet-{next(turn)}")

        async def visit(_: float) -> Mapping[str, float]:
            return await asyncio.to_thread(taps_of_a_visit, platform, servers.folder / f"tablet-{next(turn)}")

        yield {"page": page, "visit": visit, "device": device}
        run.interrupt()
    finally:
        run.end()


BENCH = Bench(
    "device",
    measures,
    [
        Target(f"sync of {STATEMENTS:,} statements at {SLOWER}x slow-down, s", at_most=10),
        Target(TAP, at_most=50),
        Target("from tap to disk, p95, ms", at_most=50),
        Target(LCP, at_most=1.8),
        Target(SHIFT, at_most=0.05),
        Target(INP, at_most=200),
        Target(COLD, at_most=1.5),
    ],
    rounds=1,
)
