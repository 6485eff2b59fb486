"""A route whose very existence for an object is not told to roles that do not hold its action."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, Request

from shared.access import Actor
from shared.errors import NotFound
from shared.http import Requires, signed_in
from shared.said import say


class HiddenUnless(Requires):
    """As `Requires`, and a role that does not fit is told 404 instead of 403."""

    async def __call__(self, request: Request) -> Actor:
        actor = await signed_in(request)
        if not actor.scopes(self.action):
            raise NotFound(say("errors.not_yours.object"))
        return actor


def hidden_unless(action: str) -> Any:
    """`actor: Annotated[Actor, hidden_unless("debrief.read")]`."""
    return Depends(HiddenUnless(action))
