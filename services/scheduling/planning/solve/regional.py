"""A very large district planned by its regions, two at a time: each sees what those before it left of people, cover
and days.

A region begins when all but the one before it are done and sees just these, so that the plan does not depend on which
of two is quicker. Where those two want the same person, the later one gives way; such seats are filled at the end.
"""

from __future__ import annotations

import msgspec
import numpy as np

from services.scheduling.planning.greedy import finish, place, staffed
from services.scheduling.planning.indexed import Indexed, Ints
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.messages import Flows
from services.scheduling.planning.part import part as part_of
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.plan import from_json as plan_from_json
from services.scheduling.planning.solve.dates import Dates
from services.scheduling.planning.solve.helper import Helper
from services.scheduling.planning.solve.people import People
from services.scheduling.planning.solve.regions import SCHOOLS_PER_REGION, Part, split
from services.scheduling.planning.worker import Told
from shared.said import say

_AT_ONCE = 2
_TOLD = 3  # so many times the plan is put together on the way


class Left(msgspec.Struct, kw_only=True):
    """What others leave to a region: days on which its people are there, days out by month, term and year, rounds to
    lead, the cover of schools, rounds by day and by region and day; each person's fair share here."""

    available: list[list[int]]
    month_left: list[list[int]]
    term_left: list[list[int]]
    max_year: list[int]
    leader_left: list[int]
    cover: list[list[int]]
    day_left: list[int]
    region_left: list[list[int]]
    share_low: list[int]
    share_high: list[int]
    leader_fair: list[int]

    def take(self, view: Indexed) -> None:
        """Makes the region's view one of what is left."""
        view.available &= np.array(self.available, dtype=bool)
        for name in ("month_left", "term_left", "max_year", "leader_left", "cover", "day_left", "region_left"):
            here = getattr(view, name)
            setattr(view, name, np.minimum(here, np.array(getattr(self, name), dtype=np.int64).reshape(here.shape)))
        for name in ("share_low", "share_high", "leader_fair"):
            setattr(view, name, np.array(getattr(self, name), dtype=np.int64))


class RegionTask(msgspec.Struct, kw_only=True):
    instance: Instance
    left: Left


def region(task: bytes, told: Told) -> Plan | None:
    """A part of a very large district: the best people for greedy days; None where there was no time."""
    given = msgspec.json.decode(task, type=RegionTask)
    view = Indexed(given.instance)
    given.left.take(view)
    days = place(view)
    if (days < 0).any():
        found = Dates(view, priced=True).solve(told.left, gap=0.002, stop=lambda: told.left <= 0)
        days = days if found is None else found.days
    if (days < 0).any():
        return None
    model = People(view, days, start=staffed(view, days, method="greedy"))
    model.relax(told)
    best = model.whole(told, told.left)
    return None if best is None else finish(view, days, best.leaders, best.teams, "regional")


def regional(view: Indexed, told: Told, flows: Flows | None) -> None:
    """Parts of about SCHOOLS_PER_REGION schools; the plan is told as they come."""
    parts = split(view, max(2, round(len(view.schools) / SCHOOLS_PER_REGION)), flows)
    order = _apart(view, parts)
    days = np.full(len(view.rounds), -1, dtype=np.int64)
    for part in parts:
        days[part.rounds] = place(part.view())
    done: dict[int, Plan] = {}
    running: dict[int, Helper] = {}
    every = max(1, len(parts) // _TOLD)
    for turn, n in enumerate([*order, *[-1] * (_AT_ONCE - 1)]):
        if (before := turn - _AT_ONCE) >= 0 and (plan := _result(running.pop(order[before]), told)):
            done[order[before]] = plan
        if told.stopping:
            break
        if n >= 0:
            told.doing("region", say("collisions.region_of", n=turn + 1, all=len(parts)))
            task = RegionTask(instance=parts[n].instance, left=_left(view, parts[n], done))
            running[n] = Helper("region", msgspec.json.encode(task), told, seconds=told.left)
            if turn % every == 0 and done:
                _join(view, told, days, done)
    for n, helper in running.items():
        if plan := _result(helper, told):
            done[n] = plan
    _join(view, told, days, done, last=len(done) == len(parts))


def _result(helper: Helper, told: Told) -> Plan | None:
    result = helper.wait(told)
    return None if result is None or result == b"null" else plan_from_json(result)


def _apart(view: Indexed, parts: list[Part]) -> list[int]:
    """Numbers of the parts, so that two that follow each other send people of few schools to both."""
    homes = [set(view.home[part.people].tolist()) - {-1} for part in parts]
    left, order = list(range(1, len(parts))), [0]
    while left:
        order.append(min(left, key=lambda n: (len(homes[n] & homes[order[-1]]), n)))
        left.remove(order[-1])
    return order


def _left(view: Indexed, part: Part, done: dict[int, Plan]) -> Left:
    days = np.full(len(view.rounds), -1, dtype=np.int64)
    held = [r for plan in done.values() for r in plan.rounds if r.day is not None]
    for r in held:
        days[view.round_of[r.round]] = view.day_of[r.day] if r.day else -1
    own = part_of(view, Plan(rounds=tuple(held)), days, part.rounds.tolist())
    schools = [view.school_of[s.id] for s in part.instance.schools]
    return Left(
        available=own.available[part.people].astype(int).tolist(),
        **{
            name: getattr(own, name)[which].tolist()
            for name, which in (
                *((name, part.people) for name in ("month_left", "term_left", "max_year", "leader_left")),
                ("cover", schools),
            )
        },
        day_left=part.day_left.tolist(),
        region_left=part.region_left.tolist(),
        share_low=part.low.tolist(),
        share_high=part.high.tolist(),
        leader_fair=part.leads.tolist(),
    )


def _join(view: Indexed, told: Told, days: Ints, done: dict[int, Plan], *, last: bool = False) -> None:
    """The plan of the parts that are done, the rounds of the others on their days with the nearest people who are
    left; who is wanted twice is out but once."""
    kept = [planned for plan in done.values() for planned in plan.rounds]
    days = days.copy()
    for planned in kept:
        days[view.round_of[planned.round]] = view.day_of[planned.day] if planned.day else -1
    plan = staffed(view, days, method="regional" if last else "greedy", kept=kept)  # a restart goes on from the former
    whole = {planned.round: planned for planned in plan.rounds}
    short = [
        view.round_of[before.round]
        for before in kept
        if (now := whole[before.round]).observers != before.observers or now.facilitator != before.facilitator
    ]
    if last and short and (days >= 0).all():
        plan = _filled(view, told, plan, days, short)
    told.plan(plan, "region")


def _filled(view: Indexed, told: Told, plan: Plan, days: Ints, short: list[int]) -> Plan:
    """The plan with other people for these rounds, all others held."""
    own = part_of(view, plan, days, short)
    model = People(own, days[np.array(sorted(short))], start=plan)
    model.relax(told)
    found = model.whole(told, told.left)
    if found is None:
        return plan
    at = dict(enumerate(sorted(short)))
    leaders = {at[n]: p for n, p in found.leaders.items()}
    teams = {at[n]: team for n, team in found.teams.items()}
    rest = [r for r in range(len(view.rounds)) if r not in teams]
    planned = {view.round_of[r.round]: r for r in plan.rounds}
    leaders |= {r: view.person_of[name] for r in rest if (name := planned[r].facilitator)}
    teams |= {r: [view.person_of[name] for name in planned[r].observers] for r in rest}
    return finish(view, days, leaders, teams, "regional")
