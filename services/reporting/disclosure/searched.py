"""What an attacker can conclude of a district, asked no further than the policy does.

From one world that fits, others are looked for. Each is a world of every form, so that most forms are seen to be open
before they are asked about; a search ends where the form is as far as it must be. Linear programming says what no world
can be beyond. Where neither ends it, whole numbers are tried by counted steps, and what is unproven then is said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from services.reporting.disclosure.model import Model, base
from services.reporting.disclosure.narrowed import narrowed
from services.reporting.disclosure.programme import MOST, Form, Programme, Protected, Range, Told, is_pinned
from services.reporting.disclosure.ranges import MAXIMIZE, MINIMIZE, parts

FEW = 4
"""Forms that are rather asked for one by one."""
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Settled:
    """`ranges`: of a form that is open as far as it must be, of one that is pinned as far as that was proven; of one of
    which neither was, what was found possible. `around`: of these, what was not found impossible."""

    ranges: dict[str, Range]
    around: dict[str, Range]

    @property
    def outer(self) -> dict[str, Range]:
        return self.ranges | self.around


def settled(programme: Programme, hidden: Iterable[str] = (), *, exactly: bool = False) -> Settled:
    """Of a programme whose world fits. Within a part of it (what is possible there is possible), then around it (what
    is impossible there is impossible), then by the parts that hang together. `exactly`: the range of a pinned form is
    wanted as it is, up to what the policy asks."""
    asked = narrowed(programme, hidden)
    within, around = _Search(asked.within, programme.world, asked.fixed), _Search(asked.around)
    within.together(programme.protected)
    found: dict[str, Range] = {}
    left: dict[str, Protected] = {}
    for key, wanted in programme.protected.items():
        if not is_pinned(within.found(key), wanted):
            found[key] = within.found(key)
            continue
        for by_whole in (False, True):
            most = around.outer(key, by_whole)
            if not exactly and is_pinned(most, wanted):
                found[key] = most
                break
            least = within.towards(key, wanted, most)
            if not is_pinned(least, wanted) or _same(least, most):
                found[key] = least
                break
        else:
            left[key] = wanted
    unproven: dict[str, Range] = {}
    for part in _together(replace(programme, protected=left), hidden) if left else ():
        search = _Search(part, programme.world)
        for key, wanted in part.protected.items():
            found[key] = search.towards(key, wanted, search.outer(key, False))
            most = search.outer(key, False)
            if is_pinned(found[key], wanted) and not _same(found[key], most):
                if not exactly and is_pinned(most, wanted):
                    found[key] = most
                else:
                    unproven[key] = most
    return Settled({key: found[key] for key in programme.protected}, unproven)


def _same(one: Range, other: Range) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _together(programme: Programme, hidden: Iterable[str]) -> list[Programme]:
    """The parts that hang together by rows or by a protected form."""
    gone = set(hidden)
    told = {key: t for key, t in programme.told.items() if key not in gone}
    forms = {f"form {key}": p.form for key, p in programme.protected.items()}
    linked = replace(programme, told=told | {key: Told(form, 0, 0) for key, form in forms.items()})
    found = []
    for part in parts(linked, ()):
        part.protected = {k: p for k, p in programme.protected.items() if f"form {k}" in part.told}
        part.told = {key: t for key, t in part.told.items() if key not in forms}
        if part.protected:
            found.append(part)
    return found


class _Search:
    """`world`: from which to look on; none: every form is looked for. `fixed`: what is added to each form."""

    def __init__(
        self, programme: Programme, world: Mapping[str, int] | None = None, fixed: Mapping[str, int] | None = None
    ) -> None:
        self._programme = programme
        self._forms: dict[str, Form] = {key: p.form for key, p in programme.protected.items()}
        self._fixed = fixed or dict.fromkeys(self._forms, 0)
        self._linear = base(programme, (), whole=False)
        self._whole: Model | None = None
        self._seen: dict[str, list[float]] = {key: [MOST, -MOST] for key in self._forms}
        self._ends: dict[tuple[str, int], float] = {}
        """Form and sense (1 for its least, -1 for the negative of its most) -> what no world is below."""
        self._tried: set[tuple[str, int]] = set()
        if world is not None:
            self._saw(world)

    def _saw(self, world: Mapping[str, int]) -> None:
        for key, form in self._forms.items():
            value = sum(weight * world[name] for name, weight in form.items())
            seen = self._seen[key]
            seen[0], seen[1] = min(seen[0], value), max(seen[1], value)

    def found(self, key: str) -> Range:
        """What worlds were found to hold so far."""
        low, high = (v + self._fixed[key] for v in self._seen[key])
        return Range(low, high, low, high)

    def outer(self, key: str, by_whole: bool) -> Range:
        """What no world is beyond: by linear programming, or by whole numbers as far as these were tried."""
        if by_whole:
            for sense in (1, -1):
                self._reach(key, sense, -MOST)
        ends = [self._bound(key, sense) + sense * self._fixed[key] for sense in (1, -1)]
        return Range(ends[0], -ends[1], ends[0], -ends[1])

    def _bound(self, key: str, sense: int) -> float:
        if (key, sense) not in self._ends:
            value = self._linear.extreme(self._forms[key], MINIMIZE if sense > 0 else MAXIMIZE) * sense
            self._ends[key, sense] = ceil(value - _TINY)
            if self._linear.is_whole():
                self._saw(self._linear.counts())
        return self._ends[key, sense]

    def _whole_counts(self) -> Model:
        if self._whole is None:
            self._whole = base(self._programme, (), whole=True)
        return self._whole

    def together(self, wanted: Mapping[str, Protected]) -> None:
        """Looks for worlds that are far off for many forms at once, one way and the other in turn."""
        ways = {key: 1 - 2 * (n % 2) for n, key in enumerate(wanted)}
        vain = 0
        left = [key for key in wanted if is_pinned(self.found(key), wanted[key])]
        while len(left) > FEW and vain < 2:
            form: defaultdict[str, float] = defaultdict(float)
            for key in left:
                ways[key] = -ways[key]
                for name, weight in self._forms[key].items():
                    form[name] += ways[key] * weight / len(self._forms[key])
            whole = self._whole_counts()
            if whole.towards(form, -MOST * len(form), near=True)[0] is None:
                return
            self._saw(whole.found)
            before, left = len(left), [key for key in left if is_pinned(self.found(key), wanted[key])]
            vain = 0 if len(left) < before else vain + 1

    def towards(self, key: str, wanted: Protected, most: Range) -> Range:
        """What worlds were found to hold, looked for until the form is as open as wanted or `most` is reached."""
        least_aim = most.low if wanted.low is None else max(most.low, wanted.low)
        most_aim = most.high if wanted.high is None else min(most.high, wanted.high)
        if most_aim - least_aim < wanted.width:
            least_aim, most_aim = most.low, most.high
        for sense in (-1, 1, -1):
            if not is_pinned(self.found(key), wanted):
                break
            now = self.found(key)
            if sense < 0:
                aim = most_aim if wanted.high is not None else min(most_aim, now.low + wanted.width)
            else:
                aim = least_aim if wanted.low is not None else max(least_aim, now.high - wanted.width)
            self._reach(key, sense, (aim - self._fixed[key]) * sense)
        return self.found(key)

    def _reach(self, key: str, sense: int, aim: float) -> None:
        """Looks for a world whose form (times `sense`) is not above `aim`, where there can be one."""

        def reached() -> bool:
            seen = self._seen[key][0] if sense > 0 else -self._seen[key][1]
            return seen <= max(aim, self._bound(key, sense))

        if reached() or (key, sense) in self._tried:
            return
        whole = self._whole_counts()
        form = {name: weight * sense for name, weight in self._forms[key].items()}
        found, bound = whole.towards(form, max(aim, self._bound(key, sense)))
        self._ends[key, sense] = max(self._ends[key, sense], ceil(bound - _TINY))
        if found is None or found > aim + _TINY:
            self._tried.add((key, sense))
        if found is not None:
            self._saw(whole.found)
