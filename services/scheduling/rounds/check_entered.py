"""What was entered about people, held against a plan: each conflict as a sentence at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from services.scheduling.rounds.commands import Facts, Plan
from services.scheduling.rounds.finding import Finding, finding, on_day
from shared.access import Role
from shared.said import say

Named = Sequence[tuple[UUID, str, Role]]
"""Each person of the plan, at which place, in which part."""


def entered_findings(plan: Plan, facts: Facts, named: Named) -> Iterator[Finding]:
    yield from _each(plan, facts, named)
    yield from _cover(plan, facts, named)
    yield from _pairs(facts, named)


def _each(plan: Plan, facts: Facts, named: Named) -> Iterator[Finding]:
    known = facts.entered
    for person_id, where, role in named:
        person = facts.people.get(person_id)
        if person is None:
            continue
        if person_id in known.away:
            day = on_day(plan.day)
            yield finding("unavailable", where, person=person.name, day=day, when=known.away[person_id])
        if person_id in known.untrained:
            why = known.untrained[person_id]
            if role is Role.FACILITATOR:
                yield finding("leader_not_trained", where, code="not_trained", person=person.name, why=why)
            else:
                yield finding("not_trained", where, refuses=False, person=person.name, why=why)
        for cap in known.caps.get(person_id, ()):
            if cap.out + 1 > cap.most:
                days = say("findings.days", count=cap.out + 1)
                yield finding("days_out", where, person=person.name, days=days, when=cap.of, count=cap.most)


def _cover(plan: Plan, facts: Facts, named: Named) -> Iterator[Finding]:
    known = facts.entered
    leaving: dict[UUID, list[tuple[str, str]]] = {}
    for person_id, where, _ in named:
        home = known.homes.get(person_id)
        if home is not None and home in known.cover and home != plan.school_id and person_id in facts.people:
            leaving.setdefault(home, []).append((facts.people[person_id].name, where))
    for home, people in leaving.items():
        cover = known.cover[home]
        out = cover.out + len(people)
        if out > cover.spare:
            yield finding(
                "cover",
                people[-1][1],
                count=out,
                school=cover.school_name,
                day=on_day(plan.day),
                names=", ".join(name for name, _ in people),
                spare=cover.spare,
            )


def _pairs(facts: Facts, named: Named) -> Iterator[Finding]:
    known = facts.entered
    places = {person_id: where for person_id, where, _ in named}
    for a, b, kind in known.pairs:
        names = tuple(known.names.get(p) or say("findings.somebody") for p in (a, b))
        if kind == "apart" and a in places and b in places:
            yield finding("kept_apart", places[b], person=names[0], other=names[1])
        if kind == "together" and (a in places) is not (b in places):
            here, missing = names if a in places else names[::-1]
            yield finding("kept_together", places[a] if a in places else places[b], person=here, other=missing)
