"""Errors of this service alone."""

from __future__ import annotations

from shared.errors import RondoError


class Gone(RondoError):
    """It was there for this actor, and by rule is no longer shown."""

    status = 410
    type = "gone"
    title = "No longer shown"
