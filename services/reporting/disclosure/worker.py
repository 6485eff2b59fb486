"""Solves attackers' programmes with HiGHS, in a process of its own: JSON in, JSON out.

python -m services.reporting.disclosure.worker SECONDS < {"programmes": [...], "complement": true}
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace

from services.reporting.disclosure.complement import complement, complement_by_cuts
from services.reporting.disclosure.programme import Programme, Solution
from services.reporting.disclosure.ranges import beside, clamped, new, own_block, pinned, ranges
from services.reporting.disclosure.searched import settled
from services.reporting.disclosure.worlds import fits, open_forms


def solve(programme: Programme, *, with_complement: bool) -> Solution:
    if programme.by_itself:
        programme = beside(programme)
    if programme.within:
        return _within(programme)
    if programme.only_new and fits(programme):
        return _of_a_district(programme, with_complement)
    if programme.only_new:
        programme = clamped(programme)
    found = ranges(programme)
    leaks = pinned(programme, found)
    if not leaks:
        return Solution(found, (), ())
    return Solution(found, leaks, complement(programme, leaks) if with_complement else None)


def _of_a_district(programme: Programme, with_complement: bool) -> Solution:
    """What is open with all that is told needs no look at what was known before."""
    proven = open_forms(programme)
    asked = _asking(programme, [key for key in programme.protected if key not in proven])
    found = settled(asked).ranges
    asked = _asking(programme, pinned(asked, found))
    asked = clamped(asked, settled(asked, new(asked), exactly=True).outer)
    last = settled(asked)
    leaks = pinned(asked, last.ranges)
    unproven = tuple(key for key in leaks if key in last.around)
    hide = (complement_by_cuts(asked, leaks) if with_complement else None) if leaks else ()
    return Solution(found | last.ranges, leaks, hide, unproven)


def _within(programme: Programme) -> Solution:
    """Pinned is what is not shown to be open: neither what was known before can be told from here, nor what to hide."""
    if not fits(programme):
        return Solution({}, tuple(programme.protected))
    asked = _asking(programme, programme.protected.keys() - open_forms(programme))
    # What a block's own totals leave open of it is all that there ever was.
    for block in sorted({programme.blocks[name] for p in asked.protected.values() for name in p.form}):
        own = own_block(asked, block)
        asked = replace(asked, protected=asked.protected | clamped(own, ranges(own)).protected)
    found = settled(asked).ranges if asked.protected else {}
    return Solution(found, pinned(asked, found))


def _asking(programme: Programme, keys: Iterable[str]) -> Programme:
    return replace(programme, protected={key: programme.protected[key] for key in keys})


def main() -> None:
    seconds = int(sys.argv[1])  # of the processor; then SIGXCPU ends it
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    asked = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # HiGHS writes its banner to standard output, whatever its options say
    answers = [
        asdict(solve(Programme.of_json(body), with_complement=asked["complement"])) for body in asked["programmes"]
    ]
    with out:
        json.dump(answers, out)


if __name__ == "__main__":
    main()
