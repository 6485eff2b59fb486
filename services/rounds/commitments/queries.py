"""A person's commitments, newest first; those of a cycle that its people may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.commitments.events import Kept
from services.rounds.cycles.sealing import open_all
from services.rounds.deps import Deps
from services.rounds.protocols.model import Model
from shared.messages import CommandContext


class LookOut(BaseModel):
    kept: Kept
    note: str | None


class CommitmentOut(BaseModel):
    commitment_id: UUID
    person_id: UUID
    cycle_id: UUID
    model: Model
    words: str | None
    due_on: date
    shown: bool
    looks: list[LookOut] = Field(description="each time its owner looked at it again, oldest first")


def commitments_stream(person_id: UUID) -> str:
    return f"commitments-{person_id}"


def subject(person_id: UUID) -> str:
    return f"commitments:{person_id}"


async def of_person(deps: Deps, district_id: UUID, person_id: UUID) -> list[CommitmentOut]:
    state, _ = await deps.commitments.load(commitments_stream(person_id), CommandContext(district_id, None))
    about = subject(person_id)
    sealed = [m.words for m in state.made.values()] + [k.note for looks in state.looks.values() for k in looks]
    opened = await open_all(deps.words, district_id, [(about, s) for s in sealed])
    made = [
        CommitmentOut.model_validate(
            m.model_dump()
            | {
                "words": opened[m.words],
                "looks": [LookOut(kept=k.kept, note=opened[k.note]) for k in state.looks.get(m.commitment_id, ())],
            }
        )
        for m in state.made.values()
    ]
    return sorted(made, key=lambda c: c.due_on, reverse=True)


async def of_cycle(
    deps: Deps, district_id: UUID, cycle_id: UUID, people: Iterable[UUID], reader: UUID
) -> list[CommitmentOut]:
    """The reader's own in the cycle, and what the others of the cycle show."""
    return [
        made
        for person in people
        for made in await of_person(deps, district_id, person)
        if made.cycle_id == cycle_id and (made.shown or person == reader)
    ]


async def counts(deps: Deps, district_id: UUID, cycle_id: UUID, people: tuple[UUID, ...]) -> dict[UUID, int]:
    """How many commitments each has made in the cycle."""
    found = {}
    for person in people:
        state, _ = await deps.commitments.load(commitments_stream(person), CommandContext(district_id, None))
        found[person] = sum(m.cycle_id == cycle_id for m in state.made.values())
    return found
