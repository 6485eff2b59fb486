"""Some of the rounds, all others held as they are: what the others take of people, schools and days is gone.

The models of days and of people are then as small as the question, whatever the district's size.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from services.scheduling.planning.indexed import Indexed, Ints
from services.scheduling.planning.plan import Plan


def part(view: Indexed, plan: Plan, days: Ints, free: Collection[int]) -> Indexed:
    """The view of the rounds `free` (numbered anew, in order) beside the rounds of `plan` that are not, on `days`."""
    chosen = np.array(sorted(free), dtype=np.int64)
    own = copy.copy(view)
    own.__dict__.update(drive=view.drive[:, chosen], may_observe=view.may_observe[:, chosen])
    own.__dict__.update(may_lead=view.may_lead[:, chosen], certified=view.certified)
    own.rounds = tuple(view.rounds[r] for r in chosen)
    own.round_of = {r.id: n for n, r in enumerate(own.rounds)}
    for name in ("host", "begun", "stays", "least", "target", "most"):
        setattr(own, name, getattr(view, name)[chosen])
    own.day_ok, own.day_cost = view.day_ok[chosen].copy(), view.day_cost[chosen]
    place = {int(r): n for n, r in enumerate(chosen)}
    own.stays_on = {place[r]: day for r, day in view.stays_on.items() if r in place}
    own.by_host = {h: [place[r] for r in rounds if r in place] for h, rounds in view.by_host.items()}
    own.by_host = {h: rounds for h, rounds in own.by_host.items() if rounds}
    instance, published = view.instance, view.instance.published
    own.__dict__.pop("recount", None)  # the whole district's
    own.instance = replace(
        instance,
        rounds=own.rounds,
        pins=tuple(p for p in instance.pins if p.round in own.round_of),
        published=replace(published, rounds=tuple(r for r in published.rounds if r.round in own.round_of))
        if published
        else None,
    )
    _taken(view, own, plan, days, place)
    _gaps(view, own, days, place)
    return own


def _taken(view: Indexed, own: Indexed, plan: Plan, days: Ints, place: dict[int, int]) -> None:
    """What the held rounds take, off all that is left."""
    for name in ("available", "cover", "month_left", "term_left", "leader_left", "leader_fair", "day_left"):
        setattr(own, name, getattr(view, name).copy())
    own.pace_least, own.pace_most = view.pace_least.copy(), view.pace_most.copy()
    own.region_left, own.max_year = view.region_left.copy(), view.max_year.copy()
    own.share_low, own.share_high = view.share_low.copy(), view.share_high.copy()
    own.visited, own.linked = dict(view.visited), dict(view.linked)
    for planned in plan.rounds:
        r = view.round_of[planned.round]
        d, host = int(days[r]), int(view.host[r])
        if r in place or d < 0:
            continue
        own.day_left[d] -= 1
        own.pace_least[view.pace_day >= d] -= 1
        own.pace_most[view.pace_day >= d] -= 1
        own.region_left[view.region[host], d] -= 1
        team = [view.person_of[n] for n in planned.observers]
        leader = [view.person_of[planned.facilitator]] if planned.facilitator else []
        for p in {*team, *leader}:
            own.available[p, d] = False
            own.month_left[p, view.month[d]] -= 1
            if view.term[d] >= 0:
                own.term_left[p, view.term[d]] -= 1
            own.max_year[p] -= 1
            if view.home[p] >= 0:
                own.cover[view.home[p], d] -= 1
        for p in team:
            own.share_low[p] -= 1
            own.share_high[p] -= 1
            own.visited[p, host] = own.visited.get((p, host), 0) + 1
            if view.home[p] >= 0:
                link = (int(view.home[p]), host)
                own.linked[link] = own.linked.get(link, 0) + 1
        for p in leader:
            own.leader_left[p] -= 1
            own.leader_fair[p] -= 1
    for name in ("cover", "month_left", "term_left", "leader_left", "leader_fair", "day_left", "region_left"):
        np.maximum(getattr(own, name), 0, out=getattr(own, name))  # a plan that breaks a rule leaves nothing, not less
    np.maximum(own.max_year, 0, out=own.max_year)


def _gaps(view: Indexed, own: Indexed, days: Ints, place: dict[int, int]) -> None:
    """Days too near a held round of the same school are no days for the others."""
    for host in own.by_host:
        rounds = view.by_host[host]
        for turn, r in enumerate(rounds):
            if r not in place:
                continue
            for other_turn, other in enumerate(rounds):
                if other in place or days[other] < 0:
                    continue
                at = view.school_day[days[other]]
                if other_turn < turn:
                    fits = view.school_day - at >= max(view.rounds[r].gap, 1)
                else:
                    fits = at - view.school_day >= max(view.rounds[other].gap, 1)
                own.day_ok[place[r]] &= fits
