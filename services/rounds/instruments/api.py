"""`/instruments`: the sets of look-fors that are shipped, and those that a district writes."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from services.rounds.deps import Deps
from services.rounds.instruments.book import instrument_stream
from services.rounds.instruments.decide import PublishInstrument, SaveDraft
from services.rounds.instruments.documents import Instrument, Text, shipped
from services.rounds.instruments.drafts import Draft, DraftText, draft_of
from services.rounds.instruments.lacks import Lack, lacks
from shared.access import Actor
from shared.errors import Invalid, NotFound
from shared.http import IfMatch, command_context, etag, requires
from shared.said import Said, say
from shared.uploads import MULTIPART, read_upload

LARGEST_FILE = 5_000_000  # bytes
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class InstrumentSummary(BaseModel):
    key: str
    version: int
    title: Text
    items: int
    shipped: bool = False


class DraftSummary(BaseModel):
    key: str
    title: DraftText


class InstrumentPage(BaseModel):
    items: list[InstrumentSummary]
    drafts: list[DraftSummary] = Field(default=[], description="for those who may write instruments")
    next: str | None = None


class DraftOut(BaseModel):
    key: str
    draft: Draft
    source: str
    versions: int = Field(description="published so far")
    lacks: list[Lack]


class Carried(BaseModel):
    """What an imported form has that an instrument has not: nothing is dropped in silence."""

    sheet: str
    row: int | None
    column: str | None
    detail: str
    say: Said = Field(description="`detail` in both languages")


class ImportedForm(BaseModel):
    key: str
    draft: Draft
    saved: bool
    not_carried: list[Carried]
    lacks: list[Lack]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["instruments"])

    async def found(actor: Actor, key: str, version: int) -> Instrument:
        held = await deps.instruments.get(actor.district_id, key, version)
        if held is None:
            raise NotFound(say("rounds.no_instrument"))
        return held

    async def draft_out(actor: Actor, request: Request, key: str, response: Response) -> DraftOut:
        stream = instrument_stream(actor.district_id, key)
        state, version = await deps.forms.load(stream, command_context(actor, request))
        if state.draft is None:
            raise NotFound(say("errors.not_yours.draft"))
        response.headers.update(etag(version))
        draft = Draft.model_validate_json(state.draft)
        return DraftOut(key=key, draft=draft, source=state.source, versions=len(state.versions), lacks=lacks(draft))

    @api.get("/instruments")
    async def list_instruments(actor: Annotated[Actor, requires("instrument.read")]) -> InstrumentPage:
        own = await deps.instruments.published(actor.district_id)
        drafts = await deps.instruments.drafts(actor.district_id) if actor.may("instrument.write") else {}
        return InstrumentPage(
            items=[
                InstrumentSummary(key=i.key, version=i.version, title=i.title, items=len(i.items), shipped=n == 0)
                for n, some in enumerate((shipped().values(), own))
                for i in some
            ],
            drafts=[DraftSummary(key=k, title=DraftText(**t)) for k, t in drafts.items()],
        )

    @api.post("/instruments/xlsform", openapi_extra=MULTIPART, max_body_size=LARGEST_FILE + 1_000_000)
    async def import_xlsform(
        actor: Annotated[Actor, requires("instrument.write")],
        request: Request,
        key: Annotated[str | None, Query(max_length=60, description="without it: made of the form's id")] = None,
        dry_run: bool = False,
    ) -> ImportedForm:
        """An XLSForm (.xlsx or .xls) as a draft. An invalid one is refused, each problem by sheet, row and column;
        what a draft cannot carry is listed."""
        from services.rounds.instruments.xlsform.reading import read_form  # heavy: pyxform

        upload = await read_upload(request, LARGEST_FILE)
        read = await asyncio.to_thread(read_form, upload.name, upload.data)
        if read.draft is None:
            first, told = read.problems[0], [p.model_dump() for p in read.problems]
            raise Invalid(first.say, mend=first.say_mend, where=upload.name, problems=told)
        name = key or read.key
        if not dry_run:
            command = SaveDraft(key=name, by=actor.person_id, draft=read.draft, source=upload.name)
            stream = instrument_stream(actor.district_id, name)
            await deps.forms.handle(stream, command, command_context(actor, request))
        return ImportedForm(
            key=name,
            draft=read.draft,
            saved=not dry_run,
            not_carried=[Carried(**n) for n in read.not_carried],
            lacks=lacks(read.draft),
        )

    @api.get("/instruments/{key}/draft")
    async def get_instrument_draft(
        key: str, actor: Annotated[Actor, requires("instrument.write")], request: Request, response: Response
    ) -> DraftOut:
        return await draft_out(actor, request, key, response)

    @api.put("/instruments/{key}/draft")
    async def save_instrument_draft(
        key: str,
        body: Draft,
        actor: Annotated[Actor, requires("instrument.write")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> DraftOut:
        """Keeps the whole draft, finished or not; `lacks` says what it still needs."""
        command = SaveDraft(key=key, by=actor.person_id, draft=body)
        stream = instrument_stream(actor.district_id, key)
        await deps.forms.handle(stream, command, command_context(actor, request), if_match=if_match)
        return await draft_out(actor, request, key, response)

    @api.post("/instruments/{key}/publish", status_code=201)
    async def publish_instrument(
        key: str, actor: Annotated[Actor, requires("instrument.write")], request: Request
    ) -> InstrumentSummary:
        """Makes the next version of the draft. It never changes: a mistake is mended in the version after it.
        Rounds that pinned an earlier version keep it."""
        stream = instrument_stream(actor.district_id, key)
        command = PublishInstrument(key=key, by=actor.person_id)
        handled = await deps.forms.handle(stream, command, command_context(actor, request))
        last = Instrument.model_validate_json(handled.state.versions[-1].document)
        return InstrumentSummary(key=key, version=last.version, title=last.title, items=len(last.items))

    @api.get("/instruments/{key}/{version}")
    async def get_instrument(
        key: str, version: int, actor: Annotated[Actor, requires("instrument.read")], response: Response
    ) -> Instrument:
        """One version of an instrument. It never changes, so it may be kept for ever."""
        held = await found(actor, key, version)
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        response.headers["ETag"] = f'"{key}.v{version}"'
        return held

    @api.get("/instruments/{key}/{version}/draft")
    async def instrument_as_draft(
        key: str, version: int, actor: Annotated[Actor, requires("instrument.write")]
    ) -> Draft:
        """A version as the beginning of a draft."""
        return draft_of(await found(actor, key, version))

    @api.get(
        "/instruments/{key}/{version}/xlsform",
        response_class=Response,
        responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def export_xlsform(key: str, version: int, actor: Annotated[Actor, requires("instrument.read")]) -> Response:
        """The version as an XLSForm, for ODK and its kin, and to be brought back."""
        from services.rounds.instruments.xlsform.writing import write_form  # heavy: openpyxl

        held = await found(actor, key, version)
        data = await asyncio.to_thread(write_form, held)
        name = f'attachment; filename="{key}.v{version}.xlsx"'
        return Response(data, media_type=XLSX, headers={"Content-Disposition": name})

    return api
