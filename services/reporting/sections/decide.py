"""A section is frozen once. Periods are a fixed menu: equal, or apart from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.disclosure.rule import Rule
from services.reporting.sections.commands import FreezeSection
from services.reporting.sections.events import SectionFrozen
from services.reporting.sections.section import Section
from shared.decider import Decider
from shared.errors import Conflict, Refused
from shared.messages import Event
from shared.said import say


@dataclass(frozen=True, slots=True)
class Sections:
    frozen: tuple[SectionFrozen, ...] = ()

    def of(self, since: date, until: date) -> tuple[SectionFrozen, ...]:
        return tuple(f for f in self.frozen if (f.section.since, f.section.until) == (since, until))

    def beside(self, round_id: UUID) -> tuple[SectionFrozen, ...]:
        """The sections of each period that has one which tells of the round."""
        periods = {(f.section.since, f.section.until) for f in self.frozen if round_id in f.places}
        return tuple(f for f in self.frozen if (f.section.since, f.section.until) in periods)


def fits(since: date, until: date, state: Sections) -> None:
    """Raises Refused for a period that overlaps another one: the difference of the two would be a third."""
    for held in (f.section for f in state.frozen):
        if (held.since, held.until) != (since, until) and held.since <= until and since <= held.until:
            raise Refused(
                "period_overlaps",
                say("reporting.period_overlaps"),
                mend=say("reporting.choose_period", since=str(held.since), until=str(held.until)),
                where="since",
            )


def decide(command: FreezeSection, state: Sections) -> Sequence[Event]:
    """Raises Conflict when another section was frozen meanwhile; nothing when it would be the same."""
    section = command.section
    fits(section.since, section.until, state)
    if command.frozen != len(state.frozen):
        raise Conflict(say("reporting.section_meanwhile"), mend=say("reporting.compose_again"))
    same = state.of(section.since, section.until)
    if same and (same[-1].places, _made_by(same[-1].section)) == (command.places, _made_by(section)):
        return ()
    return (SectionFrozen(section=section, places=command.places),)


def _made_by(section: Section) -> tuple[Rule, int]:
    return section.rule, section.rules


def evolve(state: Sections, event: Event) -> Sections:
    return Sections((*state.frozen, event)) if isinstance(event, SectionFrozen) else state


SECTIONS: Decider[FreezeSection, Sections] = Decider(Sections(), decide, evolve, (SectionFrozen,))
