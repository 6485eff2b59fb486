"""A leader's counts: nothing hidden follows from what is told, in a table, across tables, or from week to week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.rounds.progress.queries import STANDINGS, Counts, Progress, Row, counted
from services.rounds.protocols.library import newest
from shared.disclosure import LEAST, Known, cap, fives, tell

DAY = date(2026, 11, 2)
MODEL = "reflective-practice"
STAGES = newest()[MODEL].stage_ids


def test_whoever_lists_all_worlds_that_look_the_same_finds_each_count_open() -> None:
    """Every table of up to four cells, grouped by what is told of it: of each cell, each of the five counts that its
    fives hold is in some world of the group. A hidden one may be zero, and may be four."""
    for cells in (1, 2, 3, 4):
        reach = range(15 if cells < 4 else 10)
        groups: dict[tuple[int, ...], list[set[int]]] = {}
        for world in product(reach, repeat=cells):
            told = tuple(fives(n) for n in world)
            seen = (*told, tell(sum(world), None, cap(told)).told)
            for found, n in zip(groups.setdefault(seen, [set() for _ in world]), world, strict=True):
                found.add(n)
        for seen, found in groups.items():
            for told_cell, counts in zip(seen, found, strict=False):
                assert {told_cell + n for n in range(LEAST)} <= counts, seen


def cycles(at: Mapping[tuple[str, str, str], int]) -> list[Row]:
    return [Row(MODEL, stage, standing, school) for (stage, standing, school), n in at.items() for _ in range(n)]


WORLDS = st.dictionaries(
    st.tuples(st.sampled_from(STAGES), st.sampled_from(STANDINGS), st.sampled_from(["north", "south", "west"])),
    st.integers(0, 12), max_size=8,
)  # fmt: skip


def of(told: Progress) -> Iterator[tuple[str, int]]:
    """Every count of the model by its name; hidden is 0."""
    [m] = [m for m in told.models if m.model == MODEL]
    yield "total", m.cycles or 0
    for table in ("stages", "standings", "schools"):
        for cell in getattr(m, table):
            yield f"{table}/{cell.code}", cell.count or 0


def truth(rows: list[Row]) -> Counter[str]:
    found = Counter({"total": len(rows)})
    for r in rows:
        found[f"standings/{r.standing}"] += 1
        found[f"schools/{r.school_id}"] += 1
        if r.standing == "under_way":
            found[f"stages/{r.stage}"] += 1
    return found


@given(WORLDS)
def test_what_is_told_is_true_in_fives_and_the_tables_agree(world: dict[tuple[str, str, str], int]) -> None:
    rows = cycles(world)
    told, _ = counted(Counts(rows, 3, 7, {"observer-basics": 4, "coaching": 12}), {}, DAY)
    shown, held = dict(of(told)), truth(rows)
    for name, n in shown.items():
        assert n % LEAST == 0
        assert n <= held[name], name
    assert (told.people, told.offered, [t.count for t in told.trainings]) == (None, 5, [None, 10])
    stages = [n for name, n in shown.items() if name.startswith("stages/")]
    standings = [n for name, n in shown.items() if name.startswith("standings/")]
    schools = [n for name, n in shown.items() if name.startswith("schools/")]
    assert sum(stages) <= shown["standings/under_way"] <= cap(stages)
    assert sum(standings) <= shown["total"] <= cap(standings)
    assert sum(schools) <= shown["total"], "or schools would tell what the total may not"
    assert all(schools), "a school with few cycles is not named: that it has any would be told"


@settings(max_examples=60)
@given(st.lists(WORLDS, min_size=2, max_size=8))
def test_what_changes_from_week_to_week_is_the_doing_of_five_or_more(
    weeks: list[dict[tuple[str, str, str], int]],
) -> None:
    basis: dict[str, Known] = {}
    told_first: dict[str, tuple[int, int]] = {}
    for n, world in enumerate(weeks):
        rows = cycles(world)
        told, basis = counted(Counts(rows, len(rows), 0, {}), basis, DAY + timedelta(days=7 * n))
        held = truth(rows)
        for name, now in of(told):
            before = told_first.get(name)
            if before is None or (before[0] != now and not name.startswith("schools/")):
                assert before is None or abs(held[name] - before[1]) >= LEAST, name
                told_first[name] = (now, held[name])
    assert {"people", f"cycles/{MODEL}/total"} <= basis.keys()


@given(st.lists(st.integers(-1, 1), min_size=1, max_size=40), st.integers(0, 30))
def test_one_that_comes_or_goes_a_week_is_seen_at_most_every_fifth_time(steps: list[int], count: int) -> None:
    known, changes = tell(count), 0
    for step in steps:
        count = max(0, count + step)
        now = tell(count, known)
        changes += now != known
        known = now
    assert changes <= len(steps) // LEAST
