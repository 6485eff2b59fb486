"""Very large districts: regions of about fifty schools, each planned by itself.

A region takes the people that the flows of the whole district (groups.py) send there, each for so many visits; who is
sent nowhere joins where their school lies, and so does everybody where there are no flows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from services.scheduling.planning.indexed import NO_CAP, Indexed, Ints
from services.scheduling.planning.instance import Instance, PublishedRound
from services.scheduling.planning.messages import Flows

SCHOOLS_PER_REGION = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Of the district: its schools that host, its people, its rounds, by number. `low`, `high`: visits that are each
    person's fair share here; `leads`: rounds that are theirs to lead here. `day_left`, `region_left`: what of the
    limits by day is the part's own."""

    instance: Instance
    people: Ints
    rounds: Ints
    low: Ints
    high: Ints
    leads: Ints
    day_left: Ints
    region_left: Ints

    def view(self) -> Indexed:
        """The part by itself, within its limits by day."""
        alone = Indexed(self.instance)
        alone.day_left, alone.region_left = self.day_left, self.region_left
        return alone


def split(view: Indexed, parts: int, flows: Flows | None = None) -> list[Part]:
    """The district's regions where it names enough of them, else slabs of neighbouring schools."""
    groups = _groups(view, parts)
    count = int(groups.max()) + 1
    home = np.where(view.home >= 0, groups[view.home], np.arange(len(view.people)) % count)
    visits, leads = np.zeros((2, len(view.people), count), dtype=np.int64)
    if flows is not None:
        visits = _each(np.array(flows.observers, dtype=np.int64), flows.visits, groups, count)
        leads = _each(np.array(flows.leaders, dtype=np.int64), flows.leads, groups, count)
        _tied(view, visits, groups, home)
    main = np.where((visits + leads).any(axis=1), (visits + leads).argmax(axis=1), home)
    total, led = visits.sum(axis=1), leads.sum(axis=1)
    found = []
    by_day, by_region = _limits(view, groups, count)
    for group in range(count):
        rounds = np.flatnonzero(groups[view.host] == group)
        people = np.flatnonzero((visits[:, group] > 0) | (leads[:, group] > 0) | (main == group))
        if len(rounds) == 0:
            continue
        here, own = visits[people, group], main[people] == group  # what is beside the flows happens in one part alone
        part = _part(view, rounds, people)
        of_regions = [view.regions.index(name) for name in sorted({s.region for s in part.schools})]
        limits = by_day[group], by_region[group][of_regions]
        if flows is None:
            alone = Indexed(part)
            found.append(Part(part, people, rounds, alone.share_low, alone.share_high, alone.leader_fair, *limits))
            continue
        low = here - np.where(own, np.maximum(total - view.share_low, 0)[people], 0)
        high = here + np.where(own, np.maximum(view.share_high - total, 0)[people], 0)
        fair = leads[people, group] + np.where(own, np.maximum(view.leader_fair - led, 0)[people], 0)
        found.append(Part(part, people, rounds, np.maximum(low, 0), high, fair, *limits))
    return found


def _each(of: Ints, flows: list[tuple[int, int, float]], groups: Ints, count: int) -> Ints:
    """[p, part]: visits of each person, so that few of a group go to several parts."""
    members: dict[int, list[int]] = {}
    for p, group in enumerate(of.tolist()):
        if group >= 0:
            members.setdefault(group, []).append(p)
    wanted: dict[int, dict[int, float]] = {}
    for group, school, times in flows:
        there = wanted.setdefault(group, {})
        part = int(groups[school])
        there[part] = there.get(part, 0.0) + times
    answer = np.zeros((len(of), count), dtype=np.int64)
    for group, there in wanted.items():
        whole = {part: int(times + 1e-6) for part, times in there.items()}
        rest = round(sum(there.values())) - sum(whole.values())
        for part in sorted(there, key=lambda part: (whole[part] - there[part], part))[:rest]:
            whole[part] += 1
        order = sorted(whole, key=lambda part: (-whole[part], part))
        visits = np.repeat(np.array(order, dtype=np.int64), [whole[part] for part in order])
        for p, own in zip(members[group], np.array_split(visits, len(members[group])), strict=True):
            np.add.at(answer[p], own, 1)
    return answer


def _tied(view: Indexed, visits: Ints, groups: Ints, home: Ints) -> None:
    """People of a pair stay where their schools lie; who is pinned to a round is sent there."""
    for p in {view.person_of[n] for pair in view.instance.pairs for n in (pair.a, pair.b)}:
        total = visits[p].sum()
        visits[p] = 0
        visits[p, home[p]] = total
    for pin in view.instance.pins:
        if pin.observer is not None and not pin.ban:
            p, part = view.person_of[pin.observer], groups[view.host[view.round_of[pin.round]]]
            if visits[p, part] == 0:
                visits[p, visits[p].argmax()] -= bool(visits[p].any())
                visits[p, part] = 1


def _limits(view: Indexed, groups: Ints, count: int) -> tuple[Ints, Ints]:
    """Rounds by part and day, and by part, region and day, so that all parts together keep what is left of a day."""
    part, region = groups[view.host], view.region[view.host]
    by_day = _shared(view, view.day_left, part, np.arange(len(part)), count)
    by_region = np.zeros((count, *view.region_left.shape), dtype=np.int64)
    for n in range(len(view.regions)):
        by_region[:, n] = _shared(view, view.region_left[n], part, np.flatnonzero(region == n), count)
    return by_day, by_region


def _shared(view: Indexed, left: Ints, part: Ints, rounds: Ints, count: int) -> Ints:
    """[part, day]: what stays on its day, and of the rest a share by the number of rounds; odd places go around."""
    fixed = np.zeros((count, len(left)), dtype=np.int64)
    for r in rounds:
        if view.day_ok[r].sum() == 1:
            fixed[part[r], np.argmax(view.day_ok[r])] += 1
    rest = np.where(left >= NO_CAP, NO_CAP, np.maximum(left - fixed.sum(axis=0), 0))
    until = np.append(0, np.cumsum(np.bincount(part[rounds], minlength=count))) / max(len(rounds), 1)
    turn = np.arange(len(left)) * 0.6180339887 % 1
    steps = np.floor(until[:, None] * rest[None, :] + turn[None, :] + 1e-9).astype(np.int64)
    answer: Ints = np.where(left >= NO_CAP, NO_CAP, np.diff(steps, axis=0) + fixed)
    return answer


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


def _part(view: Indexed, rounds: Ints, people: Ints) -> Instance:
    whole = view.instance
    names = {view.people[p].id for p in people}
    wanted = {view.rounds[r].id for r in rounds}
    kept = {int(h) for h in view.host[rounds]} | {int(h) for h in view.home[people] if h >= 0}
    schools = tuple(view.schools[s] for s in sorted(kept))
    hosts = {s.id for s in schools}
    published = whole.published
    return replace(
        whole,
        observers=tuple(view.people[p] for p in people),
        rounds=tuple(view.rounds[r] for r in rounds),
        schools=schools,
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
