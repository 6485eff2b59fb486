"""Two plans side by side: the year as it would be with the one, and with the other. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.scheduling.plans.diff import Change, Standing, changes
from services.scheduling.plans.events import Wish

NO_MATTER = {"name", "limit_seconds", "seed"}
"""Parts of a wish that ask for no other plan."""


@dataclass(frozen=True, slots=True)
class DaysOut:
    person_id: UUID
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Out:
    """`people`: whose number of days out differs, the largest difference first; `elsewhere`: how many are out as often,
    on other days. `most` and `anybody`: the most days of one person, and how many have any, in each of the two."""

    people: Sequence[DaysOut]
    elsewhere: int
    most: tuple[int, int]
    anybody: tuple[int, int]


def differences(first: Mapping[UUID, Standing], second: Mapping[UUID, Standing]) -> list[Change]:
    """What is other in `second`, by day: `added` is in it alone, `cancelled` in `first` alone."""
    return changes(first, _named_alike(first, second), set(first))


def _named_alike(first: Mapping[UUID, Standing], second: Mapping[UUID, Standing]) -> dict[UUID, Standing]:
    """`second` with the ids of `first`. Plans that were asked for one by one gave their new rounds other ids: those of
    one school belong together that are on one day, and the rest in order."""
    alike = {k: r for k, r in second.items() if k in first}
    ours, theirs = _by_school(first, second), _by_school(second, first)
    for school, rounds in theirs.items():
        left = list(ours.get(school, ()))
        by_day = {r.day: r for r in left}
        same = {r.round_id: by_day.pop(r.day) for r in rounds if r.day in by_day}
        rest = [r for r in left if r not in same.values()]
        for r in rounds:
            pair = same.get(r.round_id) or (rest.pop(0) if rest else r)
            alike[pair.round_id] = replace(r, round_id=pair.round_id)
    return alike


def _by_school(rounds: Mapping[UUID, Standing], other: Mapping[UUID, Standing]) -> dict[UUID, list[Standing]]:
    """The rounds that the other plan does not have, by school, in order of their days."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for r in sorted(rounds.values(), key=lambda r: (r.day, str(r.round_id))):
        if r.round_id not in other:
            found[r.school_id].append(r)
    return found


def days_out(first: Iterable[Standing], second: Iterable[Standing], since: date, until: date) -> Out:
    """Of everybody who observes or facilitates between the two days."""
    days = _days(first, since, until), _days(second, since, until)
    counts = [
        DaysOut(p, len(days[0].get(p, ())), len(days[1].get(p, ())))
        for p in days[0].keys() | days[1].keys()
        if days[0].get(p) != days[1].get(p)
    ]
    differ = [c for c in counts if c.first != c.second]
    return Out(
        people=sorted(differ, key=lambda c: (-abs(c.second - c.first), str(c.person_id))),
        elsewhere=len(counts) - len(differ),
        most=(max(map(len, days[0].values()), default=0), max(map(len, days[1].values()), default=0)),
        anybody=(len(days[0]), len(days[1])),
    )


def _days(rounds: Iterable[Standing], since: date, until: date) -> dict[UUID, set[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    for r in rounds:
        if since <= r.day <= until:
            for person in r.people:
                found[person].add(r.day)
    return found


def same_wish(a: Wish, b: Wish) -> bool:
    """Whether the points of two plans count the same things."""
    return a.model_dump(exclude=NO_MATTER) == b.model_dump(exclude=NO_MATTER)
