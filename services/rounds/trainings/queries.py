"""Who took which training."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from asyncpg import Connection

from services.rounds.protocols.model import Bilingual, NamedTraining
from services.rounds.trainings.events import TrainingRecorded
from shared.messages import CommandContext, Event

if TYPE_CHECKING:
    from services.rounds.deps import Deps


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


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    if isinstance(event, TrainingRecorded):
        await conn.execute(
            "insert into trainings (person_id, training, district_id, day) values ($1, $2, $3, $4) "
            "on conflict (person_id, training) do update set day = excluded.day",
            event.person_id,
            event.training,
            district_id,
            event.day,
        )
