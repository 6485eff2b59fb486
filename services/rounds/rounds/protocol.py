"""Instructional rounds walk their protocol document: the order of stages and what must be there between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.rounds.cycles.walk import Position, both, opening
from services.rounds.protocols.library import shipped
from services.rounds.protocols.model import EVERYONE, Protocol
from services.rounds.rounds.events import Stage
from shared.access import Role
from shared.errors import Refused

PROTOCOL = shipped()["instructional-rounds", 1]
PARTS = (Role.FACILITATOR, Role.OBSERVER)  # the parts of a round, by the names that its document has for them
_MENDS: Mapping[str, str] = {
    "no_problem_of_practice": "Ask the host principal to write it, with its theory of action "
    "and 1 to 5 focus questions.",
    "no_evidence": "Wait for the observers' notes.",
    "no_admitted_evidence": "Admit statements, or have the challenged ones rewritten.",
    "no_pattern": "Name at least one pattern.",
    "no_prediction": "Write at least one prediction.",
    "not_released": "Close and release the synthesis first.",
    "stage_skipped": "Open that stage first.",
}


def title(stage: Stage) -> str:
    """What the document calls the stage."""
    held = PROTOCOL.stage(_id(stage))
    assert held is not None, "every stage of a round is in its document"
    return held.title.en.lower()


def require_open(held: Stage, wanted: Stage, facts: Mapping[str, int], protocol: Protocol = PROTOCOL) -> None:
    """Raises Refused, in the document's own words, when the document does not lead from `held` to `wanted`.
    `facts`: how many there are of what its conditions ask for."""
    blocked = opening(protocol, Position(_id(held)), _id(wanted), lambda k: facts.get(k.have, 0) >= k.least)
    if blocked is not None:
        raise Refused(blocked.code, blocked.say.en, mend=_MENDS.get(blocked.code), say=blocked.say.model_dump())


def acts(protocol: Protocol, stage: Stage, person_id: UUID | None, people: Mapping[Role, Sequence[UUID]]) -> bool:
    """Whether the person has a part in the round that acts in the stage. `people`: who is named on the round."""
    held = protocol.stage(_id(stage))
    parts = {role.value for role in PARTS if person_id in people.get(role, ())}
    return held is not None and bool(parts) and (EVERYONE in held.acts or not parts.isdisjoint(held.acts))


def require_part(
    protocol: Protocol, stage: Stage, person_id: UUID | None, people: Mapping[Role, Sequence[UUID]]
) -> None:
    """Raises Refused where the document gives the stage to another part."""
    if acts(protocol, stage, person_id, people):
        return
    held = protocol.stage(_id(stage))
    named = [r.title for r in protocol.people.roles if held is not None and r.id in held.acts]
    heading = held.title if held is not None else both(stage, stage)
    say = both(
        f"In the stage “{heading.en}” it is for others to act: {', '.join(n.en for n in named)}.",
        f"En la etapa «{heading.es}» actúan otras personas: {', '.join(n.es for n in named)}.",
    )
    raise Refused("not_your_part", say.en, mend="Ask them.", say=say.model_dump())


def _id(stage: Stage) -> str:
    return stage.replace("_", "-")
