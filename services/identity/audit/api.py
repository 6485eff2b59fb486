"""`/audit`: the security log of the district, newest first."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.identity.audit import queries
from services.identity.audit.log import Kind
from services.identity.audit.queries import AuditEntry
from services.identity.deps import Deps
from shared.access import Actor
from shared.http import page_key, page_token, requires


class AuditPage(BaseModel):
    items: list[AuditEntry]
    next: str | None


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["audit"])

    @api.get("/audit")
    async def list_audit(
        actor: Annotated[Actor, requires("audit.read")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        kind: Kind | None = None,
        person_id: UUID | None = None,
    ) -> AuditPage:
        """Sign-ins, refusals, passwords, accounts, roles and settings, with who and when; never a secret."""
        items = await queries.page(
            deps.db, actor.district_id, before=_entry(after), limit=limit + 1, kind=kind, person_id=person_id
        )
        more = len(items) > limit
        return AuditPage(items=items[:limit], next=page_token(items[limit - 1].entry_id) if more else None)

    return api


def _entry(after: str | None) -> UUID | None:
    key = page_key(after, UUID)
    return key[0] if key else None
