"""From verdicts to the section that is frozen. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.reporting.disclosure.cells import AtLeast, AtMost, Outcome, Told
from services.reporting.disclosure.rule import CELL_CLASSROOMS, Hidden, Rule, hidden
from services.reporting.figures.agreement import LEAST_ROOMS, agreement
from services.reporting.figures.facts import NOT_RATED, Rating, RoundFacts
from services.reporting.releases.compose import outwards
from services.reporting.releases.snapshot import Cell
from services.reporting.sections.control import Verdict
from services.reporting.sections.section import SectionAgreement, SectionGroup
from services.reporting.sections.spread import Spread
from services.reporting.sections.visits import LEAST_SCHOOLS

STEP = 10
"""Agreement is told in tenths."""


def group_of(verdict: Verdict, spread: Spread) -> SectionGroup:
    named = {"grade_band": verdict.group.grade_band, "subject": verdict.group.subject}
    if verdict.whole is not None:
        return SectionGroup(**named, hidden=verdict.whole)
    cells = tuple(_cell(verdict, element, outcome, spread) for element, outcome in verdict.cells.items())
    return SectionGroup(**named, n=len(verdict.visits), cells=cells)


def _cell(verdict: Verdict, element: str, outcome: Outcome, spread: Spread) -> Cell:
    n = len(verdict.visits)
    match outcome:
        case Told(count):
            found = spread.interval(element, count, n)
            low, high = outwards(found.low, found.high)
            return Cell(
                category=element,
                state="told",
                count=count,
                share=round(count / n, 4),
                low=low,
                high=high,
                certainty=found.certainty,
                text=f"{count} of {n} visits",
            )
        case AtMost(bound):
            return Cell(category=element, state="coded", at_most=bound, text=f"at most {bound} of {n} visits")
        case AtLeast(bound):
            return Cell(category=element, state="coded", at_least=bound, text=f"at least {bound} of {n} visits")
        case _:
            why = hidden("few_or_linked", CELL_CLASSROOMS)
            return Cell(category=element, state="hidden", why=why, text=why.text)


def agreements(rounds: Iterable[RoundFacts], rule: Rule) -> tuple[SectionAgreement, ...]:
    """Per look-for of each instrument, over the rooms of all schools."""
    held: defaultdict[str, list[RoundFacts]] = defaultdict(list)
    for facts in rounds:
        held[facts.instrument].append(facts)
    found: list[SectionAgreement] = []
    for _, some in sorted(held.items()):
        by_look_for: defaultdict[str, list[tuple[RoundFacts, Rating]]] = defaultdict(list)
        for facts in some:
            for rating in facts.ratings:
                if rating.value not in NOT_RATED:
                    by_look_for[rating.look_for_id].append((facts, rating))
        for look_for, given in sorted(by_look_for.items()):
            found.append(_agreement(look_for, given, rule))
    return tuple(found)


def _agreement(look_for: str, given: Sequence[tuple[RoundFacts, Rating]], rule: Rule) -> SectionAgreement:
    newest = max((f for f, _ in given), key=lambda f: f.instrument_version)
    named = {
        "instrument": newest.instrument,
        "instrument_version": newest.instrument_version,
        "look_for": look_for,
    }
    people: defaultdict[object, set[object]] = defaultdict(set)
    for _, r in given:
        people[r.slot_id].add(r.observer_id)
    double = [(facts, r) for facts, r in given if len(people[r.slot_id]) > 1]
    why: Hidden | None = None
    if len({f.school_id for f, _ in double}) < LEAST_SCHOOLS:
        why = hidden("fewer_than_schools", LEAST_SCHOOLS)
    elif len({r.classroom_id for _, r in double}) < max(rule.classrooms, LEAST_ROOMS):
        why = hidden("fewer_than_classrooms", max(rule.classrooms, LEAST_ROOMS))
    elif len({r.observer_id for _, r in double}) < rule.observers:
        why = hidden("fewer_than_observers", rule.observers)
    if why is not None:
        return SectionAgreement(**named, hidden=why)
    (told,) = agreement([r for _, r in double])
    if told.alpha is None or told.low is None or told.high is None:
        return SectionAgreement(**named)
    alpha, low, high = (round(v * STEP) / STEP for v in (told.alpha, told.low, told.high))
    return SectionAgreement(**named, alpha=alpha, low=low, high=high)
