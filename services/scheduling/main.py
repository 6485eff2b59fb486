"""The composition root of scheduling."""

from __future__ import annotations

from services.scheduling.app import app_of
from services.scheduling.contract import PUBLISHED
from services.scheduling.deps import Deps
from services.scheduling.district import reactions
from services.scheduling.publish import PUBLISH
from services.scheduling.settings import SchedulingSettings
from shared.http import Verifier
from shared.kernel import Kernel
from shared.service import Service


def build(settings: SchedulingSettings, verifier: Verifier) -> Service:
    """Scheduling, not yet started."""
    kernel = Kernel("scheduling", settings, PUBLISH)
    reactions.wire(kernel.reactions, kernel.db)
    app = app_of(Deps(kernel.db, kernel.store), verifier)
    kernel.answer_once(app)
    return Service("scheduling", app, kernel.start, kernel.stop, kernel.ready, lambda: kernel.asyncapi(PUBLISHED))
