"""How a large district is parted: by its regions, small ones together."""

from __future__ import annotations

from dataclasses import replace

from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.solve.regions import SCHOOLS_PER_REGION, split

SIZE = Size(schools=160, observers=160, rounds=160, seats=1, facilitators=4)


def named(sizes: list[int]) -> Instance:
    names = [f"region {n}" for n, size in enumerate(sizes) for _ in range(size)]
    whole = generate(SIZE)
    schools = tuple(replace(s, region=name) for s, name in zip(whole.schools, names, strict=True))
    return replace(whole, schools=schools)


def test_small_regions_are_planned_together_and_large_ones_alone() -> None:
    parts = split(Indexed(named([50, 50, 30, 20, 10])), 3)
    hosts = [sorted({r.host for r in part.instance.rounds}) for part in parts]
    assert sorted(map(len, hosts)) == [50, 50, 60]
    assert max(map(len, hosts)) <= SCHOOLS_PER_REGION
    assert sorted(h for part in hosts for h in part) == sorted(s.id for s in named([160]).schools)
    alone = split(Indexed(named([40, 40, 40, 40])), 3)
    assert [len({r.host for r in part.instance.rounds}) for part in alone] == [40, 40, 40, 40]


def test_everybody_and_every_round_is_in_one_part() -> None:
    view = Indexed(named([70, 50, 40]))
    parts = split(view, 3)
    assert sorted(p for part in parts for p in part.people.tolist()) == list(range(len(view.people)))
    assert sorted(r for part in parts for r in part.rounds.tolist()) == list(range(len(view.rounds)))
