"""Ending background tasks for certain."""

from __future__ import annotations

import asyncio
from typing import Any  # whatever the tasks return

import structlog

log = structlog.get_logger(__name__)
_AGAIN = 0.2  # seconds


async def end(*tasks: asyncio.Task[Any] | None) -> None:
    """Cancels the tasks until they are done. Once is not enough: nats-py's `_flush_pending` swallows a
    cancellation, and so may `asyncio.wait_for` of Python 3.11 when its answer comes in the same moment."""
    pending = {t for t in tasks if t is not None and not t.done()}
    while pending:
        for task in pending:
            task.cancel()
        done, pending = await asyncio.wait(pending, timeout=_AGAIN)
        for task in done:
            if not task.cancelled() and (error := task.exception()) is not None:
                log.debug("a task ended with an error while it was stopped", task=task.get_name(), error=repr(error))
