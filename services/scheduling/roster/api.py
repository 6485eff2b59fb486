"""`/imports/roster` and `/people`: who works at which school."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from services.scheduling.deps import Deps
from services.scheduling.imports.report import ImportReport
from services.scheduling.imports.work import Imports
from shared.access import Actor
from shared.http import IdempotencyKey, command_context, page_key, page_token, requires
from shared.uploads import MULTIPART, read_upload

LARGEST_UPLOAD = 100_000_000
"""Bytes of a zip: about two million rows."""


class Person(BaseModel):
    """An adult of the roster. `roles` are the roster's; what somebody may do is granted by hand."""

    person_id: UUID
    given_name: str
    family_name: str
    name: str
    email: str | None
    roles: list[str]
    school_ids: list[UUID]
    active: bool


class PersonPage(BaseModel):
    items: list[Person]
    next: str | None = None


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["roster"])
    imports = Imports(deps)

    @api.post("/imports/roster", openapi_extra=MULTIPART, max_body_size=LARGEST_UPLOAD + 1_000_000, tags=["imports"])
    async def import_roster(
        actor: Annotated[Actor, requires("roster.import")],
        request: Request,
        dry_run: bool = False,
        key: IdempotencyKey = None,
    ) -> ImportReport:
        """A OneRoster 1.1 or 1.2 zip. With `dry_run` nothing changes; a file with errors is refused whole (422,
        all problems listed); a full file that lacks more than a tenth of the known people is held."""
        upload = await read_upload(request, LARGEST_UPLOAD)
        return await imports.roster(upload, command_context(actor, request, key), dry_run=dry_run)

    @api.get("/people")
    async def list_people(
        actor: Annotated[Actor, requires("roster.read")],
        role: str | None = None,
        school_id: UUID | None = None,
        q: Annotated[str | None, Query(max_length=100, description="part of a name or address")] = None,
        active: bool = True,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> PersonPage:
        """By family name."""
        key = page_key(after, str, str, UUID)
        async with deps.db.reader(actor.district_id) as conn:
            rows = await conn.fetch(
                _PEOPLE,
                active,
                role,
                school_id,
                _like(q),
                *(key or (None, None, None)),
                limit + 1,
            )
        items = [_person(r) for r in rows[:limit]]
        # The key is the database's own: its lower() and Python's differ beyond ASCII.
        last = rows[limit - 1] if len(rows) > limit else None
        token = page_token(last["family_key"], last["given_key"], last["person_id"]) if last else None
        return PersonPage(items=items, next=token)

    return api


def _person(row: Any) -> Person:  # asyncpg's Record has no types
    told = {name: row[name] for name in Person.model_fields if name != "name"}
    return Person(**told, name=f"{row['given_name']} {row['family_name']}")


def _like(q: str | None) -> str | None:
    """The pattern that finds `q` anywhere, with LIKE's own signs taken literally."""
    if q is None or not q.strip():
        return None
    escaped = q.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%".replace("\0", "")


_PEOPLE = """
select person_id, given_name, family_name, email, roles, school_ids, active,
       lower(family_name) as family_key, lower(given_name) as given_key
from people
where active = $1
  and ($2::text is null or roles @> array[$2::text])
  and ($3::uuid is null or school_ids @> array[$3::uuid])
  and ($4::text is null or lower(given_name || ' ' || family_name || ' ' || coalesce(email, '')) like lower($4))
  and ($5::text is null or (lower(family_name), lower(given_name), person_id) > ($5, $6, $7::uuid))
order by lower(family_name), lower(given_name), person_id
limit $8
"""
