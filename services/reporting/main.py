"""The composition root of reporting."""

from __future__ import annotations

import asyncio

from services.reporting.contract import PUBLISHED
from services.reporting.deps import Deps
from services.reporting.district import api as district
from services.reporting.extracts import api as extracts
from services.reporting.figures.intervals import warm_up
from services.reporting.follow_through import api as follow_through
from services.reporting.handout import api as handout
from services.reporting.handout.words import RoundsWords
from services.reporting.live import api as live
from services.reporting.live.hub import Hub
from services.reporting.operations import api as operations
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.reporting.publish import PUBLISH
from services.reporting.releases import api as releases
from services.reporting.releases.freeze import Freezer
from services.reporting.sections import api as sections
from services.reporting.sections.freeze import Sectioner
from services.reporting.settings import ReportingSettings
from services.rounds.contract import RoundReleased
from shared.dead_letters import dead_letters_router
from shared.http import Verifier, create_app
from shared.kernel import Kernel
from shared.refill import Refill
from shared.service import Service
from shared.settings import load
from shared.tokens import TokenVerifier

NAME = "reporting"
ASKED_SECONDS = 5.0
"""How long tables may stand still while somebody waits for an answer made of them."""
DESCRIPTION = "Figures of rounds: live for their facilitators, frozen and suppressed for everybody else."


def build(settings: ReportingSettings | None = None, verifier: Verifier | None = None) -> Service:
    """Reporting, not yet started. Without arguments: settings from the environment, keys from identity."""
    settings = settings or load(ReportingSettings)
    kernel = Kernel(NAME, settings, PUBLISH, [SchoolPatterns()])
    hub = Hub(kernel.db)
    head = Refill(kernel.link, "operations", timeout=2.0).head
    freezer = Freezer(kernel.db, kernel.store, Tables(kernel.db, head))
    kernel.reactions.on("rounds", RoundReleased, freezer.on_released)
    deps = Deps(
        kernel.db,
        hub,
        head,
        settings.live_pause_seconds,
        settings.live_heartbeat_seconds,
        RoundsWords(settings.rounds_url),
        Sectioner(kernel.db, kernel.store, Tables(kernel.db, head, patience=ASKED_SECONDS)),
        kernel.projections,
        settings.operator_districts,
    )
    app = create_app(NAME, verifier or TokenVerifier.at(settings.jwks_url), description=DESCRIPTION)
    for part in (live, releases, handout, follow_through, district, sections, extracts, operations):
        app.include_router(part.router(deps))
    app.include_router(dead_letters_router(kernel.db, kernel.reactions))

    warming: list[asyncio.Task[None]] = []

    async def start() -> None:
        await kernel.start()
        await hub.start()
        warming.append(asyncio.create_task(warm_up()))  # the first figures need not wait for it

    async def stop() -> None:
        await asyncio.gather(*warming)
        await hub.stop()
        await kernel.stop()

    return Service(NAME, app, start, stop, kernel.ready, lambda: kernel.asyncapi(PUBLISHED))
