"""Where the header of somebody's spreadsheet is: titles may stand above it; merged cells make two rows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from services.rounds.imports.mapping import ObservationMapping
from shared.tabular.table import DELIMITERS, HeaderFound, clean, filled_records

LOOKED_AT = 6
"""Rows in which a header is looked for."""


def find_header(file: str, text: str, mapping: ObservationMapping) -> HeaderFound:
    """The row, or two rows read as one, in which the mapping knows most columns; the first such."""
    best, most = HeaderFound((), ","), -1
    for header in _candidates(file, text):
        known = _known(header.cells, mapping)
        if known > most:
            best, most = header, known
    return best


def _known(header: Sequence[str], mapping: ObservationMapping) -> int:
    wanted = [mapping.observed_on, *mapping.classroom, *mapping.observer, *(r.column for r in mapping.ratings)]
    return sum(any(w.fits(h) for h in header) for w in wanted)


def _candidates(file: str, text: str) -> Iterator[HeaderFound]:
    for delimiter in DELIMITERS:
        rows = [[clean(c) for c in cells] for _, cells in islice(filled_records(file, text, delimiter), LOOKED_AT)]
        yield from (HeaderFound(row, delimiter, n) for n, row in enumerate(rows, start=1))
        yield from (
            HeaderFound(_joined(upper, lower), delimiter, n) for n, (upper, lower) in enumerate(pairwise(rows), start=2)
        )


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """A cell that was merged over several columns stands in the first of them alone; one merged over both rows stands
    in the upper one."""
    spread, over = [], ""
    for n in range(max(len(upper), len(lower))):
        above, below = (row[n] if n < len(row) else "" for row in (upper, lower))
        over = above or (over if below else "")
        spread.append(f"{over} {below}".strip())
    return spread
