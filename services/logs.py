"""Structured logs: one JSON object a line, with the trace id where one runs."""

from __future__ import annotations

import errno
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog
from opentelemetry import trace

# Never the values of local variables: they hold people's words and passwords.
_FRAMES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LARGEST = 5_000_000  # bytes of rondo.log before it is set aside


class _ToFile(RotatingFileHandler):
    """On a full disk what should be logged is left out, not told to whoever looks at the console."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        error = sys.exception()
        if not (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)):
            super().handleError(record)


def configure(file: Path | None = None) -> None:
    """Everything from WARNING on, and our own from INFO on, to `file`, or to stderr without one; everything from the
    level on that RONDO_LOG_LEVEL names, where it does. No level tells people's words."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace_id,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler: logging.Handler = (
        _ToFile(file, maxBytes=_LARGEST, backupCount=2) if file else logging.StreamHandler(sys.stderr)
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(_FRAMES),
                structlog.processors.JSONRenderer(default=str),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    asked = os.environ.get("RONDO_LOG_LEVEL", "").upper()
    if asked and asked not in _LEVELS:
        sys.stderr.write(f"setting RONDO_LOG_LEVEL: it is one of {', '.join(_LEVELS)}\n")
        raise SystemExit(2)
    root.setLevel(asked or logging.WARNING)
    logging.captureWarnings(True)
    for name in ("shared", "services"):
        logging.getLogger(name).setLevel(asked or logging.INFO)
    logging.getLogger("sse_starlette").setLevel(logging.INFO)  # below that it logs what it sends: people's words


def _trace_id(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = format(context.trace_id, "032x")
    return event
