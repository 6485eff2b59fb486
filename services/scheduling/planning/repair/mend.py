"""The least change: rounds that the disruption breaks are planned anew, all others stay as they are.

Changes cost by the published plan's price, so that a round that must move keeps whom it can. Where a round still
lacks a facilitator or its minimum, neighbouring rounds are opened too.
"""

from __future__ import annotations

import msgspec
import numpy as np

from services.scheduling.planning.check import Violation, violations
from services.scheduling.planning.greedy import finish
from services.scheduling.planning.indexed import Indexed, Ints
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.part import part
from services.scheduling.planning.plan import UNITS, Plan
from services.scheduling.planning.repair.disruption import happened
from services.scheduling.planning.repair.tasks import Change, Repair, RepairTask
from services.scheduling.planning.solve.dates import Dates
from services.scheduling.planning.solve.people import People
from services.scheduling.planning.validate import validated
from services.scheduling.planning.worker import Told

_DAY_RULES = {"open_day", "blackout", "window", "gap", "rounds_per_day", "rounds_per_day_region"}
_WEEK_OFF = 5  # points by which a day a week further off is the worse one
_WIDEN = 6  # neighbouring rounds opened at a time


def mend(task: bytes, told: Told) -> Repair:
    given = msgspec.json.decode(task, type=RepairTask)
    instance = happened(validated(given.instance), given.plan, given.today, given.disruptions)
    kept = {r.id for r in instance.rounds}
    old = Plan(rounds=tuple(r for r in given.plan.rounds if r.round in kept), method="repair")
    view = Indexed(instance)
    days = _days_of(view, old)
    found = violations(instance, old)
    mine = set(range(len(view.rounds))) if given.only is None else {view.round_of[n] for n in given.only if n in kept}
    days, broken = _new_days(view, told, old, days, found, mine)
    free = broken | (_broken_people(instance, old, found) & mine)
    plan, widened = _staff(view, told, old, days, free), False
    while free and _wanting(plan, view, free) and told.left > 0 and len(free) < min(len(view.rounds), 60):
        wider = free | _neighbours(view, days, free)
        if wider == free:
            break
        free, widened = wider, True
        again = _staff(view, told, old, days, free)
        plan = again if again.cost < plan.cost else plan
    told.plan(plan, "repair")
    return _told(given, plan, widened, {view.rounds[r].id for r in mine | free})


def _days_of(view: Indexed, plan: Plan) -> Ints:
    days = np.full(len(view.rounds), -1, dtype=np.int64)
    for planned in plan.rounds:
        if planned.day is not None and planned.day in view.day_of:
            days[view.round_of[planned.round]] = view.day_of[planned.day]
    return days


def _new_days(
    view: Indexed, told: Told, old: Plan, days: Ints, found: tuple[Violation, ...], mine: set[int]
) -> tuple[Ints, set[int]]:
    """Other days for the rounds of `mine` whose day is broken; if need be for their hosts' other rounds as well."""
    broken = {view.round_of[v.round] for v in found if v.rule in _DAY_RULES and v.round}
    broken |= {r for r in range(len(view.rounds)) if days[r] < 0}
    for v in found:
        if v.rule in _DAY_RULES and v.round is None and v.day in view.day_of:
            broken |= {int(r) for r in np.flatnonzero(days == view.day_of[v.day])}
    broken &= mine
    if not broken:
        return days, broken
    hosts = {int(view.host[r]) for r in broken}
    wider = broken | {r for h in hosts for r in view.by_host[h]}
    for free in (broken, wider, set(range(len(view.rounds)))):
        beside = part(view, old, days, free)
        _near(beside, old)
        dated = Dates(beside, priced=True).solve(told.left, gap=0.0005)
        if dated is not None:
            new = days.copy()
            new[sorted(free)] = dated.days
            return new, {int(r) for r in np.flatnonzero(new != days)} | broken
    return days, broken


def _near(beside: Indexed, old: Plan) -> None:
    """A day costs more the further it is from the one that was lost."""
    before = {r.round: r.day.toordinal() for r in old.rounds if r.day is not None}
    at = np.array([d.toordinal() for d in beside.dates], dtype=np.int64)
    for r, wanted in enumerate(beside.rounds):
        if (day := before.get(wanted.id)) is not None:
            beside.day_cost[r] += np.rint(np.abs(at - day) * (_WEEK_OFF * UNITS / 7)).astype(np.int64)


def _broken_people(instance: Instance, plan: Plan, found: tuple[Violation, ...]) -> set[int]:
    rounds = {r.id: n for n, r in enumerate(instance.rounds)}
    free = {rounds[v.round] for v in found if v.round and v.rule not in _DAY_RULES}
    for v in found:  # caps and cover name a person, a school or a day: every round of theirs may give
        if v.round is None and v.rule not in _DAY_RULES:
            free |= {
                rounds[p.round]
                for p in plan.rounds
                if (v.observer in p.observers or v.observer == p.facilitator or v.observer is None)
                and (v.day is None or p.day == v.day)
            }
    return free


def _staff(view: Indexed, told: Told, old: Plan, days: Ints, free: set[int]) -> Plan:
    """The old plan with the free rounds staffed anew."""
    teams = {view.round_of[p.round]: [view.person_of[n] for n in p.observers] for p in old.rounds}
    leaders = {view.round_of[p.round]: view.person_of[p.facilitator] for p in old.rounds if p.facilitator}
    if opened := sorted(r for r in free if days[r] >= 0):
        beside = part(view, old, days, opened)
        model = People(beside, days[opened], start=old)
        model.relax(told)
        if found := model.whole(told, told.left):
            for n, r in enumerate(opened):
                teams[r] = found.teams[n]
                leaders.pop(r, None)
                if n in found.leaders:
                    leaders[r] = found.leaders[n]
        else:  # rules collide that those who stay break already: whoever is out is out all the same
            for r in opened:
                there = view.available[:, days[r]]
                teams[r] = [p for p in teams.get(r, []) if there[p]]
                if r in leaders and not there[leaders[r]]:
                    del leaders[r]
    return finish(view, days, leaders, teams, "repair")


def _wanting(plan: Plan, view: Indexed, free: set[int]) -> bool:
    """One of these rounds could not be published: nobody leads it, or too few come."""
    names = {view.rounds[r].id for r in free}
    return any(r.round in names and (r.facilitator is None or r.below_minimum > 0) for r in plan.rounds)


def _neighbours(view: Indexed, days: Ints, free: set[int]) -> set[int]:
    """Rounds near in time: their people could change places. Not of a visit that has begun: they may be out."""
    others = [r for r in range(len(view.rounds)) if r not in free and days[r] >= 0 and not view.begun[r]]
    at = np.array([days[r] for r in free if days[r] >= 0])
    if len(at) == 0:
        return set()
    others.sort(key=lambda r: (int(np.abs(at - days[r]).min()), r))
    return set(others[:_WIDEN])


def _told(given: RepairTask, plan: Plan, widened: bool, asked: set[str]) -> Repair:
    before = {r.round: r for r in given.plan.rounds}
    after = {r.round: r for r in plan.rounds}
    changes: list[Change] = []
    for name, old in before.items():
        own = tuple(sorted({*old.observers, *([old.facilitator] if old.facilitator else [])}))
        new = after.get(name)
        if new is None:
            changes.append(Change(round=name, what="cancelled", before=str(old.day), after=None, people=own))
            continue
        if new.day != old.day:
            now = tuple(sorted({*new.observers, *([new.facilitator] if new.facilitator else [])} & set(own)))
            days = (str(old.day) if old.day else None, str(new.day) if new.day else None)
            changes.append(Change(round=name, what="day", before=days[0], after=days[1], people=now))
        if new.facilitator != old.facilitator:
            people = tuple(n for n in (old.facilitator, new.facilitator) if n)
            changes.append(
                Change(round=name, what="facilitator", before=old.facilitator, after=new.facilitator, people=people)
            )
        for gone in sorted(set(old.observers) - set(new.observers)):
            changes.append(Change(round=name, what="observer_out", before=gone, after=None, people=(gone,)))
        for come in sorted(set(new.observers) - set(old.observers)):
            changes.append(Change(round=name, what="observer_in", before=None, after=come, people=(come,)))
    missing = [
        r.round for r in plan.rounds if r.round in asked and (r.day is None or r.facilitator is None or r.below_minimum)
    ]
    return Repair(
        plan=plan,
        changes=tuple(changes),
        touched=tuple(sorted({c.round for c in changes})),
        notify=tuple(sorted({n for c in changes for n in c.people})),
        widened=widened,
        still_missing=tuple(missing),
    )
