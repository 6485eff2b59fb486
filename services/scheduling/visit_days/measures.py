"""What is counted of a visit day, so that two can be laid side by side. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations, pairwise
from uuid import UUID

from services.scheduling.visit_days.events import LaidTeam, LaidVisit
from services.scheduling.visit_days.facts import DayFacts


def measure(facts: DayFacts, teams: tuple[LaidTeam, ...], visits: tuple[LaidVisit, ...]) -> dict[str, int]:
    """`idle`: times at which a team has no room. `walks`: changes of wing between two visits. `met_again`: pairs of
    one team who were in one team before this year. `same_school`: people beyond the first of a school in a team.
    `no_principal`, `no_teacher`: teams without any, where the round has some."""
    times = {v.starts_at for v in visits}
    wing = {r.classroom_id: r.wing for r in facts.rooms}
    walks = 0
    for team in range(len(teams)):
        own = [wing.get(v.classroom_id) for v in sorted(visits, key=lambda v: v.starts_at) if v.team == team]
        walks += sum(a is not None and b is not None and a != b for a, b in pairwise(own))
    role = {p: facts.people[p].role for p in facts.people}
    return {
        "visits": len(visits),
        "rooms": len({v.classroom_id for v in visits}),
        "idle": len(times) * len(teams) - len({(v.team, v.starts_at) for v in visits}),
        "walks": walks,
        "met_again": sum(
            facts.met.get(frozenset(pair), 0) > 0 for t in teams for pair in combinations(t.observer_ids, 2)
        ),
        "same_school": sum(n - 1 for t in teams for n in _schools(facts, t.observer_ids).values()),
        "no_principal": _without("principal", teams, role),
        "no_teacher": _without("teacher", teams, role),
    }


def _schools(facts: DayFacts, people: tuple[UUID, ...]) -> Counter[UUID]:
    homes = [facts.people[p].home for p in people if p in facts.people]
    return Counter(h for h in homes if h is not None)


def _without(wanted: str, teams: tuple[LaidTeam, ...], role: Mapping[UUID, str]) -> int:
    if wanted not in role.values():
        return 0
    return sum(all(role.get(p) != wanted for p in t.observer_ids) for t in teams)
