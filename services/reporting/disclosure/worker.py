"""Solves attackers' programmes with HiGHS, in a process of its own: JSON in, JSON out.

python -m services.reporting.disclosure.worker < {"programmes": [...], "complement": true}
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace

from services.reporting.disclosure.complement import complement, complement_by_cuts
from services.reporting.disclosure.programme import Programme, Solution
from services.reporting.disclosure.ranges import clamped, pinned, ranges, settled
from services.reporting.disclosure.worlds import fits, open_forms


def solve(programme: Programme, *, with_complement: bool) -> Solution:
    district = programme.only_new and fits(programme)
    if district:
        proven = open_forms(programme)
        left = {key: wanted for key, wanted in programme.protected.items() if key not in proven}
        programme = replace(programme, protected=left)
    if programme.only_new:
        programme = clamped(programme, apart=district)
    found = settled(programme) if district else ranges(programme)
    leaks = pinned(programme, found)
    if not leaks:
        return Solution(found, (), ())
    if not with_complement:
        return Solution(found, leaks)
    return Solution(found, leaks, (complement_by_cuts if district else complement)(programme, leaks))


def main() -> None:
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
