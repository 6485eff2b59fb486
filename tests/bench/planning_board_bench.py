"""The planning board of 200 schools and 400 rounds over a term, in Chromium: drawn, scrolled, walked by key.

The demo's platform with invented schools brought in beside its own; the processor is not slowed down. The term is the
`DAYS` weekdays after today, which is about 17,000 cells.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from tests.bench.harness import Bench, BenchServers, Measure, NotHere, Target

if TYPE_CHECKING:
    from tests.web.conftest import Desk, Platform

SCHOOLS, ROUNDS, DAYS = 200, 400, 85
NAME = f"board of {SCHOOLS} schools and {ROUNDS} rounds, "
DRAWN = NAME + "a term chosen until it is drawn, s"
SCROLL = NAME + "slowest frame of scrolling, ms"
KEY = NAME + "arrow key to next frame, p95, ms"
_FRAMES = """async (steps) => {
  const board = document.querySelector('.board');
  let slowest = 0, last = performance.now();
  for (let n = 0; n < steps; n++) {
    board.scrollTop = (n * 211) % (board.scrollHeight - board.clientHeight);
    board.scrollLeft = (n * 97) % (board.scrollWidth - board.clientWidth);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    slowest = Math.max(slowest, now - last);
    last = now;
  }
  board.scrollTop = board.scrollLeft = 0;
  return slowest;
}"""
_KEYS = """async (steps) => {
  const took = [];
  const keys = ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft'];
  document.querySelector('[data-round]').focus();
  for (let n = 0; n < steps; n++) {
    const start = performance.now();
    const key = new KeyboardEvent('keydown', { key: keys[n % 4], bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(key);
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    took.push(performance.now() - start);
  }
  return took;
}"""


def fill(admin: Desk, desk: Desk) -> list[date]:
    """Brings the schools in and schedules their rounds; answers the term's days."""
    base, request, dice = desk.platform.url, desk.context.request, Random(200)
    held = desk.get("scheduling/schools?limit=200")["items"]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-71.9 + dice.random(), 43.5 + dice.random()]},
            "properties": {
                "nces_id": f"77{n:010d}", "name": f"Board School {n:03d}", "grades_low": "KG", "grades_high": "5",
                "grade_bucket": "Elementary", "district_name": "Maple Valley Schools",
            },
        }
        for n in range(SCHOOLS - len(held))
    ]  # fmt: skip
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    file = {"name": "schools.geojson", "mimeType": "application/geo+json", "buffer": data}
    answer = admin.context.request.post(
        f"{base}/api/scheduling/imports/schools", multipart={"file": file}, headers={"Origin": base}
    )
    assert answer.ok, answer.text()
    days, day = [], date.today()
    while len(days) < DAYS:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    schools = [s for s in desk.get("scheduling/schools?limit=200")["items"] if s["name"].startswith("Board")]
    leads = [p["person_id"] for p in desk.get("scheduling/people?limit=200")["items"]]
    made, tries = 0, [(d, p) for p in leads for d in days]
    dice.shuffle(tries)
    for day, lead in tries:
        if made == ROUNDS:
            break
        body = {"school_id": schools[made % len(schools)]["school_id"], "day": day.isoformat(), "facilitator_id": lead}
        answer = request.post(f"{base}/api/scheduling/rounds", data=body, headers={"Origin": base})
        made += answer.status == 201
    assert made == ROUNDS, f"only {made} rounds could be scheduled: {answer.text()}"
    return days


def measured(platform: Platform) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    from tests.web.conftest import BROWSER_FLAGS, CHROMIUM, Desk

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        admin = Desk(platform, browser.new_context()).sign_in("district_admin")
        desk = Desk(platform, browser.new_context(viewport={"width": 1440, "height": 900})).sign_in("district_leader")
        page = desk.page
        days = fill(admin, desk)
        desk.open("/planning")
        began = time.perf_counter()
        page.get_by_label("To", exact=True).fill(days[-1].isoformat())
        page.wait_for_function("(n) => document.querySelectorAll('[data-round]').length >= n", arg=ROUNDS - 20)
        drawn = time.perf_counter() - began
        scroll = float(page.evaluate(_FRAMES, 60))
        keys = page.evaluate(_KEYS, 40)
        desk.shoot("planning-board-200")
        browser.close()
    return {
        DRAWN: drawn,
        SCROLL: scroll,
        KEY: statistics.quantiles(keys, n=20)[-1],
    }


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    from tests.e2e.one_machine import RondoUp
    from tests.web.conftest import CHROMIUM, Platform, until_up

    if CHROMIUM is None:

        async def absent(_: float) -> Mapping[str, float]:
            raise NotHere("the browser's measures need chromium")

        yield {"board": absent}
        return
    run = RondoUp(servers.folder / "platform")
    try:
        await asyncio.to_thread(until_up, run)
        platform = Platform.at(run.home, run.url)

        async def board(_: float) -> Mapping[str, float]:
            return await asyncio.to_thread(measured, platform)

        yield {"board": board}
        run.interrupt()
    finally:
        run.end()


BENCH = Bench(
    "planning_board",
    measures,
    [
        Target(DRAWN, at_most=2),
        Target(SCROLL, at_most=100),
        Target(KEY, at_most=100),
    ],
    rounds=1,
)
