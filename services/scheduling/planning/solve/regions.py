"""Very large districts: regions of about fifty schools, each planned by itself, one after the other.

A region takes its own people; those without a region join where their school lies. Regions prove nothing of the whole:
people of one may be worth more in another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from services.scheduling.planning.indexed import Indexed, Ints
from services.scheduling.planning.instance import Instance, PublishedRound

SCHOOLS_PER_REGION = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Of the district: its schools that host, its people, its rounds, by number."""

    instance: Instance
    people: Ints
    rounds: Ints


def split(view: Indexed, parts: int) -> list[Part]:
    """The district's regions where it names enough of them, else slabs of neighbouring schools."""
    groups = _groups(view, parts)
    found = []
    total = sum(r.target_observers for r in view.rounds)
    for group in range(int(groups.max()) + 1):
        rounds = np.flatnonzero(groups[view.host] == group)
        home = np.where(view.home >= 0, groups[view.home], np.arange(len(view.people)) % (int(groups.max()) + 1))
        people = np.flatnonzero(home == group)
        if len(rounds):
            share = sum(view.rounds[r].target_observers for r in rounds) / max(total, 1)
            found.append(Part(_part(view, rounds, people, share), people, rounds))
    return found


def _groups(view: Indexed, parts: int) -> Ints:
    if len(view.regions) >= parts:
        size = np.bincount(view.region, minlength=len(view.regions))
        groups = np.zeros(len(view.regions), dtype=np.int64)
        filled: list[int] = []
        for region in np.argsort(-size, kind="stable"):  # two together take longer than one after the other
            group = min(range(len(filled)), key=filled.__getitem__, default=0)
            if not filled or filled[group] + size[region] > SCHOOLS_PER_REGION:
                group = len(filled)
                filled.append(0)
            groups[region] = group
            filled[group] += int(size[region])
        answer: Ints = groups[view.region]
        return answer
    place = np.array([(s.lat or 0.0, s.lon or 0.0) for s in view.schools])
    order = np.lexsort((place[:, 0], place[:, 1]))
    slabs = np.zeros(len(view.schools), dtype=np.int64)
    slabs[order] = np.arange(len(order)) * parts // len(order)
    return slabs


def _part(view: Indexed, rounds: Ints, people: Ints, share: float) -> Instance:
    whole = view.instance
    names = {view.people[p].id for p in people}
    wanted = {view.rounds[r].id for r in rounds}
    kept = {int(h) for h in view.host[rounds]} | {int(h) for h in view.home[people] if h >= 0}
    schools = tuple(view.schools[s] for s in sorted(kept))
    hosts = {s.id for s in schools}
    per_day = whole.limits.rounds_per_day
    published = whole.published
    return replace(
        whole,
        observers=tuple(view.people[p] for p in people),
        rounds=tuple(view.rounds[r] for r in rounds),
        schools=schools,
        limits=replace(whole.limits, rounds_per_day=None if per_day is None else max(1, int(per_day * share))),
        pairs=tuple(p for p in whole.pairs if {p.a, p.b} <= names),
        pins=tuple(
            p
            for p in whole.pins
            if p.round in wanted and all(n is None or n in names for n in (p.observer, p.facilitator))
        ),
        history=replace(
            whole.history,
            visited=tuple(v for v in whole.history.visited if v.observer in names and v.host in hosts),
            met=tuple(m for m in whole.history.met if {m.a, m.b} <= names),
        ),
        published=replace(published, rounds=tuple(_known(r, names) for r in published.rounds if r.round in wanted))
        if published
        else None,
    )


def _known(before: PublishedRound, names: set[str]) -> PublishedRound:
    leader = before.facilitator if before.facilitator in names else None
    return replace(before, facilitator=leader, observers=tuple(n for n in before.observers if n in names))
