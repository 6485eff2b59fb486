"""What was entered about people, held against a plan: each conflict as a sentence at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from services.scheduling.rounds.commands import Facts, Plan
from services.scheduling.rounds.finding import Finding, on_day
from shared.access import Role

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
            yield Finding(
                "unavailable",
                where,
                f"{person.name} cannot come on {on_day(plan.day)} ({known.away[person_id]}).",
                "Choose another day or another person.",
            )
        if person_id in known.untrained:
            leads = role is Role.FACILITATOR
            yield Finding(
                "not_trained",
                where,
                f"{person.name} {known.untrained[person_id]}.",
                "Choose somebody who is trained, or enter the training."
                if leads
                else "Have them trained before the visit.",
                refuses=leads,
            )
        for cap in known.caps.get(person_id, ()):
            if cap.out + 1 > cap.most:
                yield Finding(
                    "days_out",
                    where,
                    f"{person.name} would be out {cap.out + 1} {'day' if cap.out == 0 else 'days'} in {cap.of}; "
                    f"at most {cap.most} {'is' if cap.most == 1 else 'are'} allowed.",
                    "Choose somebody else, or raise the limit.",
                )


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
            yield Finding(
                "cover",
                people[-1][1],
                f"{out} people of {cover.school_name} would be out on {on_day(plan.day)} "
                f"({', '.join(name for name, _ in people)} in this round); it can spare {cover.spare}.",
                "Choose people of other schools, or another day.",
            )


def _pairs(facts: Facts, named: Named) -> Iterator[Finding]:
    known = facts.entered
    places = {person_id: where for person_id, where, _ in named}
    for a, b, kind in known.pairs:
        names = (known.names.get(a, "somebody"), known.names.get(b, "somebody"))
        if kind == "apart" and a in places and b in places:
            yield Finding(
                "kept_apart",
                places[b],
                f"{names[0]} and {names[1]} are not to be on one visit.",
                "Choose somebody else for one of them.",
            )
        if kind == "together" and (a in places) is not (b in places):
            here, missing = names if a in places else names[::-1]
            yield Finding(
                "kept_together",
                places[a] if a in places else places[b],
                f"{here} comes only together with {missing}, who is not in this round.",
                f"Add {missing}, or leave both out.",
            )
