"""Why this day, and why not that one: for one round, the rule that forbids a day or the cost that it adds.

The rules are the checker's own words. The cost of a day is that of the plan with this round alone moved and staffed
anew, everything else as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import msgspec
import numpy as np

from services.scheduling.planning.check import violations
from services.scheduling.planning.explain.why_task import Other, Reason, Why, WhyTask
from services.scheduling.planning.explain.words import named
from services.scheduling.planning.greedy import Staffing, finish
from services.scheduling.planning.indexed import Indexed, Ints
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.part import part
from services.scheduling.planning.plan import UNITS, Plan, RoundPlan
from services.scheduling.planning.solve.dates import change_cost, estimate
from services.scheduling.planning.solve.people import People
from services.scheduling.planning.validate import validated
from services.scheduling.planning.worker import Told
from shared.said import Said, say, together

BEST = 4
"""Other days that are worked out to the last point where no day is asked about."""


def why(task: bytes, told: Told) -> Why:
    given = msgspec.json.decode(task, type=WhyTask)
    instance = validated(given.instance)
    plan = _whole(instance, given.plan)
    own = next(p for p in plan.rounds if p.round == given.round)
    dates = [d.date for d in sorted(instance.days, key=lambda d: d.date) if "no_school" not in d.kinds]
    if given.day is not None and given.day not in dates:
        dates.append(given.day)
    reasons = {day: _reasons(instance, plan, own, day) for day in dates if day != own.day}
    view = Indexed(instance)
    base = view.recount.of(plan)
    days = np.array([view.day_of.get(p.day, -1) if p.day else -1 for p in _ordered(view, plan)], dtype=np.int64)
    beside = part(view, plan, days, [view.round_of[given.round]])
    asked = [given.day] if given.day is not None and given.day != own.day else []
    if given.day is None:
        free = [d for d in reasons if not reasons[d]]
        r = view.round_of[given.round]
        price = view.day_cost[r] + change_cost(view)[r] + estimate(view, rounds=[r])[r] + _pace(beside)
        lost = _lost(view, plan, own, [view.day_of[d] for d in free])
        near = {
            d: (price[view.day_of[d]], n, abs((d - (own.day or d)).days), d) for d, n in zip(free, lost, strict=True)
        }
        stays = sorted(free, key=lambda d: (near[d][1], near[d]))[: BEST // 2]
        asked = [*stays, *(d for d in sorted(free, key=near.__getitem__) if d not in stays)][:BEST]
        stood = [p.day for p in instance.published.rounds if p.round == own.round] if instance.published else []
        before = [d for d in stood if d in reasons]  # what speaks against the day of before comes first
        asked = [*before, *(d for d in asked if d not in before)]
    others = tuple(_other(view, beside, told, plan, own, day, days, reasons[day], base) for day in asked)
    if given.day is None:
        others = (
            *others[: len(before)],
            *sorted(others[len(before) :], key=lambda o: (o.added is None, o.added, o.day)),
        )
    counts = Counter(rule for found in reasons.values() for rule in {reason.rule for reason in found})
    allowed = sum(not found for found in reasons.values())
    wanted, people = view.rounds[view.round_of[own.round]], tuple(_as_it_stood(view, plan, own, base))
    return Why(
        round=given.round,
        day=own.day,
        forbidden=dict(counts),
        allowed=allowed,
        others=others,
        sentences=(*_in_words(view, own, counts, allowed), *people),
        near=tuple(d for d in (wanted.held_before, wanted.held_after) if d),
        people=people,
    )


def _as_it_stood(view: Indexed, plan: Plan, own: RoundPlan, base: dict[str, float]) -> list[Said]:
    """What speaks against the people of before on the same day: the rules they would break, else what they cost."""
    published = view.instance.published
    stood = next((p for p in published.rounds if p.round == own.round), None) if published else None
    same = stood is None or (stood.facilitator == own.facilitator and {*stood.observers} == {*own.observers})
    if stood is None or stood.day != own.day or same:
        return []
    before = replace(own, facilitator=stood.facilitator, observers=stood.observers)
    rounds = tuple(before if p.round == own.round else p for p in plan.rounds)
    broken = [v.say for v in violations(view.instance, Plan(rounds=rounds))]
    kept = {v.say for v in violations(view.instance, plan)} if broken else set()
    if new := [said.begin() for said in broken if said not in kept]:
        return [say("whyday.people_cannot_stay"), *new[:BEST]]
    parts = _more(view.recount.of(Plan(rounds=rounds)), base)
    return [_cost_in_words(say("whyday.people_before"), round(sum(parts.values()), 1), parts)]


def _lost(view: Indexed, plan: Plan, own: RoundPlan, days: list[int]) -> list[int]:
    """How many of the round's people could not be there on each of the days. What a day costs is estimated of teams
    that know no caps; days on which the round's own people can come are mostly cheapest, and easiest to agree on."""
    staffing = Staffing(view)
    for p in plan.rounds:
        if p.round == own.round or p.day is None:
            continue
        r, d = view.round_of[p.round], view.day_of[p.day]
        for n in p.observers:
            staffing.take(view.person_of[n], r, d)
        if p.facilitator is not None:
            staffing.take(view.person_of[p.facilitator], r, d, leads=True)
    team = np.array([view.person_of[n] for n in own.observers], dtype=np.int64)
    lead = view.person_of[own.facilitator] if own.facilitator is not None else None
    certified = view.certified[view.rounds[view.round_of[own.round]].protocol]
    answer = []
    for d in days:
        can = staffing.free(d) & view.available[:, d]
        lost = int((~can[team]).sum())
        answer.append(lost + (lead is not None and not (can[lead] and certified[lead, d])))
    return answer


def _pace(beside: Indexed) -> Ints:
    """[d]: units that an uneven pace costs with the one round of `beside` on the day."""
    done = beside.pace_day[None, :] >= np.arange(len(beside.dates))[:, None]
    off = np.maximum(beside.pace_least - done, done - beside.pace_most)
    answer: Ints = np.maximum(off, 0).sum(axis=1) * round(beside.instance.weights.uneven_pace * UNITS)
    return answer


def _more(parts: dict[str, float], base: dict[str, float]) -> dict[str, float]:
    """Points by rule, above those of `base`."""
    more = {k: round(parts.get(k, 0.0) - base.get(k, 0.0), 1) for k in sorted({*parts, *base})}
    return {k: v for k, v in more.items() if v}


def _whole(instance: Instance, plan: Plan) -> Plan:
    known = {p.round: p for p in plan.rounds}
    for r in instance.published.rounds if instance.published else ():
        if r.round not in known:
            known[r.round] = RoundPlan(round=r.round, day=r.day, facilitator=r.facilitator, observers=r.observers)
    return Plan(rounds=tuple(known.get(r.id) or RoundPlan(round=r.id, day=None) for r in instance.rounds))


def _reasons(instance: Instance, plan: Plan, own: RoundPlan, day: date) -> tuple[Reason, ...]:
    """The day's rules, asked of the checker with nobody but the rounds that matter."""
    wanted = {r.id: r for r in instance.rounds}
    host = wanted[own.round].host
    bare = tuple(
        RoundPlan(round=p.round, day=day if p.round == own.round else p.day)
        for p in plan.rounds
        if p.round == own.round or p.day == day or wanted[p.round].host == host
    )
    names = {p.round for p in bare}
    hosts = {wanted[name].host for name in names}
    alone = replace(
        instance,
        schools=tuple(s for s in instance.schools if s.id in hosts),
        rounds=tuple(r for r in instance.rounds if r.id in names),
        pins=tuple(p for p in instance.pins if p.round == own.round and p.day and not wanted[own.round].begun),
        observers=(),
    )
    found = violations(alone, Plan(rounds=bare))
    return tuple(
        Reason(rule=v.rule, say=v.say.begin())
        for v in found
        if v.round == own.round or v.day == day or (v.rule == "gap" and v.school == host)
    )


def _other(
    view: Indexed,
    beside: Indexed,
    told: Told,
    plan: Plan,
    own: RoundPlan,
    day: date,
    days: Ints,
    reasons: tuple[Reason, ...],
    base: dict[str, float],
) -> Other:
    if reasons:
        return Other(day=day, allowed=False, reasons=reasons, say=together(r.say for r in reasons))
    r = view.round_of[own.round]
    days = days.copy()
    days[r] = view.day_of[day]
    model = People(beside, days[[r]], start=plan)
    model.relax(told)
    found = model.whole(told, told.left)
    if found is None:
        return Other(day=day, allowed=True, say=say("whyday.not_worked_out", day=day))
    teams = {view.round_of[p.round]: [view.person_of[n] for n in p.observers] for p in plan.rounds}
    leaders = {view.round_of[p.round]: view.person_of[p.facilitator] for p in plan.rounds if p.facilitator}
    teams[r] = found.teams[0]
    leaders.pop(r, None)
    if found.leaders:
        leaders[r] = found.leaders[0]
    moved = finish(view, days, leaders, teams, "why")
    parts = _more(moved.parts, base)
    added = round(sum(parts.values()), 1)
    words = _cost_in_words(say("whyday.that_day", day=day), added, parts)
    return Other(day=day, allowed=True, added=added, parts=parts, say=words)


def _ordered(view: Indexed, plan: Plan) -> list[RoundPlan]:
    by_name = {p.round: p for p in plan.rounds}
    return [by_name[r.id] for r in view.rounds]


def _cost_in_words(what: Said, added: float, parts: dict[str, float]) -> Said:
    if not parts:
        return say("whyday.as_well", what=what)
    dearest = sorted(parts.items(), key=lambda part: -abs(part[1]))
    more = together((_for(rule, points) for rule, points in dearest), ", ")
    if added == 0:
        return say("whyday.same", what=what, why=more)
    return say("whyday.more" if added > 0 else "whyday.less", what=what, points=_points(abs(added)), why=more)


def _for(rule: str, points: float) -> Said:
    sign = "+" if points > 0 else "-"
    return say("whyday.for", sign=sign, points=abs(float(points)), what=say(f"whyday.part.{rule}"))


def _points(n: float) -> Said:
    return say("whyday.points", count=n)


def _in_words(view: Indexed, own: RoundPlan, counts: Counter[str], allowed: int) -> list[Said]:
    name = named(view, view.round_of[own.round]).begin()
    lines = [say("whyday.is_on", round=name, day=own.day) if own.day else say("whyday.has_no_day", round=name)]
    if counts:
        wanted = view.rounds[view.round_of[own.round]]
        near = [d for d in (wanted.held_before, wanted.held_after) if d]
        forbidden = together((_forbids(rule, n, near) for rule, n in counts.most_common()), "; ")
        lines.append(say("whyday.other_days", forbidden=forbidden, count=allowed))
    return lines


def _forbids(rule: str, count: int, near: list[date]) -> Said:
    """`near`: the school's rounds outside of the plan, which its dates keep the round from."""
    if rule != "window" or not near:
        return say(f"whyday.forbids.{rule}", count=count)
    days = near[0] if len(near) == 1 else say("whyday.or_that_of", first=near[0], last=near[1])
    return say("whyday.near", count=count, days=days)
