"""A district's year, best answer first at hand: greedy at once, then dates, then people."""

from __future__ import annotations

from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import from_json
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.worker import Told


def greedy_only(task: bytes, told: Told) -> Plan:
    plan = greedy(from_json(task))
    told.plan(plan, "greedy")
    return plan


def solve(task: bytes, told: Told) -> Plan:
    return greedy_only(task, told)
