"""Under whose key words are sealed. docs/adr tells why.

`cycle:<id>` holds what the people of a cycle write together: agreement, invitations, artefacts that are one for all.
`cycle:<id>:<person>` holds what one of them wrote. Destroying the first and all the second erases a cycle; destroying
one of the second erases one person's words in it. `places:<other id>` holds where a cycle meets, and goes with the
first: scheduling opens it for people's calendars, and the name tells it no cycle.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from services.rounds.capture.words import Words
from services.rounds.cycles.events import ArtefactWritten, MemberLeft
from services.rounds.protocols.model import Protocol


def of_cycle(cycle_id: UUID) -> str:
    return f"cycle:{cycle_id}"


def of_person(cycle_id: UUID, person_id: UUID) -> str:
    return f"cycle:{cycle_id}:{person_id}"


def of_places(cycle_id: UUID) -> str:
    return f"places:{uuid5(cycle_id, 'places')}"


def subject(protocol: Protocol, cycle_id: UUID, artefact: str, author_id: UUID) -> str:
    kind = protocol.artefact(artefact)
    return of_cycle(cycle_id) if kind is not None and kind.together else of_person(cycle_id, author_id)


def erased_by(event: MemberLeft) -> list[str]:
    """The subjects whose keys the leaving destroys."""
    whole = [of_cycle(event.cycle_id), of_places(event.cycle_id)] if event.notes == "erase_all" else []
    return [*whole, *(of_person(event.cycle_id, p) for p in event.erased)]


async def seal(words: Words, district_id: UUID, about: str, value: Any) -> str:
    """Raises SubjectForgotten."""
    return (await words.seal(district_id, about, [json.dumps(value, ensure_ascii=False)]))[0]


async def open_all(words: Words, district_id: UUID, sealed: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Sealed text -> its value; None where the key is gone."""
    by_subject: dict[str, list[str]] = {}
    for about, text in sealed:
        by_subject.setdefault(about, []).append(text)
    opened: Mapping[str, Sequence[str | None]] = await words.reveal(district_id, by_subject)
    found: dict[str, Any] = {}
    for about, texts in by_subject.items():
        for text, plain in zip(texts, opened[about], strict=True):
            found[text] = None if plain is None else json.loads(plain)
    return found


def subject_of(protocol: Protocol, event: ArtefactWritten) -> str:
    return subject(protocol, event.cycle_id, event.artefact, event.author_id)
