"""The rounds service: the one place where its parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI

from services.rounds.board.api import router as board_router
from services.rounds.board.rooms import BoardRooms
from services.rounds.capture.api import router as capture_router
from services.rounds.capture.commands import CaptureBatch
from services.rounds.capture.corrections import resume_erasures
from services.rounds.capture.slots import SlotBook
from services.rounds.capture.words import Words
from services.rounds.commitments.api import router as commitments_router
from services.rounds.contract import PUBLISHED
from services.rounds.cycles.api import router as cycles_router
from services.rounds.cycles.artefacts_api import router as artefacts_router
from services.rounds.cycles.erasing import erase_everywhere
from services.rounds.debrief.api import router as debrief_router
from services.rounds.deps import Deps
from services.rounds.follow_up.api import router as follow_up_router
from services.rounds.imports import reactions as import_reactions
from services.rounds.imports.api import router as imports_router
from services.rounds.imports.history import router as imports_history_router
from services.rounds.instruments.api import router as instruments_router
from services.rounds.meetings import reactions as meeting_reactions
from services.rounds.meetings.api import router as meetings_router
from services.rounds.partners.api import router as partners_router
from services.rounds.progress.api import router as progress_router
from services.rounds.protocols.api import router as protocols_router
from services.rounds.publish import PUBLISH
from services.rounds.reactions import register
from services.rounds.rounds.api import router as rounds_router
from services.rounds.settings import RoundsSettings
from services.rounds.suggestions.api import router as suggestions_router
from services.rounds.suggestions.jobs import Jobs
from services.rounds.trainings.api import router as trainings_router
from shared.dead_letters import dead_letters_router
from shared.http import Verifier, create_app
from shared.kernel import Kernel
from shared.messages import utc_now
from shared.service import Service
from shared.settings import load
from shared.tokens import TokenVerifier


def build(
    settings: RoundsSettings | None = None,
    verifier: Verifier | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
) -> Service:
    """The service, not yet started. Without arguments: settings from the environment, keys from identity."""
    settings = settings or load(RoundsSettings)
    kernel = Kernel("rounds", settings, PUBLISH)
    words = Words(settings.keys())
    deps = Deps.over(kernel.db, words, store=kernel.store, clock=clock)
    register(kernel.reactions, deps)
    import_reactions.register(kernel.reactions, kernel.db)
    meeting_reactions.register(kernel.reactions, deps)
    app = app_of(deps, verifier or TokenVerifier.at(settings.jwks_url))
    app.include_router(dead_letters_router(kernel.db, kernel.reactions))
    kernel.answer_once(app)

    async def start() -> None:
        await words.start()
        await kernel.start()
        await erase_everywhere(deps)
        await resume_erasures(deps)

    async def stop() -> None:
        app.state.rooms.close()
        deps.watches.close()
        await kernel.stop()
        await words.close()

    return Service("rounds", app, start, stop, kernel.ready, lambda: kernel.asyncapi(PUBLISHED))


def app_of(deps: Deps, verifier: Verifier) -> FastAPI:
    """What the service answers over HTTP."""
    app = create_app("rounds", verifier, description=__doc__ or "")
    app.state.deps = deps
    slots, rooms = SlotBook(deps), BoardRooms(deps)
    app.state.rooms = rooms
    for router in (
        capture_router(deps, slots),  # first: routes are tried in order, and devices post most
        rounds_router(deps, slots),
        debrief_router(deps, slots, rooms),
        follow_up_router(deps),
        board_router(deps, rooms),
        suggestions_router(deps, Jobs()),
        instruments_router(deps),
        imports_router(deps),
        imports_history_router(deps),
        protocols_router(deps),
        partners_router(deps),
        cycles_router(deps),
        artefacts_router(deps),
        commitments_router(deps),
        meetings_router(deps),
        trainings_router(deps),
        progress_router(deps),
    ):
        app.include_router(router)
    _describe_batches(app)
    return app


def _describe_batches(app: FastAPI) -> None:
    """The capture route reads its body itself: its schema joins the document here."""
    without = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = without()
            schema = CaptureBatch.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas = document["components"]["schemas"]
            schemas.update(schema.pop("$defs", {}))
            schemas["CaptureBatch"] = schema
        return app.openapi_schema or without()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the document
