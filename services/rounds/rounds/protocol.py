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
from shared.said import Said, say, together

PROTOCOL = shipped()["instructional-rounds", 1]
PARTS = (Role.FACILITATOR, Role.OBSERVER)  # the parts of a round, by the names that its document has for them
_MENDED = {
    *("no_problem_of_practice", "no_evidence", "no_admitted_evidence", "no_pattern", "no_prediction", "not_released"),
    "stage_skipped",
}
"""What the document says is missing; how to mend it is said here."""


def title(stage: Stage) -> Said:
    """What the document calls the stage."""
    held = PROTOCOL.stage(_id(stage))
    assert held is not None, "every stage of a round is in its document"
    return held.title.said.lower()


def require_open(held: Stage, wanted: Stage, facts: Mapping[str, int], protocol: Protocol = PROTOCOL) -> None:
    """Raises Refused, in the document's own words, when the document does not lead from `held` to `wanted`.
    `facts`: how many there are of what its conditions ask for."""
    blocked = opening(protocol, Position(_id(held)), _id(wanted), lambda k: facts.get(k.have, 0) >= k.least)
    if blocked is not None:
        mend = say(f"rounds.mend.{blocked.code}") if blocked.code in _MENDED else None
        raise Refused(blocked.code, blocked.say.said, mend=mend, say=blocked.say.model_dump())


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
    parts = together([n.said for n in named], ", ")
    told = say("rounds.not_your_part", stage=heading.said, parts=parts)
    raise Refused("not_your_part", told, mend=say("rounds.ask_them"), say={"en": told.en, "es": told.es})


def _id(stage: Stage) -> str:
    return stage.replace("_", "-")
