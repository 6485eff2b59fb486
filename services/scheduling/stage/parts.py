"""What the stage's routers share: a handler that keeps the tables, and the school's existence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.scheduling.deps import Deps
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage import tables
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.decider import Decider
from shared.errors import NotFound
from shared.said import say
from shared.tables import with_tables


def handler_of(deps: Deps, decider: Decider[Any, Any]) -> CommandHandler[Any, Any]:
    """Decides, appends and folds into the stage's tables in one transaction."""
    return CommandHandler(deps.store, decider, append=with_tables(deps.db, deps.store, tables.apply))


async def known_school(deps: Deps, actor: Actor, school_id: UUID) -> str:
    """The name of a listed school. Raises NotFound."""
    name = await rounds.school_name(deps.db, actor.district_id, school_id)
    if name is None:
        raise NotFound(say("refusals.no_school"), where="school_id")
    return name


async def known_person(deps: Deps, actor: Actor, person_id: UUID) -> str:
    """The name of somebody in the roster. Raises NotFound."""
    names = await rounds.names(deps.db, actor.district_id, [person_id])
    if person_id not in names:
        raise NotFound(say("refusals.no_person"), where="person_id")
    return names[person_id]
