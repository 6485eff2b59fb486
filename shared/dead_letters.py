"""`/operations/dead-letters`: events to which a service could not react, and another try of one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from shared.access import Actor
from shared.database import Database
from shared.http import requires
from shared.reactions import Reactions


class DeadLetter(BaseModel):
    """`error` is the kind of error; its words may tell of another district and stay in the service's own log."""

    model_config = ConfigDict(frozen=True)
    source: str
    log_seq: int
    type: str
    error: str
    put_aside_at: datetime


class DeadLetters(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: tuple[DeadLetter, ...]


def dead_letters_router(db: Database, reactions: Reactions) -> APIRouter:
    api = APIRouter(tags=["operations"])

    async def letters() -> DeadLetters:
        async with db.system() as conn:
            rows = await conn.fetch(
                "select source, log_seq, type, split_part(error, '(', 1) as error, put_aside_at from dead_letters "
                "order by put_aside_at desc limit 200"
            )
        return DeadLetters(items=tuple(DeadLetter(**dict(r)) for r in rows))

    @api.get("/operations/dead-letters")
    async def list_dead_letters(_: Annotated[Actor, requires("operations.read")]) -> DeadLetters:
        """The newest 200 that are still aside."""
        return await letters()

    @api.post("/operations/dead-letters/{source}/{log_seq}/retry")
    async def retry_dead_letter(
        source: str, log_seq: int, _: Annotated[Actor, requires("operations.change")]
    ) -> DeadLetters:
        """Reacts to it once more; it leaves the list when that works. Answers what is left."""
        await reactions.retry(source, log_seq)
        return await letters()

    return api
