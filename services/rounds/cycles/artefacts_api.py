"""`/cycles/{id}/artefacts`: what people write in a cycle, its versions, and the acts that show it to others."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.cycles import commands as c
from services.rounds.cycles import lists, queries
from services.rounds.cycles.api import Me, unkept
from services.rounds.cycles.compare import Compared, compare
from services.rounds.cycles.counts import changes
from services.rounds.cycles.export import Exported, exported, found
from services.rounds.cycles.forms import fill_in
from services.rounds.cycles.lists import ShownOut
from services.rounds.cycles.queries import (
    CycleFile,
    CycleOut,
    VersionOut,
    cycle_file,
    cycle_out,
    cycle_stream,
    member_file,
    versions_out,
)
from services.rounds.cycles.sealing import seal, subject
from services.rounds.cycles.today import today
from services.rounds.deps import Deps
from shared.access import Actor
from shared.errors import Invalid, NotFound
from shared.http import command_context, etag, requires
from shared.said import say


class ArtefactIn(BaseModel):
    """`base_revision`: the version that was changed, 0 for a new note."""

    model_config = ConfigDict(extra="forbid")
    artefact: str = Field(max_length=60)
    fields: dict[str, Any]
    ready: bool = False
    base_revision: int = Field(default=0, ge=0)


class PublicationIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    revision: int = Field(ge=1)


class SearchIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: str = Field(min_length=2, max_length=100)


class Versions(BaseModel):
    items: list[VersionOut]


class Shown(BaseModel):
    items: list[ShownOut]


class ShareOut(BaseModel):
    share: float | None
    low: float | None
    high: float | None
    total: int | None
    hidden: str | None = Field(description="few, nearly_all, small_group, beside or absent")


class ChangeOut(BaseModel):
    """Shares are 0-1; `difference` is after minus before, with its 95 % interval."""

    skill: str
    before: ShareOut
    after: ShareOut
    difference: float | None
    low: float | None
    high: float | None
    sure: bool = Field(description="whether the interval leaves zero out")


class Changes(BaseModel):
    items: list[ChangeOut]


class Hit(BaseModel):
    cycle_id: UUID
    artefact_id: UUID
    artefact: str
    words: str = Field(description="around what was found")


class Hits(BaseModel):
    items: list[Hit]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["cycles"], dependencies=[Depends(unkept)])

    async def mine(cycle_id: UUID, actor: Actor) -> CycleFile:
        return await member_file(deps, actor.district_id, cycle_id, actor.person_id)

    async def done(
        cycle_id: UUID, command: c.CycleCommand, actor: Actor, request: Request, response: Response
    ) -> CycleOut:
        await deps.cycles.handle(cycle_stream(cycle_id), command, command_context(actor, request))
        file = await mine(cycle_id, actor)
        response.headers.update(etag(file.version))
        return await cycle_out(deps, file, actor.person_id)

    @api.put("/cycles/{cycle_id}/artefacts/{artefact_id}")
    async def write_artefact(
        cycle_id: UUID, artefact_id: UUID, body: ArtefactIn, actor: Me, request: Request, response: Response
    ) -> CycleOut:
        """Writes a note, new or changed, whole. A draft may leave things out; what is `ready` may not. Sending the
        same again changes nothing: `artefact_id` is the writer's to make."""
        file = await mine(cycle_id, actor)
        kind = file.protocol.artefact(body.artefact)
        if kind is None:
            raise NotFound(say("cycles.no_artefact"))
        day = await today(deps, actor.district_id)
        values = fill_in(kind, body.fields, ready=body.ready, people=file.state.people, today=day)
        if not await _same(deps, file, artefact_id, body, values, actor):
            about = subject(file.protocol, cycle_id, kind.id, actor.person_id)
            command = c.WriteArtefact(
                cycle_id=cycle_id,
                by=actor.person_id,
                protocol=file.protocol,
                artefact_id=artefact_id,
                artefact=kind.id,
                ready=body.ready,
                fields=await seal(deps.words, actor.district_id, about, values),
                base_revision=body.base_revision,
            )
            return await done(cycle_id, command, actor, request, response)
        response.headers.update(etag(file.version))
        return await cycle_out(deps, file, actor.person_id)

    @api.delete("/cycles/{cycle_id}/artefacts/{artefact_id}")
    async def remove_artefact(
        cycle_id: UUID, artefact_id: UUID, actor: Me, request: Request, response: Response
    ) -> CycleOut:
        """Its author takes it out; nobody reads it from then on."""
        file = await mine(cycle_id, actor)
        command = c.RemoveArtefact(
            cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol, artefact_id=artefact_id
        )
        return await done(cycle_id, command, actor, request, response)

    @api.get("/cycles/{cycle_id}/artefacts/{artefact_id}/versions")
    async def list_versions(cycle_id: UUID, artefact_id: UUID, actor: Me) -> Versions:
        file = await mine(cycle_id, actor)
        return Versions(items=await versions_out(deps, file, artefact_id, actor.person_id))

    @api.get("/cycles/{cycle_id}/artefacts/{artefact_id}/comparison")
    async def compare_versions(
        cycle_id: UUID,
        artefact_id: UUID,
        actor: Me,
        left: Annotated[int, Query(ge=1)],
        right: Annotated[int, Query(ge=1)],
    ) -> Compared:
        """Two versions side by side, field by field, with what was taken out and put in."""
        file = await mine(cycle_id, actor)
        versions = {v.revision: v for v in await versions_out(deps, file, artefact_id, actor.person_id)}
        if left not in versions or right not in versions:
            raise NotFound(say("cycles.no_version"))
        kind = file.protocol.artefact(file.state.artefacts[artefact_id].artefact)
        assert kind is not None, "a note that is read has its kind"
        return compare(kind, versions[left].fields or {}, versions[right].fields or {})

    @api.put("/cycles/{cycle_id}/artefacts/{artefact_id}/readers/{person_id}")
    async def share(
        cycle_id: UUID, artefact_id: UUID, person_id: UUID, actor: Me, request: Request, response: Response
    ) -> CycleOut:
        """Its author shows it to one colleague of the directory."""
        file = await mine(cycle_id, actor)
        await deps.partners.require_listed(actor.district_id, person_id)
        command = c.ShareArtefact(
            cycle_id=cycle_id,
            by=actor.person_id,
            protocol=file.protocol,
            artefact_id=artefact_id,
            with_person=person_id,
        )
        return await done(cycle_id, command, actor, request, response)

    @api.delete("/cycles/{cycle_id}/artefacts/{artefact_id}/readers/{person_id}", status_code=204)
    async def stop_sharing(cycle_id: UUID, artefact_id: UUID, person_id: UUID, actor: Me, request: Request) -> None:
        """Takes it back at once; the colleague may give it back as well."""
        file = await cycle_file(deps, actor.district_id, cycle_id)
        command = c.RevokeSharing(
            cycle_id=cycle_id,
            by=actor.person_id,
            protocol=file.protocol,
            artefact_id=artefact_id,
            with_person=person_id,
        )
        await deps.cycles.handle(cycle_stream(cycle_id), command, command_context(actor, request))

    @api.put("/cycles/{cycle_id}/artefacts/{artefact_id}/publication")
    async def agree_to_publish(
        cycle_id: UUID, artefact_id: UUID, body: PublicationIn, actor: Me, request: Request, response: Response
    ) -> CycleOut:
        """I agree that the district reads this version; it does once everybody in the cycle has agreed."""
        file = await mine(cycle_id, actor)
        command = c.AgreeToPublish(
            cycle_id=cycle_id,
            by=actor.person_id,
            protocol=file.protocol,
            artefact_id=artefact_id,
            revision=body.revision,
        )
        return await done(cycle_id, command, actor, request, response)

    @api.delete("/cycles/{cycle_id}/artefacts/{artefact_id}/publication")
    async def take_back_publication(
        cycle_id: UUID, artefact_id: UUID, actor: Me, request: Request, response: Response
    ) -> CycleOut:
        file = await mine(cycle_id, actor)
        command = c.RevokePublication(
            cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol, artefact_id=artefact_id
        )
        return await done(cycle_id, command, actor, request, response)

    @api.get("/cycles/{cycle_id}/changes")
    async def compare_counts(cycle_id: UUID, before: UUID, after: UUID, actor: Me) -> Changes:
        """Two notes that hold counts, skill by skill, with the intervals."""
        file = await mine(cycle_id, actor)
        rows = []
        for artefact_id in (before, after):
            newest = (await versions_out(deps, file, artefact_id, actor.person_id))[-1]
            tables = [v["rows"] for v in (newest.fields or {}).values() if isinstance(v, dict) and "rows" in v]
            if not tables:
                raise Invalid(say("cycles.no_counts"), where="query")
            rows.append(tables[0])
        return Changes.model_validate({"items": changes(*rows)}, from_attributes=True)

    @api.get("/cycles/{cycle_id}/export")
    async def export_cycle(cycle_id: UUID, actor: Me) -> Exported:
        """What I may read of the cycle, to keep."""
        return await exported(deps, await mine(cycle_id, actor), actor.person_id)

    @api.post("/my-notes/search")
    async def search(body: SearchIn, actor: Me) -> Hits:
        """Searches what I may read of my cycles. Nothing of it is indexed: it is opened and looked through. The words
        come in the body, for addresses are logged."""
        return Hits(items=[Hit(**h) for h in await found(deps, actor.district_id, actor.person_id, body.words)])

    @api.get("/shown-to-me")
    async def list_shown(actor: Me) -> Shown:
        """What colleagues show me of theirs, as long as they do."""
        return Shown(items=await lists.shown_to(deps, actor.district_id, actor.person_id))

    @api.get("/published-reports")
    async def list_reports(actor: Annotated[Actor, requires("protocol.read")]) -> Shown:
        """Reports that teams published for the district."""
        return Shown(items=await lists.reports(deps, actor.district_id, actor.person_id))

    @api.delete("/published-reports/{artefact_id}", status_code=204)
    async def take_back_report(artefact_id: UUID, actor: Me, request: Request) -> None:
        """Whoever agreed to publish it takes that back, at any time, whether they have left the team or not. A version
        that somebody who had left took back is published no more."""
        file = await lists.report_file(deps, actor.district_id, artefact_id)
        command = c.RevokePublication(
            cycle_id=file.cycle_id, by=actor.person_id, protocol=file.protocol, artefact_id=artefact_id
        )
        await deps.cycles.handle(cycle_stream(file.cycle_id), command, command_context(actor, request))

    return api


async def _same(
    deps: Deps, file: CycleFile, artefact_id: UUID, body: ArtefactIn, values: dict[str, Any], actor: Actor
) -> bool:
    """Whether the newest version says exactly this, by the same writer: a repetition of what was sent."""
    held = file.state.artefacts.get(artefact_id)
    if held is None or held.removed or held.newest.author_id != actor.person_id:
        return False
    if held.newest.ready != body.ready or held.newest.revision != body.base_revision + 1:
        return False
    opened = await queries.open_revisions(deps, file, [held.newest])
    return bool(opened[held.newest.fields] == values)
