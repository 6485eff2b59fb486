"""From verdicts to the section that is frozen. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from services.reporting.disclosure.cells import AtLeast, AtMost, Outcome, Told
from services.reporting.disclosure.rule import CELL_CLASSROOMS, Rule, unsaid
from services.reporting.figures.agreement import LEAST_ROOMS, agreement
from services.reporting.figures.facts import NOT_RATED, Rating, RoundFacts
from services.reporting.releases.compose import outwards
from services.reporting.releases.snapshot import Cell
from services.reporting.sections.control import Verdict
from services.reporting.sections.section import SectionAgreement, SectionGroup
from services.reporting.sections.spread import Spread
from services.reporting.sections.visits import LEAST_SCHOOLS

STEP = 10
"""Agreement is told in tenths, and what is no better than chance as 0, without limits: that all disagree would tell of
each room."""


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
            why = unsaid()
            return Cell(category=element, state="hidden", why=why, text=why.text)


Given = tuple[RoundFacts, Rating]
"""An answer, and the round that it was given in."""


def agreements(
    rounds: Iterable[RoundFacts],
    rule: Rule,
    before: Iterable[Iterable[RoundFacts]] = (),
    known: Collection[UUID] = (),
) -> tuple[SectionAgreement, ...]:
    """Per look-for of each instrument, over the rooms of all schools. `before`: the rounds behind each earlier section
    of the period; `known`: rounds of which all may be known from releases by older rules, so that the others must be
    enough. What may be told of it: docs/adr/0004-disclosure-control.md, 15."""
    earlier = [_given(some) for some in before]
    return tuple(
        _agreement(look_for, given, rule, [old.get((instrument, look_for), []) for old in earlier], known)
        for (instrument, look_for), given in sorted(_given(rounds).items())
    )


def _given(rounds: Iterable[RoundFacts]) -> dict[tuple[str, str], list[Given]]:
    """Instrument and look-for -> the answers that rate."""
    found: defaultdict[tuple[str, str], list[Given]] = defaultdict(list)
    for facts in rounds:
        for rating in facts.ratings:
            if rating.value not in NOT_RATED:
                found[facts.instrument, rating.look_for_id].append((facts, rating))
    return found


def _double(given: Iterable[Given]) -> list[Given]:
    """Those of slots that two or more observers rated."""
    held = list(given)
    people: defaultdict[object, set[object]] = defaultdict(set)
    for _, r in held:
        people[r.slot_id].add(r.observer_id)
    return [(facts, r) for facts, r in held if len(people[r.slot_id]) > 1]


def _short(double: Iterable[Given], rule: Rule) -> bool:
    """Whether the answers do not meet the rule."""
    held, rooms = list(double), max(rule.classrooms, LEAST_ROOMS)
    return (
        len({f.school_id for f, _ in held}) < LEAST_SCHOOLS
        or len({r.classroom_id for _, r in held}) < rooms
        or len({r.observer_id for _, r in held}) < rule.observers
    )


def _one_answer(double: Iterable[Given]) -> bool:
    """Whether an answer is the only one in all rooms but two or fewer: who knows that knows of each room."""
    rooms: defaultdict[object, set[str]] = defaultdict(set)
    for _, r in double:
        rooms[r.classroom_id].add(r.value)
    return any(
        sum(said != {value} for said in rooms.values()) < CELL_CLASSROOMS for value in set().union(*rooms.values())
    )


def _changed(old: Iterable[Given], new: Iterable[Given]) -> list[Given]:
    """The answers of slots in which the two differ."""
    signs: list[defaultdict[object, set[tuple[object, str]]]] = [defaultdict(set), defaultdict(set)]
    both = (list(old), list(new))
    for sign, held in zip(signs, both, strict=True):
        for _, r in held:
            sign[r.slot_id].add((r.observer_id, r.value))
    was, now = signs
    return [(f, r) for held in both for f, r in held if was.get(r.slot_id) != now.get(r.slot_id)]


def _agreement(
    look_for: str, given: Sequence[Given], rule: Rule, before: Iterable[Sequence[Given]], known: Collection[UUID]
) -> SectionAgreement:
    newest = max((f for f, _ in given), key=lambda f: f.instrument_version)
    named = {
        "instrument": newest.instrument,
        "instrument_version": newest.instrument_version,
        "look_for": look_for,
    }
    double = _double(given)
    secret = [(f, r) for f, r in double if f.round_id not in known]
    differing = (_changed(_double(old), double) for old in before)
    alike = _one_answer(double) or _one_answer(secret)
    if _short(secret, rule) or alike or any(changed and _short(changed, rule) for changed in differing):
        # which of them it is would tell: that nearly all rooms got one answer, or that few got another
        return SectionAgreement(**named, hidden=unsaid())
    (told,) = agreement([r for _, r in double])
    if told.alpha is None or told.low is None or told.high is None:
        return SectionAgreement(**named)
    alpha, low, high = (max(round(v * STEP) / STEP, 0.0) for v in (told.alpha, told.low, told.high))
    if alpha == 0:
        return SectionAgreement(**named, alpha=0.0)
    return SectionAgreement(**named, alpha=alpha, low=low, high=high)
