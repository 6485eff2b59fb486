"""A district's year, in the order in which answers are worth having: greedy at once, the regional plan next, the
full programme, then other days. The bound is proved in a process beside it. Stoppable at any time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import numpy as np

from services.scheduling.planning.check import violations
from services.scheduling.planning.document import from_json, to_json
from services.scheduling.planning.greedy import finish, greedy, place, staffed
from services.scheduling.planning.indexed import Floats, Indexed, Ints
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.messages import Flows, Progress
from services.scheduling.planning.plan import UNITS, Plan
from services.scheduling.planning.solve.bound import at_least, climbed
from services.scheduling.planning.solve.dates import Dates, change_cost
from services.scheduling.planning.solve.groups import Leading, Observing, flows, tied
from services.scheduling.planning.solve.helper import Helper
from services.scheduling.planning.solve.mixing import mixed
from services.scheduling.planning.solve.people import People
from services.scheduling.planning.solve.regional import regional
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.start import ImproveTask
from services.scheduling.planning.validate import validated
from services.scheduling.planning.worker import Told

LARGE = 300_000
"""People x rounds from which regions are planned first."""
CITY = 5_000_000
"""People x rounds from which the full programme is not tried."""
_ALIKE = 0.5
"""Where groups of like people are more than this of all people x rounds, prices climb first."""
_WAITS = 0.3
"""Of its time a search waits at most so much for the flows that the regions begin with; then the last ones serve."""


def greedy_only(task: bytes, told: Told) -> Plan:
    plan = greedy(from_json(task))
    told.plan(plan, "greedy")
    return plan


def solve(task: bytes, told: Told) -> Plan:
    """The best plan found until time is up, it is asked to stop, or the plan is proved best."""
    return _solve(from_json(task), task, None, told)


def improve(task: bytes, told: Told) -> Plan:
    """The same, from a plan on that an earlier attempt kept."""
    given = msgspec.json.decode(task, type=ImproveTask)
    return _solve(validated(given.instance), to_json(given.instance), given.start, told)


def _solve(instance: Instance, task: bytes, start: Plan | None, told: Told) -> Plan:
    view = Indexed(instance)
    begun = start is not None and not violations(instance, start)
    if begun and start is not None:
        if start.bound is not None:
            told.raise_bound(start.bound)
        told.plan(replace(start, bound=None), "kept")
        days = np.array([view.day_of[day] for day in _days_in_order(view, start)], dtype=np.int64)
    else:
        days = place(view)
        told.plan(staffed(view, days, method="greedy"), "greedy")
    size = len(view.people) * len(view.rounds)
    heard = list[Flows]()
    helper = Helper("bound", task, told, seconds=told.left, hears=lambda p: _hear(told, p, heard))
    try:
        if size > LARGE and not (begun and start is not None and start.method in ("regional", "full")):
            while helper.running and not (heard and heard[-1].last) and told.left > (1 - _WAITS) * told.limit:
                helper.pause()
            regional(view, told, heard[-1] if heard else None)
            if told.best is not None and told.best.complete:
                days = np.array([view.day_of[day] for day in _days_in_order(view, told.best)], dtype=np.int64)
            _mix(view, told, told.best)
        if size <= CITY:
            if (days < 0).any():
                days = _other_days(view, told, days)
            if (days >= 0).all():
                _search(view, told, days)
        helper.wait(told)
    finally:
        helper.end()
    return _best(told)


def _days_in_order(view: Indexed, plan: Plan) -> list[date]:
    days = {r.round: r.day for r in plan.rounds}
    return [day for r in view.rounds if (day := days[r.id]) is not None]


def bound(task: bytes, told: Told) -> None:
    """No plan of the instance costs less, whatever its days. Told as it rises: each round's cheapest team at once, then
    what the programme of like people proves, then the full one, where it knows more and the district is no city."""
    view = Indexed(from_json(task))
    days_alone, people = _days_alone(view), -np.inf

    def tell(units: float) -> None:
        nonlocal people
        people = max(people, units)
        told.raise_bound((people + days_alone) / UNITS)

    seats = Seats(view, None)
    tell(at_least(seats))
    leading, observing = Leading(seats), Observing(seats)
    lead = leading.relax(told, lambda units: None)
    constant, size = seats.constant, len(view.people) * len(view.rounds)
    if observing.cost.size > _ALIKE * size and size > LARGE:
        climbed(seats, told, tell)
    del seats  # a city's tables are large

    def turn(units: float) -> None:
        tell(constant + lead + units)
        if size > LARGE:
            told.flows(flows(observing, leading, last=False))

    observing.relax(told, turn)
    told.flows(flows(observing, leading, last=True))
    if tied(view) and size <= CITY:
        People(view, None, start=greedy(view.instance)).relax(told, told_bound=tell)
    if view.instance.weights.uneven_pace and told.left > 0:
        days_alone = max(days_alone, Dates(view, priced=False).least(told.left))
    tell(0.0)


def _days_alone(view: Indexed) -> float:
    """Units that the days alone cost at least: each round on its best."""
    cost = np.where(view.day_ok, view.day_cost + change_cost(view), np.iinfo(np.int64).max)
    best = cost.min(axis=1) if cost.shape[1] else np.zeros(0)
    return float(best[view.day_ok.any(axis=1)].sum())


def _best(told: Told) -> Plan:
    assert told.best is not None
    return replace(told.best, bound=told.bound)


def _hear(told: Told, progress: Progress, heard: list[Flows]) -> None:
    if progress.bound is not None:
        told.raise_bound(progress.bound)
    if progress.flows is not None:
        heard.append(progress.flows)


def _proved(told: Told) -> bool:
    return told.best is not None and told.bound is not None and told.best.cost <= told.bound + 1e-6


def _people(view: Indexed, told: Told, days: Ints, *, method: str) -> People:
    """The best staff of these days."""
    told.doing("people")
    model = People(view, days, start=told.best)
    model.relax(told)
    if found := model.whole(told, told.left):
        plan = finish(view, days, found.leaders, found.teams, method)
        told.plan(plan, "people")
        _mix(view, told, plan)
    return model


def _mix(view: Indexed, told: Told, plan: Plan | None) -> None:
    """The same with fewer who meet again, where that counts: the programmes know nothing of it."""
    if plan is not None and view.instance.weights.met_again:
        told.doing("mixing")
        told.plan(mixed(view, plan, told, seconds=max(told.left, 1.0)), "mixing")


def _other_days(view: Indexed, told: Told, days: Ints, prices: Floats | None = None) -> Ints:
    told.doing("dates")
    found = Dates(view, priced=True, prices=prices).solve(
        told.left, gap=0.002, stop=lambda: told.left <= 0 or _proved(told)
    )
    return days if found is None else found.days


def _search(view: Indexed, told: Told, days: Ints) -> None:
    """People on the first days; then, while there is time and no proof, days at the prices that people had."""
    seen: set[bytes] = set()
    while told.left > 0 and not _proved(told) and days.tobytes() not in seen:
        seen.add(days.tobytes())
        model = _people(view, told, days, method="full")
        if told.left > 0 and not _proved(told):
            days = _other_days(view, told, days, model.date_prices())
