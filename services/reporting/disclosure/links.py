"""Tables of one round hang together: a statement belongs to a visit. These links are closed here.

With v(e) the visits with a statement of core element e, s(e) its statements, t(q) the visits with a
statement on focus question (or tagged with look-for) q: s(e) >= v(e), t(q) <= sum of v(e).
"""

from __future__ import annotations

from collections.abc import Mapping

from services.reporting.disclosure.cells import AtLeast, AtMost, Known, Outcome, Told, Withheld


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


def known_from_visits(visits: Mapping[str, Outcome], n: int) -> dict[str, Known]:
    """What the shares of visits by core element tell about the number of its statements."""
    known = {}
    for element, outcome in visits.items():
        low, high = bounds(outcome, n)
        known[element] = Known(floor=low, reach=None if isinstance(outcome, Told) else high)
    return known


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
