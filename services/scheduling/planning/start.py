"""The document of a year that goes on from a plan: the best of an earlier attempt, kept. No solver is imported here."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ImproveTask:
    instance: Instance
    start: Plan


def improve_task(instance: bytes, start: Plan) -> bytes:
    """`instance`: as JSON."""
    return msgspec.json.encode({"instance": msgspec.Raw(instance), "start": start})
