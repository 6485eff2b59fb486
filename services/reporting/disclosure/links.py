"""Tables of one round hang together: a statement belongs to a visit. These links are closed here.

With v(e) the visits with a statement of core element e, s(e) its statements, t(q) the visits with a
statement on focus question (or tagged with look-for) q: s(e) >= v(e), t(q) <= sum of v(e).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from services.reporting.disclosure.cells import AtLeast, AtMost, Known, Outcome, Told, Withheld
from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import RoundFacts, Statement


def bounds(outcome: Outcome, n: int) -> tuple[int, int]:
    """What a reader can conclude from an outcome over n units."""
    match outcome:
        case Told(count):
            return count, count
        case AtMost(bound):
            return 0, bound
        case AtLeast(bound):
            return bound, n
        case Withheld():
            return 0, n


def known_from_visits(
    visits: Mapping[str, Outcome], n: int, floors: Mapping[str, int] | None = None
) -> dict[str, Known]:
    """What the shares of visits by core element, and the `floors` from patterns, tell about its statements."""
    known = {}
    for element, outcome in visits.items():
        low, high = bounds(outcome, n)
        floor = max(low, (floors or {}).get(element, 0))
        known[element] = Known(floor, None if isinstance(outcome, Told) else high, unseen=low == 0)
    return known


def known_from_patterns(facts: RoundFacts, rule: Rule) -> dict[str, int]:
    """The least number of statements per core element that the released patterns tell of: the rounds service names a
    pattern's elements where each has the rule's classrooms, visits and observers behind it."""
    standing = {s.statement_id: s for s in facts.statements}
    floors: Counter[str] = Counter()
    for pattern in facts.patterns:
        by_element: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement_id in pattern & standing.keys():
            by_element[standing[statement_id].core_element].append(standing[statement_id])
        if all(_enough(held, rule) for held in by_element.values()):
            for element, held in by_element.items():
                evidence = sum(not s.judgmental for s in held)
                floors[element] = max(floors[element], evidence)
    return dict(floors)


def _enough(held: Sequence[Statement], rule: Rule) -> bool:
    return (
        len({s.classroom_id for s in held}) >= rule.classrooms
        and len({(s.slot_id, s.observer_id) for s in held}) >= rule.visits
        and len({s.observer_id for s in held}) >= rule.observers
    )


def tag_leaks(tag: Outcome, visits: Mapping[str, Outcome], n: int, statements: int | None) -> bool:
    """Whether telling `tag` would narrow a coded core element, or the core elements (or the total of
    `statements`, where told) would narrow `tag`."""
    low, high = bounds(tag, n)
    most = {element: bounds(outcome, n)[1] for element, outcome in visits.items()}
    for element, outcome in visits.items():
        coded_low = bounds(outcome, n)[0]
        if not isinstance(outcome, Told) and low > sum(most.values()) - most[element] + coded_low:
            return True
    if isinstance(tag, Told):
        return False
    return high > sum(most.values()) or (statements is not None and high > statements)
