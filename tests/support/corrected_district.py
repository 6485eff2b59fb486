"""A small district: each school's rooms of music and mathematics were visited once and the round released; then all
rooms of mathematics of the first school were corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from services.reporting.figures.facts import Presence, RoundFacts, Statement
from services.rounds.contract import Visit
from shared.messages import ContractEvent
from tests.support.published import ARound
from tests.support.section_attacker import Slot

ELEMENTS = ("teacher", "student", "content", "task")
MUSIC, MATH, GRADE = "Music", "Mathematics", "3-5"
Shown = tuple[frozenset[str], ...]
"""Of each room the core elements that were seen there."""


@dataclass
class ASchool(ARound):
    """Rooms of music come first. `first`, `second`: what was seen, before and after the corrections (if any)."""

    music: int = 0
    first: Shown = ()
    second: Shown = ()

    def subject(self, slot: int) -> str:
        return MUSIC if slot < self.music else MATH

    def visit(self, slot: int, observer: int) -> Visit:
        more = {"grade_band": GRADE, "subject": self.subject(slot)}
        return super().visit(slot, observer).model_copy(update=more)

    @property
    def corrected(self) -> Sequence[int]:
        return range(self.music, len(self.rooms)) if self.second else ()

    def slots(self) -> list[Slot]:
        def since(slot: int) -> tuple[tuple[int, int], ...]:
            return ((1, 1), (2, 2 if slot in self.corrected else 1)) if self.second else ((1, 1),)

        return [Slot(self.name, f"{n}", GRADE, self.subject(n), since(n)) for n in range(len(self.rooms))]

    def kinds(self) -> dict[UUID, tuple[str, str]]:
        return {self.id(f"slot {n}"): (GRADE, self.subject(n)) for n in range(len(self.rooms))}

    def facts(self, release: int = 1) -> RoundFacts:
        shown, late = (self.second, self.corrected) if release == 2 else (self.first, ())

        def who(slot: int, observer: int) -> tuple[UUID, UUID, UUID]:
            return self.id(f"slot {slot}"), self.id(f"room {slot}"), self.id(f"observer {observer}")

        return RoundFacts(
            round_id=self.round_id,
            school_id=self.school_id,
            day=self.day,
            instrument="instructional-core",
            instrument_version=1,
            focus_question_ids=(),
            presences=tuple(Presence(*who(n, o)) for n in range(len(shown)) for o in range(3 + (n in late))),
            statements=tuple(Statement(*who(n, n % 3), e) for n, seen in enumerate(shown) for e in sorted(seen)),
            ratings=(),
        )

    def lived(self) -> list[ContractEvent]:
        """All through the first release."""
        found: list[ContractEvent] = [self.opened()]
        found += [self.handed_in(n, o) for n in range(len(self.first)) for o in range(3)]
        found += [self.said(f"{n} {e}", n, n % 3, e) for n, seen in enumerate(self.first) for e in sorted(seen)]
        return [*found, self.closed(), self.released(1)]

    def mended(self) -> list[ContractEvent]:
        """The corrections, which a fourth observer made known, and the second release."""
        found: list[ContractEvent] = [self.handed_in(n, 3) for n in self.corrected]
        for n in self.corrected:
            found += [self.withdrew(f"{n} {e}", n, n % 3) for e in sorted(self.first[n] - self.second[n])]
            found += [self.said(f"{n} {e}", n, n % 3, e) for e in sorted(self.second[n] - self.first[n])]
        return [*found, self.released(2)]


def a_district(seed: int, day: date = date(2026, 10, 6)) -> list[ASchool]:
    chance = Random(seed)
    music, math, often = chance.randint(4, 5), chance.randint(5, 7), chance.choice([0.9, 0.1])

    def shown(*rates: float) -> Shown:
        return tuple(frozenset(e for e in ELEMENTS if chance.random() < rate) for rate in rates)

    schools = [
        ASchool(
            name=f"district {seed} school {n}",
            school=f"district {seed} school {n}",
            rooms=range(music + math),
            music=music,
            day=day,
            first=shown(*[often] * music, *[0.5] * math),
        )
        for n in range(chance.randint(3, 4))
    ]
    schools[0].second = schools[0].first[:music] + shown(*[chance.choice([0.05, 0.95])] * math)
    return schools
