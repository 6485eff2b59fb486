"""Who took which training."""

from __future__ import annotations

from uuid import UUID

from services.rounds.deps import Deps
from services.rounds.protocols.model import Bilingual, NamedTraining
from shared.messages import CommandContext

OURS = NamedTraining(
    id="observer-basics", title=Bilingual(en="Basics of observing", es="Fundamentos de la observación")
)
"""The one that every district has: to see, and not to judge."""


def trainings_stream(person_id: UUID) -> str:
    return f"trainings-{person_id}"


async def taken(deps: Deps, district_id: UUID, people: tuple[UUID, ...], training: str) -> dict[UUID, int]:
    """1 for each who took it."""
    found = {}
    for person in people:
        held, _ = await deps.trainings.load(trainings_stream(person), CommandContext(district_id, None))
        found[person] = int(training in held)
    return found


async def named(deps: Deps, district_id: UUID) -> list[NamedTraining]:
    """Those that the newest protocols name or need, each once. One without words of its own is shown as its id."""
    found = {OURS.id: OURS}
    for protocol in await deps.protocols.all(district_id):
        found |= {t.id: t for t in protocol.trainings}
        for needed in (r.training for r in protocol.people.roles if r.training):
            found.setdefault(needed, NamedTraining(id=needed, title=Bilingual(en=needed, es=needed)))
    return list(found.values())
