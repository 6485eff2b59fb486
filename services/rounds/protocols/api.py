"""`/protocols`: the documents, and a district's own versions of them."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.deps import Deps
from services.rounds.document_words import sentence, wrong
from services.rounds.lined_yaml import LONGEST, DocumentProblem, Unreadable
from services.rounds.protocols.commands import DraftProtocol, PublishProtocol
from services.rounds.protocols.edit import Edit, edited
from services.rounds.protocols.library import newest, texts
from services.rounds.protocols.model import Bilingual, Model, Protocol
from services.rounds.protocols.queries import DRAFT, protocol_stream
from services.rounds.protocols.read import problems, read_parts, schema
from shared.access import Actor
from shared.errors import Invalid, NotFound, Refused
from shared.http import command_context, requires
from shared.said import say

MOST_EDITS = 60


class ProtocolSummary(BaseModel):
    key: str
    version: int
    model: Model
    title: Bilingual
    about: Bilingual
    least: int
    most: int
    shipped: bool


class ProtocolList(BaseModel):
    items: list[ProtocolSummary]


class OwnProtocol(BaseModel):
    key: str
    version: int = Field(description="the newest published version; 0 when there is none")
    draft: bool


class OwnProtocols(BaseModel):
    items: list[OwnProtocol]


class ProtocolText(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=LONGEST)


class Checked(BaseModel):
    """The protocol as it reads, or what is wrong with the text, line by line."""

    protocol: Protocol | None
    problems: list[DocumentProblem]
    document: dict[str, Any] | None = Field(description="names and values of the text, right or wrong, for a form")


class EditsIn(ProtocolText):
    edits: list[Edit] = Field(max_length=MOST_EDITS)


class Edited(Checked):
    text: str


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["protocols"])

    @api.get("/protocols")
    async def list_protocols(actor: Annotated[Actor, requires("protocol.read")]) -> ProtocolList:
        """The newest version of each protocol that the district may run."""
        return ProtocolList(
            items=[
                ProtocolSummary(
                    key=p.key,
                    version=p.version,
                    model=p.model,
                    title=p.title,
                    about=p.about,
                    least=p.people.least,
                    most=p.people.most,
                    shipped=p.key in newest(),
                )
                for p in await deps.protocols.all(actor.district_id)
            ]
        )

    @api.get("/protocol-schema")
    async def get_schema(_: Annotated[Actor, requires("protocol.read")]) -> dict[str, Any]:
        """The JSON schema of protocol documents, for an author's editor."""
        return schema()

    @api.get("/protocols/{key}/versions/{version}")
    async def get_protocol(
        key: str, version: int, actor: Annotated[Actor, requires("protocol.read")], response: Response
    ) -> Protocol:
        """One published version. It never changes."""
        response.headers["Cache-Control"] = "private, max-age=86400"
        return await deps.protocols.get(actor.district_id, key, version)

    @api.get("/protocols/{key}/text")
    async def get_text(
        key: str, actor: Annotated[Actor, requires("protocol.publish")], version: int | None = None
    ) -> ProtocolText:
        """The document itself: a shipped one, the district's draft, or its newest published version."""
        if key in newest():
            found = texts().get((key, version or newest()[key].version))
        else:
            found = await deps.protocols.text(actor.district_id, key, DRAFT if version is None else version)
            if found is None and version is None:
                newest_own = {k: v for k, v, _ in await deps.protocols.own_keys(actor.district_id)}
                found = await deps.protocols.text(actor.district_id, key, newest_own.get(key, -1))
        if found is None:
            raise NotFound(say("rounds.no_protocol"))
        return ProtocolText(text=found)

    @api.post("/protocol-check")
    async def check_text(body: ProtocolText, _: Annotated[Actor, requires("protocol.publish")]) -> Checked:
        """Reads a text without keeping it: what a preview shows."""
        return Checked.model_validate(await asyncio.to_thread(_checked, body.text))

    @api.post("/protocol-edit")
    async def edit_text(body: EditsIn, _: Annotated[Actor, requires("protocol.publish")]) -> Edited:
        """The text with changes in it, as a form makes them, and how it reads then. Nothing is kept."""
        text = await asyncio.to_thread(edited, body.text, body.edits)
        return Edited(text=text, **await asyncio.to_thread(_checked, text))

    @api.get("/own-protocols")
    async def list_own(actor: Annotated[Actor, requires("protocol.publish")]) -> OwnProtocols:
        """The district's own protocols, drafts included."""
        own = await deps.protocols.own_keys(actor.district_id)
        return OwnProtocols(items=[OwnProtocol(key=k, version=v, draft=d) for k, v, d in own])

    @api.put("/own-protocols/{key}/draft", status_code=204)
    async def keep_draft(
        key: str, body: ProtocolText, actor: Annotated[Actor, requires("protocol.publish")], request: Request
    ) -> None:
        """Keeps the text as the draft of the next version; it may still have errors."""
        if not _is_key(key):
            raise Invalid(sentence(wrong("bad_key")).said, where="key")
        command = DraftProtocol(key=key, text=body.text, by=actor.person_id)
        await deps.own_protocols.handle(
            protocol_stream(actor.district_id, key), command, command_context(actor, request)
        )

    @api.post("/own-protocols/{key}/publish")
    async def publish(
        key: str, body: ProtocolText, actor: Annotated[Actor, requires("protocol.publish")], request: Request
    ) -> Protocol:
        """Publishes the text as the next version. Cycles that run stay on theirs."""
        found = problems(body.text)
        if not isinstance(found, Protocol):
            raise Unreadable(found)
        if found.key != key:
            raise Invalid(sentence(wrong("other_key", found=found.key, name=key)).said, where="key")
        if found.model == "instructional-rounds":
            for other in await deps.protocols.all(actor.district_id):
                if other.model == found.model and other.key not in (key, *newest()):
                    raise Refused(
                        "rounds_have_one_protocol",
                        say("rounds.walk_another", name=other.key),
                        mend=say("rounds.as_next_version", name=other.key),
                        where="key",
                        say=sentence(wrong("rounds_walk_another", name=other.key)).model_dump(),
                    )
        command = PublishProtocol(key=key, version=found.version, text=body.text, by=actor.person_id)
        await deps.own_protocols.handle(
            protocol_stream(actor.district_id, key), command, command_context(actor, request)
        )
        return found

    return api


def _checked(text: str) -> dict[str, Any]:
    found, parts = read_parts(text)
    read = isinstance(found, Protocol)
    return {"protocol": found if read else None, "problems": [] if read else found, "document": parts}


def _is_key(key: str) -> bool:
    return (
        key.isascii() and key.replace("-", "").isalnum() and key[:1].isalpha() and key == key.lower() and len(key) <= 60
    )
