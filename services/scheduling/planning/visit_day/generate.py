"""Invented visit days by seed, of the sizes that targets are set for."""

from __future__ import annotations

import random

from services.scheduling.planning.visit_day.tasks import DebriefRoom, Room, Slot, VisitDay, Visitor

SIZES = {"12-3": (12, 3), "24-5": (24, 5), "45-6": (45, 6), "70-8": (70, 8)}
"""Rooms and teams."""

_BANDS = ("K-2", "3-5", "6-8", "9-12")
_SUBJECTS = ("Mathematics", "English", "Science", "History", "Arts")


def generate_day(rooms: int, teams: int, seed: int = 1, *, slots: int | None = None) -> VisitDay:
    dice = random.Random(f"{rooms}-{teams}-{seed}")
    count = slots or max(6, -(-rooms // teams) + 2)
    times = []
    minute = 8 * 60
    for n in range(count + 1):
        length = 30 if n == count // 2 else 20
        start, end = minute, minute + length
        label = (f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}")
        times.append(Slot(id=f"t{n}", start=label[0], end=label[1], lunch=n == count // 2))
        minute = end + 5
    wings = max(2, rooms // 10)
    made = []
    for n in range(rooms):
        shut = {f"t{dice.randrange(count + 1)}" for _ in range(max(1, count // 5))}
        made.append(
            Room(
                id=f"c{n}",
                name=f"Room {101 + n}",
                grade_band=_BANDS[dice.randrange(4) if rooms > 20 else dice.randrange(2)],
                subject=dice.choice(_SUBJECTS),
                wing=f"wing {n * wings // rooms + 1}",
                open_slots=tuple(s.id for s in times if not s.lunch and s.id not in shut),
            )
        )
    people = [
        Visitor(
            id=f"v{n}",
            name=f"Visitor {n}",
            role=("principal", "teacher", "coach", "teacher")[n % 4],
            school=f"s{n % 11}",
        )
        for n in range(teams * 4)
    ]
    names = [v.id for v in people]
    met = []
    for _ in range(teams * 4):
        a, b = sorted(dice.sample(names, 2))
        met.append((a, b, dice.randint(1, 3)))
    return VisitDay(
        slots=tuple(times),
        rooms=tuple(made),
        visitors=tuple(people),
        teams=teams,
        met=tuple(met),
        walk_minutes={
            f"wing {a}": {f"wing {b}": abs(a - b) + 1 for b in range(1, wings + 1)} for a in range(1, wings + 1)
        },
        debrief_rooms=(DebriefRoom(id="library", name="Library", seats=60), DebriefRoom(id="small", seats=10)),
        seed=seed,
    )
