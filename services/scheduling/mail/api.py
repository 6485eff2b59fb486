"""`/mail`: what was sent, what waits, what could not be sent; for the district's administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.scheduling.deps import Deps
from services.scheduling.mail import queries
from shared.access import Actor
from shared.errors import NotFound
from shared.http import page_key, page_token, requires
from shared.mail import outbox
from shared.said import say

State = Literal["waiting", "sent", "kept", "replaced", "dead"]


class MailSummary(BaseModel):
    mail_id: UUID
    kind: str = Field(description="invitation, update, cancellation, reminder, ...")
    about: UUID = Field(description="the round that it is about; of a coaching meeting the mail itself")
    person_id: UUID | None = Field(description="null for mail of coaching cycles: who meets whom is told to nobody")
    name: str
    subject: str
    state: State = Field(description="kept: no mail server is set, it is read here; dead: it could not be sent")
    created_at: datetime
    due_at: datetime
    attempts: int
    ended_at: datetime | None
    error: str | None


class MailPage(BaseModel):
    items: list[MailSummary]
    counts: dict[str, int] = Field(description="mails of each state")
    next: str | None = None


class MailOut(MailSummary):
    body: str
    method: str | None
    calendar: str | None = Field(description="the iCalendar that goes along")


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["mail"])

    @api.get("/mail")
    async def list_mail(
        actor: Annotated[Actor, requires("mail.read")],
        state: State | None = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> MailPage:
        """The newest first."""
        key = page_key(after, datetime.fromisoformat, UUID)
        rows = await queries.page(
            deps.db,
            actor.district_id,
            state=state,
            after=(key[0], key[1]) if key else None,
            limit=limit + 1,
        )
        last = rows[limit - 1] if len(rows) > limit else None
        return MailPage(
            items=[MailSummary.model_validate(r) for r in rows[:limit]],
            counts=await queries.counts(deps.db, actor.district_id),
            next=page_token(last["created_at"].isoformat(), last["mail_id"]) if last else None,
        )

    @api.get("/mail/{mail_id}")
    async def get_mail(mail_id: UUID, actor: Annotated[Actor, requires("mail.read")]) -> MailOut:
        row = await queries.one(deps.db, actor.district_id, mail_id)
        if row is None:
            raise NotFound(say("refusals.no_mail"))
        row["calendar"] = row["calendar"].decode() if row["calendar"] is not None else None
        return MailOut.model_validate(row)

    @api.post("/mail/{mail_id}/retry", status_code=204)
    async def retry_mail(mail_id: UUID, actor: Annotated[Actor, requires("mail.read")]) -> None:
        """Tries a mail again that could not be sent."""
        async with deps.db.writer(actor.district_id) as conn:
            await outbox.again(conn, mail_id)

    return api
