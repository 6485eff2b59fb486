"""Where days can be had for every round but people cannot: who is lacking where, why, and what would mend it.

Each option is tried out before it is offered: people are chosen anew under it, on the same days, and every round must
have its facilitator and its least observers. The last one gives up just what lacks people, and so always does.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from services.scheduling.planning.explain.relax import Explanation, Relaxation, Rule, apply
from services.scheduling.planning.explain.words import given_up, lead_more, named
from services.scheduling.planning.greedy import Staffing, finish
from services.scheduling.planning.indexed import Bools, Indexed
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.planning.solve.people import People
from services.scheduling.planning.start import ImproveTask
from services.scheduling.planning.validate import validated
from services.scheduling.planning.worker import Told
from shared.said import Said, say, together

OPTIONS = 3
_TOLD = 5  # rounds that are told one by one
_MORE = (1, 2, 4)


def scarce(task: bytes, told: Told) -> Explanation:
    given = msgspec.json.decode(task, type=ImproveTask)
    instance, plan = validated(given.instance), given.start
    view = Indexed(instance)
    if not plan.complete or not _lacking(view, plan):
        return Explanation(possible=True)
    options: list[tuple[Relaxation, ...]] = []
    for way in _ways(instance, plan):
        for option in way:
            if told.left <= 0 or len(options) == OPTIONS - 1:
                break
            told.doing("relaxations", option.say)
            if _mends(apply(instance, [option]), plan, told):
                options.append((option,))
                break
    options.append(tuple(_given_up(view, plan)))
    options.sort(key=lambda o: sum(one.cost for one in o))
    return Explanation(possible=False, rules=tuple(_rules(view, plan)), minimal=False, options=tuple(options))


def _ways(instance: Instance, plan: Plan) -> Iterator[list[Relaxation]]:
    """The caps that could be raised, each by as little as mends it."""
    most = instance.limits.facilitator_rounds
    if most is not None and any(r.facilitator is None for r in plan.rounds):
        yield [lead_more(most, most + by, 100.0 * by) for by in _MORE]
    for kind, key, caps in (
        ("month_cap", "out_more_month", [o.max_month for o in instance.observers]),
        ("term_cap", "out_more_term", [o.max_term for o in instance.observers]),
        ("year_cap", "out_more_year", [o.max_year for o in instance.observers]),
    ):
        if known := [c for c in caps if c is not None]:
            yield [
                Relaxation(
                    kind=kind,  # type: ignore[arg-type]  # one of Relaxation's kinds, as spelt above
                    say=say(f"collisions.{key}", days=say("collisions.days", count=by)),
                    cost=150.0 * by,
                    was=max(known),
                    to=max(known) + by,
                )
                for by in _MORE[:2]
            ]


def _mends(instance: Instance, plan: Plan, told: Told) -> bool:
    view = Indexed(instance)
    days = np.array([view.day_of[r.day] for r in _in_order(view, plan) if r.day is not None], dtype=np.int64)
    model = People(view, days, start=plan)
    model.relax(told)
    found = model.whole(told, told.left)
    return found is not None and not _lacking(view, finish(view, days, found.leaders, found.teams, "option"))


def _lacking(view: Indexed, plan: Plan) -> list[int]:
    """Rounds without a facilitator or their least observers; one that stays goes on with whom it has."""
    planned = enumerate(_in_order(view, plan))
    return [r for r, p in planned if not view.stays[r] and (p.facilitator is None or p.below_minimum > 0)]


def _given_up(view: Indexed, plan: Plan) -> Iterator[Relaxation]:
    ordered = _in_order(view, plan)
    for r in _lacking(view, plan):
        planned, wanted = ordered[r], view.rounds[r]
        there = len(planned.observers)
        if planned.facilitator is None or (planned.below_minimum > 0 and there == 0):
            yield given_up(view, r)
        elif planned.below_minimum > 0:
            instead = say("collisions.instead_of_least", was=wanted.min_observers)
            yield Relaxation(
                kind="min_observers",
                say=say("collisions.fewer_people", count=there, round=named(view, r), instead=instead),
                cost=50.0 * planned.below_minimum,
                round=wanted.id,
                to=there,
                was=wanted.min_observers,
            )


def _rules(view: Indexed, plan: Plan) -> Iterator[Rule]:
    instance, planned = view.instance, _in_order(view, plan)
    leaders, most = int(view.facilitates.sum()), instance.limits.facilitator_rounds
    if most is not None and leaders * most < len(view.rounds):
        words = say("collisions.leaders_wanted", count=leaders, most=most, all=leaders * most, wanted=len(view.rounds))
        yield Rule(rule="facilitator_rounds", say=words, number=most)
    able = np.minimum(np.minimum(view.max_year, view.month_left.sum(axis=1)), view.term_left.sum(axis=1))
    able = np.minimum(able, view.available.sum(axis=1))[view.observes].sum()
    if able < view.least.sum():
        days = say("collisions.days", count=int(able))
        words = say("collisions.observers", days=days, least=int(view.least.sum()))
        yield Rule(rule="observers", say=words, number=int(able))
    staffing = Staffing(view)
    for r, one in enumerate(planned):
        d = view.day_of[one.day] if one.day else -1
        for p in (view.person_of[n] for n in one.observers):
            staffing.take(p, r, d)
        if one.facilitator is not None:
            staffing.take(view.person_of[one.facilitator], r, d, leads=True)
    lacking = _lacking(view, plan)
    for r in lacking[:_TOLD]:
        one, day = planned[r], planned[r].day
        assert day is not None
        name = named(view, r)
        if one.facilitator is None:
            why = _why(view, staffing, r, view.day_of[day], lead=True)
            of = say("collisions.facilitators", count=leaders)
            words = say("collisions.no_facilitator", round=name, day=day, leaders=of, why=why)
            yield Rule(rule="no_facilitator", say=words, round=one.round, day=day)
        if one.below_minimum > 0:
            words = say(
                "collisions.below_minimum",
                found=len(one.observers),
                least=view.rounds[r].min_observers,
                round=name,
                day=day,
                people=say("collisions.people", count=int(view.observes.sum())),
                why=_why(view, staffing, r, view.day_of[day], lead=False),
            )
            yield Rule(rule="below_minimum", say=words, round=one.round, day=day)
    if len(lacking) > _TOLD:
        yield Rule(rule="more", say=say("collisions.more_rounds", count=len(lacking) - _TOLD), number=len(lacking))


def _why(view: Indexed, staffing: Staffing, r: int, d: int, *, lead: bool) -> Said:
    """How many each rule takes away, one after the other."""
    who: Bools = (view.facilitates if lead else view.observes).copy()
    busy = staffing.busy.get(d, np.zeros(len(view.people), dtype=bool))
    steps: list[tuple[str, Bools]] = [
        ("home", view.home == view.host[r]),
        ("may", ~(view.may_lead if lead else view.may_observe)[:, r]),
        ("away", ~view.available[:, d]),
        ("busy", busy),
    ]
    if lead:
        certified = view.certified[view.rounds[r].protocol][:, d]
        steps.insert(3, ("certified", ~certified))
        steps.append(("leads", staffing.led >= view.leader_left))
    steps += [
        ("month", staffing.month[:, view.month[d]] >= view.max_month),
        ("year", _spent(view, staffing, d)),
        ("cover", ~staffing.free(d)),
    ]
    parts = []
    for key, taken in steps:
        if (count := int((who & taken).sum())) > 0:
            parts.append(say(f"collisions.lacks.{key}", count=count))
            who &= ~taken
    if left := int(who.sum()):
        parts.append(say("collisions.lacks.rule", count=left))
    return together(parts, ", ") if parts else say("collisions.lacks.nobody")


def _spent(view: Indexed, staffing: Staffing, d: int) -> Bools:
    spent: Bools = staffing.year >= view.max_year
    if view.term[d] >= 0:
        spent = spent | (staffing.term[:, view.term[d]] >= view.max_term)
    return spent


def _in_order(view: Indexed, plan: Plan) -> list[RoundPlan]:
    by_name = {p.round: p for p in plan.rounds}
    return [by_name[r.id] for r in view.rounds]
