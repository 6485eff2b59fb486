"""Somebody who reads two releases of one round and solves for both at once. Known beside what the attacker of one
release knows (`attacker.py`): which visits changed between the two, and that all others are as they were. Of a look-for
that one of the two has no table of, nothing is known there: that it has none may be for what the other told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from tests.support.attacker import TAGGED, Attack, Known, Place
from tests.support.found_worlds import Worlds

Counts = Mapping[str, cp_model.IntVar]


@dataclass(frozen=True)
class Visits:
    """The rooms of the visits that stay as they are, of those that change as the first release has them (none of a
    visit that came late), and as the second has them."""

    stay: Sequence[int]
    before: Sequence[int]
    after: Sequence[int]

    def of(self, release: int) -> dict[str, int]:
        found = Counter(f"{room} stays" for room in self.stay)
        found.update(f"{room} changes" for room in (self.before if release == 1 else self.after))
        return dict(found)


class TwoReleases:
    """`known`: what each told."""

    def __init__(self, known: tuple[Known, Known], visits: Visits, codes: Mapping[str, Iterable[str]]) -> None:
        both = Worlds()
        self._alone, self._together = [], []
        for release, told in enumerate(known, start=1):
            rooms = visits.of(release)
            room_of = {name: name.split()[0] for name in rooms}
            self._alone.append(Attack(told, rooms, codes, room_of))
            self._together.append(Attack(told, rooms, codes, room_of, both))
        first, second = self._together
        for old, new in _in_both(first.visits, second.visits):
            self._as_it_was(old, new)
        for old, new in (*_in_both(first.statements, second.statements), *_in_both(first.answers, second.answers)):
            self._as_it_was(old, new)
        self._visits = visits

    def _as_it_was(self, old: Counts, new: Counts) -> None:
        for name in old:
            if name.endswith("stays"):
                self._together[0].model.add(old[name] == new[name])

    def found_out(self) -> list[str]:
        """What the two tell: of two rooms anything; of the visits that stay or change, and of whole tables, what
        neither release tells by itself."""
        found = []
        for release, (alone, attack) in enumerate(zip(self._alone, self._together, strict=True), start=1):
            for key, seen in attack.visits.items():
                for part in ("", "stays", "changes"):
                    some = {name: count for name, count in seen.items() if name.endswith(part)}
                    if some:
                        what = f"release {release}: {' '.join(key)} {part}"
                        found += attack.pairs_found_out(what, some)
                        found += self._narrow(what, attack, some, [alone.visits[key][name] for name in some])
            units = {**attack.statements, **attack.answers}
            own = {**alone.statements, **alone.answers}
            for which, held in units.items():
                found += self._narrower(f"release {release}: {which}", attack, held, alone, own[which])
        return found

    def _narrower(self, what: str, attack: Attack, counts: Counts, alone: Attack, own: Counts) -> list[str]:
        """The same of statements and answers; of those that changed a count may be told of three rooms or more."""
        found = []
        for part in ("", "changes"):
            names = [name for name in counts if name.endswith(part)]
            low, high = attack.worlds.ends([counts[name] for name in names], wide=2)
            if not names or high - low >= 2 or (part and low > 2):
                continue
            least, most = alone.worlds.ends([own[name] for name in names], wide=2)
            if high - low < min(2, most - least):
                found.append(f"{what} {part}: {low} to {high}, alone {least} to {most}")
        return found

    def _narrow(self, what: str, attack: Attack, some: Counts, own: Sequence[cp_model.IntVar]) -> list[str]:
        """Three values stay possible of some visits, or as many as one release leaves; or the count is one that may be
        told of them: two rooms can hold neither all that have it, nor all that lack it."""
        low, high = attack.worlds.ends(some.values(), wide=2)
        if high - low >= 2:
            return []
        (alone,) = (a for a, together in zip(self._alone, self._together, strict=True) if together is attack)
        least, most = alone.worlds.ends(own, wide=2)
        if high - low >= min(2, most - least):
            return []
        by_room: Counter[str] = Counter()
        for name in some:
            by_room[name.split()[0]] += attack.rooms[name]
        cap = sum(times for _, times in by_room.most_common(2))
        told = cap < low and high < by_room.total() - cap
        return [] if told else [f"{what}: {low} to {high}, alone {least} to {most}"]


def _in_both(one: Mapping[Any, Counts], other: Mapping[Any, Counts]) -> list[tuple[Counts, Counts]]:
    return [(counts, other[key]) for key, counts in one.items() if key in other and key != (TAGGED, "")]


def read_changes(known: tuple[Known, Known], changes: Iterable[Mapping[str, Any]]) -> int:
    """The shares of both releases that a page of two days tells; how many it told."""
    told = 0
    for change in changes:
        for release, side in enumerate(("before", "after")):
            share = change.get(side)
            place: Place = (change["definition"], change["subject"] or "", change["category"])
            if share in (None, "") or (n := known[release].n.get(place[:2])) is None:
                continue
            count = round(float(share) * n)
            known[release].learn(place, count, count)
            told += 1
    return told
