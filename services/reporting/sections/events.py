"""What the stream of a district's sections remembers: `sections-<district_id>`."""

from __future__ import annotations

from uuid import UUID

from services.reporting.sections.section import Section
from shared.messages import Event


class SectionFrozen(Event):
    """`places`: for each round, the place in the log of rounds whose state the section tells. Final."""

    section: Section
    places: dict[UUID, int]


def sections_stream(district_id: UUID) -> str:
    return f"sections-{district_id}"
