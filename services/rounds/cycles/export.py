"""What a reader takes along of a cycle, and what a search of one's own notes finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel

from services.rounds.cycles.forms import strings
from services.rounds.cycles.lists import cycles_of
from services.rounds.cycles.queries import ArtefactOut, CycleFile, artefacts_out, cycle_out, member_file
from services.rounds.protocols.model import Bilingual, Model

if TYPE_CHECKING:
    from services.rounds.deps import Deps

MOST_HITS = 50
AROUND = 60  # characters


class Exported(BaseModel):
    cycle_id: UUID
    model: Model
    title: Bilingual
    agreement: dict[str, Any] | None
    artefacts: list[ArtefactOut]


async def exported(deps: Deps, file: CycleFile, reader: UUID) -> Exported:
    shown = await cycle_out(deps, file, reader)
    return Exported(
        cycle_id=file.cycle_id,
        model=file.protocol.model,
        title=file.protocol.title,
        agreement=shown.agreement.body if shown.agreement else None,
        artefacts=shown.artefacts,
    )


async def found(deps: Deps, district_id: UUID, reader: UUID, words: str) -> list[dict[str, Any]]:
    wanted = words.casefold().strip()
    hits: list[dict[str, Any]] = []
    for cycle_id in await cycles_of(deps, district_id, reader):
        file = await member_file(deps, district_id, cycle_id, reader)
        for artefact in await artefacts_out(deps, file, reader):
            text = next((t for t in strings(artefact.fields or {}) if wanted in t.casefold()), None)
            if text is None:
                continue
            at = text.casefold().index(wanted)
            around = text[max(0, at - AROUND) : at + len(wanted) + AROUND]
            named = {"cycle_id": cycle_id, "artefact_id": artefact.artefact_id, "artefact": artefact.artefact}
            hits.append({**named, "words": around})
            if len(hits) == MOST_HITS:
                return hits
    return hits
