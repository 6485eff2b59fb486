"""From an open synthesis to the words that a release freezes. Pure.

A pattern's figures leave the round's team only when at least the district's minimum of visits,
classrooms and observers stands behind them; otherwise the pattern says so in words (domain.md, rule 2).
Once told they stay as they were told: what is withdrawn after the synthesis closed is mostly one observer's in
one room, and the difference of two releases would tell of it. The statements behind a pattern are told with its figures
or not at all, in the order of their ids, which are hashes: neither their writer nor their room can be read off it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.rounds.capture.events import CoreElement
from services.rounds.debrief.events import PatternNamed, ReleasedPattern, ReleasedStatement, ReleasedSynthesis
from services.rounds.debrief.state import DebriefState
from services.rounds.rounds.events import ProblemOfPracticeWritten
from services.rounds.rounds.queries import District

FEWEST_OUTSIDE = 3
"""Rooms that must lie outside a pattern for its rooms to be told exactly: "8 of 8" speaks of every teacher, and
"7 of 8" of the one whose room it was not (docs/adr/0004, rule 2)."""


MOST_STATEMENTS = 60
"""Of a pattern that are told: more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Support:
    """Where a standing statement comes from."""

    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID
    core_element: CoreElement
    words: str = ""  # sealed


def synthesis(
    state: DebriefState,
    problem: ProblemOfPracticeWritten | None,
    support: Mapping[UUID, Support],
    minima: District,
) -> ReleasedSynthesis:
    """`support` holds the standing statements; those that were withdrawn before the first release do not count."""
    told = {p.pattern_id: p for r in state.releases for p in r.synthesis.patterns if p.hidden is None}
    return ReleasedSynthesis(
        problem=problem.problem if problem else "",
        theory_of_action=problem.theory_of_action if problem else "",
        focus_questions=problem.focus_questions if problem else (),
        patterns=tuple(told.get(i) or _released(p, support, minima) for i, p in state.patterns.items()),
        predictions=state.predictions,
        next_level_of_work=state.commitments,
    )


def _released(pattern: PatternNamed, support: Mapping[UUID, Support], minima: District) -> ReleasedPattern:
    behind = [support[s.statement_id] for s in pattern.statements if s.statement_id in support]
    hidden = too_few(behind, minima)
    elements: dict[str, int] | None = None
    elements_hidden = hidden
    if hidden is None:
        by_element: dict[str, list[Support]] = defaultdict(list)
        for s in behind:
            by_element[s.core_element].append(s)
        # one hidden element could be had by subtraction: all are shown, or none
        short = [reason for one in by_element.values() if (reason := too_few(one, minima))]
        elements_hidden = short[0] if short else None
        elements = None if short else dict(sorted(Counter(s.core_element for s in behind).items()))
    rooms, outside = _rooms(behind, support)
    nearly_all = outside < FEWEST_OUTSIDE
    return ReleasedPattern(
        pattern_id=pattern.pattern_id,
        name=pattern.name,
        description=pattern.description,
        statements=None if hidden else len(behind),
        classrooms=None if hidden or nearly_all else rooms,
        classrooms_at_least=max(minima.min_classrooms, rooms + outside - FEWEST_OUTSIDE + 1)
        if nearly_all and not hidden
        else None,
        core_elements=elements,
        hidden=hidden,
        core_elements_hidden=elements_hidden,
        evidence=() if hidden else _statements(pattern, support, by_element=elements is not None),
    )


def _statements(
    pattern: PatternNamed, support: Mapping[UUID, Support], *, by_element: bool
) -> tuple[ReleasedStatement, ...]:
    linked = sorted({s.statement_id for s in pattern.statements if s.statement_id in support})[:MOST_STATEMENTS]
    return tuple(
        ReleasedStatement(
            statement_id=i, core_element=support[i].core_element if by_element else None, words=support[i].words
        )
        for i in linked
        if support[i].words
    )


def _rooms(behind: Sequence[Support], support: Mapping[UUID, Support]) -> tuple[int, int]:
    """How many of the round's rooms show the pattern, and how many do not."""
    shown = {s.classroom_id for s in behind}
    return len(shown), len({s.classroom_id for s in support.values()} - shown)


def too_few(behind: Sequence[Support], minima: District) -> str | None:
    """Why figures over these statements are hidden, in words; None when they may be shown."""
    if len({s.classroom_id for s in behind}) < minima.min_classrooms:
        return f"fewer than {minima.min_classrooms} classrooms"
    if len({(s.slot_id, s.observer_id) for s in behind}) < minima.min_visits:
        return f"fewer than {minima.min_visits} visits"
    if len({s.observer_id for s in behind}) < minima.min_observers:
        return f"fewer than {minima.min_observers} observers"
    return None
