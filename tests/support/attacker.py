"""Somebody who reads every door over HTTP and solves for what is hidden. Nothing of the product is used here: what
leaves is read as text, and the counts of each room are looked for by constraint programming (the auditor looks for
totals, by HiGHS).

Known to the attacker: which rooms were visited how often, the rule, and that a share of statements or answers is told
only where three rooms stand behind it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from ortools.sat.python import cp_model
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer, LTTextLine

from tests.support.found_worlds import Worlds

ELEMENTS = ("teacher", "student", "content", "task")
MOST = 400
"""More than the statements that one room's visits hold."""
Place = tuple[str, str, str]
"""definition, subject, category"""
VISITS, STATEMENTS, JUDGED = "core_element.visits", "core_element.statements", "statements.judgmental"
TAGGED = "look_for.visits"


@dataclass
class Known:
    """What the doors told of one round: of each place the bounds of its count, and the units of each table."""

    low: dict[Place, int] = field(default_factory=dict)
    high: dict[Place, int] = field(default_factory=dict)
    n: dict[tuple[str, str], int] = field(default_factory=dict)
    exact: set[Place] = field(default_factory=set)
    named: set[Place] = field(default_factory=set)

    def learn(self, place: Place, low: float | None = None, high: float | None = None) -> None:
        if low is not None:
            self.low[place] = max(self.low.get(place, 0), round(low))
        if high is not None:
            self.high[place] = min(self.high.get(place, MOST * 40), round(high))

    def cell(self, definition: str, subject: str | None, cell: Mapping[str, Any], n: int | None) -> None:
        """Whatever a cell holds, whatever it calls itself: its numbers, and those in its words."""
        place = (definition, subject or "", str(cell.get("category") or ""))
        self.named.add(place)
        if n is not None:
            self.n[place[:2]] = n
        words = str(cell.get("text") or cell.get("words") or "")
        bounds = {k: re.search(rf"{k} (\d+) of (\d+)", words) for k in ("at most", "at least")}
        count = _number(cell.get("count"))
        if count is None and (said := re.match(r"(\d+) of (\d+)", words)):
            count = float(said[1])
        share = _number(cell.get("share"))
        if count is None and share is not None and n:
            count = round(share * n)
        if count is not None:
            self.learn(place, count, count)
            self.exact.add(place)
        most, least = _number(cell.get("at_most")), _number(cell.get("at_least"))
        self.learn(place, None, most if most is not None else _said(bounds["at most"]))
        self.learn(place, least if least is not None else _said(bounds["at least"]))


def _number(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


def _said(hit: re.Match[str] | None) -> float | None:
    return float(hit[1]) if hit else None


def read_json(known: Known, body: Any) -> None:
    """Every table, change and sentence, wherever in the body it stands."""
    for part in _parts(body):
        if "cells" in part and "definition" in part:
            for cell in (*part["cells"], *(part.get("not_rated_cells") or ())):
                known.cell(part["definition"], part["subject"], cell, part["n"])
        if "verdict" in part and "before" in part:
            _moved(known, part)
        if isinstance(part.get("judgmental"), dict):
            known.cell(JUDGED, None, part["judgmental"], None)
        if isinstance(params := part.get("params"), dict):
            element = params.get("element")
            if element and "count" in params:
                known.learn((VISITS, element, "with"), params["count"], params["count"])
            if params.get("look_for") and "count" in params:
                place = ("look_for.answers", params["look_for"], params["answer"])
                known.learn(place, params["count"], params["count"])


def _parts(body: Any) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        yield body
        body = list(body.values())
    if isinstance(body, list):
        for part in body:
            yield from _parts(part)


def _moved(known: Known, part: Mapping[str, Any]) -> None:
    """A change tells the newer share; its count follows from the units."""
    key = (part["definition"], part["subject"] or "")
    after = _number(part["after"])
    if after is not None and key in known.n:
        count = round(after * known.n[key])
        known.learn((*key, part["category"]), count, count)


def read_rows(known: Known, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        if not row["definition"]:
            continue
        if "verdict" in row:
            _moved(known, row)
        elif row["category"]:
            n = _number(row["n"])
            known.cell(row["definition"], row["subject"], row, None if n is None else int(n))


def rows_of(kind: str, body: bytes) -> list[dict[str, Any]]:
    """The rows of a CSV or Parquet file."""
    if kind == "parquet":
        return list(pq.read_table(io.BytesIO(body)).to_pylist())
    text = body.decode("utf-8-sig").split("\r\n\r\n")[0]
    return list(csv.DictReader(io.StringIO(text)))


HEADINGS = {"Visits in which it was seen, by core element": VISITS, "Statements by core element": STATEMENTS}
_OTHER = ("Visits that spoke", "Look-for", "How it was written", "Patterns", "Next level", "What to ask", "Change")


def lines_of_pdf(body: bytes) -> list[list[str]]:
    """The texts of each line, from left to right, page after page."""
    found = []
    for page in extract_pages(io.BytesIO(body)):
        lines: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
        for box in page:
            for line in box if isinstance(box, LTTextContainer) else ():
                if isinstance(line, LTTextLine):
                    lines[-round((line.y0 + line.y1) / 6)].append((line.x0, line.get_text().strip()))
        found += [[text for _, text in sorted(lines[height])] for height in sorted(lines)]
    return found


def sheets_of_xlsx(body: bytes) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """The rows of the sheets that hold a table of figures, and the lines of all others."""
    rows: list[dict[str, Any]] = []
    lines: list[list[str]] = []
    for sheet in openpyxl.load_workbook(io.BytesIO(body)):
        head, *rest = sheet.iter_rows(values_only=True)
        if {"category", "state"} <= set(head):
            rows += [dict(zip(map(str, head), row, strict=True)) for row in rest]
        else:
            lines += [[str(v) for v in row if v is not None] for row in (head, *rest)]
    return rows, lines


def read_lines(known: Known, lines: Iterable[Sequence[str]]) -> None:
    """What stands on paper and in a workbook's words: lines under a heading, or with it in front; and sentences."""
    definition: str | None = None
    for line in lines:
        cells = list(line)
        for words in cells:
            _read_sentence(known, words)
        if cells and cells[0] in HEADINGS:
            definition = HEADINGS[cells.pop(0)]
        elif cells and cells[0].startswith(_OTHER):
            definition = None
        if definition is None or len(cells) < 2 or cells[0].lower() not in ELEMENTS:
            continue
        element = cells[0].lower()
        told = [re.match(r"(?:at (?:most|least) )?(\d+) of (\d+)", words) for words in cells[1:]]
        n = next((int(hit[2]) for hit in told if hit), None)
        cell: dict[str, Any] = {"text": next((hit[0] for hit in told if hit), "")}
        if n is None and (share := next((hit[1] for w in cells[1:] if (hit := re.fullmatch(r"(\d+)%", w))), None)):
            n = known.n.get((definition, element if definition == VISITS else ""))
            cell["share"] = int(share) / 100
        if definition == VISITS:
            known.cell(VISITS, element, {**cell, "category": "with"}, n)
        else:
            known.cell(STATEMENTS, None, {**cell, "category": element}, n)


def _read_sentence(known: Known, words: str) -> None:
    pattern = r"about the (\w+) were recorded in (at most|at least)? ?(\d+) of (\d+) visits"
    for element, bound, count, _ in re.findall(pattern, words):
        place = (VISITS, element, "with")
        known.learn(place, None if bound == "at most" else int(count), None if bound == "at least" else int(count))


class Attack:
    """The counts of each room of one round. `rooms`: visits of each; `codes`: look-for -> its answers. Of a room some
    visits may be counted by themselves (`room_of`: whose they are). `worlds`: those of another release, to be
    attacked together."""

    def __init__(
        self,
        known: Known,
        rooms: Mapping[str, int],
        codes: Mapping[str, Iterable[str]],
        room_of: Mapping[str, str] | None = None,
        worlds: Worlds | None = None,
    ) -> None:
        self.worlds, self.known, self.rooms = worlds or Worlds(), known, dict(rooms)
        self.model = self.worlds.model
        self.parts: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.rooms:
            self.parts[(room_of or {}).get(name, name)].append(name)
        self.visits: dict[tuple[str, str], dict[str, cp_model.IntVar]] = {}
        self.statements: dict[str, dict[str, cp_model.IntVar]] = {}
        self.answers: dict[tuple[str, str], dict[str, cp_model.IntVar]] = {}
        for element in ELEMENTS:
            self._element(element)
        tags = {key for key in self._tables() if key[0].endswith(".visits") and key[0] != VISITS}
        for key in sorted(tags):
            seen = self.visits[key] = self._counts(f"{key}", lambda room: self.rooms[room])
            for room, count in seen.items():
                self.model.add(count <= sum(self.visits[VISITS, e][room] for e in ELEMENTS))
            self._tell((*key, "with"), seen)
            if key[0] == TAGGED:  # a look-for that nobody was tagged with has no table
                self.model.add(sum(seen.values()) >= 1)
        self._without_table()
        if (STATEMENTS, "") in known.n:
            self.model.add(sum(sum(s.values()) for s in self.statements.values()) == known.n[STATEMENTS, ""])
        self.judged = self.model.new_int_var(0, MOST, "judged")
        if (JUDGED, "") in known.n:
            described = sum(sum(s.values()) for s in self.statements.values())
            self.model.add(described + self.judged == known.n[JUDGED, ""])
        self._tell((JUDGED, "", "judgmental"), {"": self.judged})
        for look_for, answers in codes.items():
            self._look_for(look_for, list(answers))

    def _without_table(self) -> None:
        """A look-for that has no table was tagged in as few visits as are told of nobody, or nothing is told of any."""
        seen = self.visits[TAGGED, ""] = self._counts("no table", lambda room: self.rooms[room])
        for room, count in seen.items():
            self.model.add(count <= sum(self.visits[VISITS, e][room] for e in ELEMENTS))
        if (most := self.most_unsaid()) is not None:
            self.known.learn((TAGGED, "", "with"), 0, most)
        self._tell((TAGGED, "", "with"), seen)

    def most_unsaid(self) -> int | None:
        """The most visits with a tag that has no table; None where nothing is told of any."""
        most = sum(sorted(sum(self.rooms[name] for name in names) for names in self.parts.values())[-2:])
        return most if sum(self.rooms.values()) > 2 * most else None

    def _tables(self) -> set[tuple[str, str]]:
        return {place[:2] for place in self.known.named}

    def _counts(self, name: str, most: Any) -> dict[str, cp_model.IntVar]:
        return {room: self.model.new_int_var(0, most(room), f"{name} {room}") for room in self.rooms}

    def _tell(self, place: Place, counts: Mapping[str, cp_model.IntVar]) -> None:
        self.model.add(sum(counts.values()) >= self.known.low.get(place, 0))
        self.model.add(sum(counts.values()) <= self.known.high.get(place, MOST * 40))

    def _element(self, element: str) -> None:
        seen = self.visits[VISITS, element] = self._counts(f"v {element}", lambda room: self.rooms[room])
        said = self.statements[element] = self._counts(f"s {element}", lambda _: MOST)
        for room in self.rooms:
            self.model.add(said[room] >= seen[room])
            self.model.add(said[room] <= MOST * seen[room])
        self._tell((VISITS, element, "with"), seen)
        place = (STATEMENTS, "", element)
        self._tell(place, said)
        if place in self.known.exact:
            self._in_three_rooms(said, MOST)

    def _in_three_rooms(self, counts: Mapping[str, cp_model.IntVar], most: int) -> None:
        has = []
        for room, names in self.parts.items():
            count = sum(counts[name] for name in names)
            there = self.model.new_bool_var(f"there {room}")
            self.model.add(count <= most * there)
            self.model.add(count >= there)
            has.append(there)
        self.model.add(sum(has) >= 3)

    def _look_for(self, look_for: str, codes: list[str]) -> None:
        key = ("look_for.answers", look_for)
        for code in codes:
            counts = self.answers[look_for, code] = self._counts(f"a {look_for} {code}", lambda _: MOST)
            self._tell((*key, code), counts)
            if (*key, code) in self.known.exact:
                self._in_three_rooms(counts, MOST)
        if key in self.known.n:
            whole = sum(sum(self.answers[look_for, code].values()) for code in codes)
            self.model.add(whole == self.known.n[key])

    def found_out(self) -> list[str]:
        """What may not be known, and is: of two rooms the visits with an element or tag; hidden or bounded totals."""
        found = []
        for (definition, subject), seen in self.visits.items():
            place = (definition, subject, "with")
            found += self.pairs_found_out(f"{definition} {subject}", seen)
            if place not in self.known.exact:
                found += self._narrow(place, seen.values(), bounded=True)
        for element, said in self.statements.items():
            if (STATEMENTS, "") in self.known.n and (STATEMENTS, "", element) not in self.known.exact:
                found += self._narrow((STATEMENTS, "", element), said.values())
        if (JUDGED, "", "judgmental") not in self.known.exact:
            found += self._narrow((JUDGED, "", "judgmental"), [self.judged])
        for (look_for, code), counts in self.answers.items():
            place = ("look_for.answers", look_for, code)
            if place[:2] in self.known.n and place not in self.known.exact:
                found += self._narrow(place, counts.values(), bounded=place in self.known.low)
        return found

    def pairs_found_out(self, what: str, seen: Mapping[str, cp_model.IntVar]) -> list[str]:
        """Of two rooms nothing may be known; rooms that were visited as often are alike, whichever they are."""
        alike: defaultdict[str, list[list[str]]] = defaultdict(list)
        for two in combinations(self.parts, 2):
            names = [name for room in two for name in self.parts[room] if name in seen]
            if names:
                alike[str(sorted(self._often(room) for room in two))].append(names)
        found = []
        for pairs in alike.values():
            every = sum(self.rooms[name] for name in pairs[0])
            had = self.worlds.open([[seen[name] for name in names] for names in pairs], every)
            if had != (0, every):
                found.append(f"{what}: two rooms of {every} visits have {had}")
        return found

    def _often(self, room: str) -> list[tuple[str, int]]:
        return sorted((name.removeprefix(room), self.rooms[name]) for name in self.parts[room])

    def _narrow(self, place: Place, counts: Iterable[cp_model.IntVar], *, bounded: bool = False) -> list[str]:
        """At least three values stay; of a bound every value that it says."""
        low, high = self.worlds.ends(counts, wide=None if bounded else 2)
        units = sum(self.rooms.values()) if place[0].endswith(".visits") else self.known.n.get(place[:2], MOST)
        least, most = self.known.low.get(place, 0), min(self.known.high.get(place, units), units)
        if high - low < 2 or (bounded and (low, high) != (least, most)):
            return [f"{' '.join(place)}: {low} to {high}, told {least} to {most}"]
        return []
