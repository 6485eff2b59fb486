"""What is wrong with a roster, by the published rules alone: no solver, no code of the model."""

from __future__ import annotations

from itertools import groupby, pairwise

from services.scheduling.planning.rows.roster import Person, Roster, Taken


def broken(roster: Roster, taken: Taken) -> list[str]:
    """Each broken rule as a sentence."""
    found = [f"{p} is nobody here" for p in {p for p, _, _ in taken} - {p.id for p in roster.people}]
    for person in roster.people:
        shifts: list[list[str]] = [[] for _ in range(roster.days)]
        for p, day, shift in taken:
            if p == person.id:
                shifts[day].append(shift)
        found += [f"{person.id} {words}" for words in _of(roster, person, shifts)]
    return found


def _of(roster: Roster, person: Person, shifts: list[list[str]]) -> list[str]:
    found = [f"has two shifts on day {d}" for d, there in enumerate(shifts) if len(there) > 1]
    found += [f"has day {d} off" for d in roster.off.get(person.id, ()) if shifts[d]]
    for d, (first, second) in enumerate(pairwise(shifts)):
        found += [f"has {b} on the day after {a}, {d}" for a in first for b in second if b in roster.shifts[a][1]]
    each = [shift for there in shifts for shift in there]
    for shift, most in person.most_of_shift.items():
        if each.count(shift) > most:
            found.append(f"has {shift} more than {most} times")
    minutes = sum(roster.shifts[shift][0] for shift in each)
    if not person.least_minutes <= minutes <= person.most_minutes:
        found.append(f"works {minutes} minutes")
    if sum(any(shifts[d : d + 2]) for d in range(5, roster.days, 7)) > person.most_weekends:
        found.append("works on too many weekends")
    runs = [(on, len(list(days))) for on, days in groupby(shifts, key=bool)]
    for n, (on, length) in enumerate(runs):
        if on and length > person.most_on:
            found.append(f"works {length} days in a row")
        at_an_end = n in (0, len(runs) - 1)  # it may have begun earlier or go on
        if length < (person.least_on if on else person.least_off) and not at_an_end:
            found.append(f"is {'on' if on else 'off'} for {length} days alone")
    return found
