"""What may be asked of a district's sections."""

from __future__ import annotations

from uuid import UUID

from services.reporting.sections.section import Section
from shared.messages import Command


class FreezeSection(Command):
    """Freeze `section`, which was composed while `frozen` sections stood."""

    section: Section
    places: dict[UUID, int]
    frozen: int
