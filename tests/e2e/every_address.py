"""Every address of every service, as the platform's own OpenAPI documents list them, and what it answers as text: a
new door is among them by itself."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pyarrow.parquet
from pdfminer.high_level import extract_text

from shared.access import Actor
from shared.messages import new_id, utc_now
from tests.e2e.planted import Planted, Platform

SERVICES = ("identity", "scheduling", "rounds", "reporting")
AT_ONCE = 6
LIVE = "text/event-stream"
Place = dict[str, str]  # values of the names in an address


@dataclass(frozen=True, slots=True)
class Address:
    """`queries`: those that it cannot be asked without, and how much it tells at once at most."""

    service: str
    method: str
    path: str
    queries: tuple[tuple[str, str], ...]
    live: bool

    @property
    def names(self) -> set[str]:
        return set(re.findall(r"{(\w+)}", self.path)) | {n for n, _ in self.queries}


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    json: Any


async def every_address(http: httpx.AsyncClient) -> list[Address]:
    found = []
    for service in SERVICES:
        document = (await http.get(f"/api/{service}/openapi.json")).json()
        for path, methods in sorted(document["paths"].items()):
            for method, operation in methods.items():
                live = LIVE in operation["responses"].get("200", {}).get("content", {})
                found.append(Address(service, method, path, tuple(_queries(operation)), live))
    return found


def _queries(operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for held in operation.get("parameters", []):
        if held["in"] == "query" and held["name"] == "limit":
            yield "limit", str(held["schema"]["maximum"])
        elif held["in"] == "query" and held.get("required"):
            yield held["name"], ""


async def places(planted: Planted) -> list[Place]:
    """The ids of each round with each of its statements, and of each cycle with each of its notes."""
    spans = {
        "from": (date.today() - timedelta(days=90)).isoformat(),
        "to": (date.today() + timedelta(days=30)).isoformat(),
        "at": utc_now().isoformat(),
    }
    found = []
    for round_ in planted.rounds:
        shown = await round_.ok(round_.principal, "GET", "")
        page = await round_.ok(round_.observers[0], "GET", "/evidence", params={"limit": "2000"})
        held = {
            "round_id": round_.round_id,
            "school_id": shown["school_id"],
            "slot_id": shown["slots"][0]["slot_id"],
            "person_id": str(round_.observers[0].person_id),
            "id": str(round_.observers[0].person_id),
        }
        found += [held | spans | {"statement_id": item["id"]} for item in page["items"][:4]]
    for cycle in planted.cycles.values():
        me = cycle.people[0]
        (meeting, *_) = (await planted.platform.ask(me, "GET", f"{cycle.path}/meetings")).json()["items"]
        held = {
            "cycle_id": cycle.cycle_id,
            "key": cycle.protocol.key,
            "version": str(cycle.protocol.version),
            "person_id": str(me.person_id),
            "meeting_id": meeting["meeting_id"],
            "left": "1",
            "right": "1",
        }
        found += [held | spans | {"artefact_id": i, "before": i, "after": i} for i in cycle.ids.values()]
    return found


async def asked(
    platform: Platform, actor: Actor | None, addresses: Sequence[Address], held: Sequence[Place]
) -> list[tuple[str, Told]]:
    """What somebody (None: without a sign-in) is answered, once for each different way to fill in an address."""
    headers = await platform.headers(actor) if actor else {}
    whole = {(a, f"/api/{a.service}{a.path.format_map(p)}", _query(a, p)) for a in addresses for p in _filled(a, held)}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(address: Address, path: str, query: tuple[tuple[str, str], ...]) -> tuple[str, Told]:
        async with gate:
            more = {"json": {}, "headers": headers | {"Idempotency-Key": str(new_id())}}
            rest = {"headers": headers} if address.method == "get" else more
            request = platform.http.build_request(address.method.upper(), path, params=dict(query), **rest)  # type: ignore[arg-type]
            answer = await platform.http.send(request, stream=address.live)
            assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, f"{address.method} {path}: {answer}"
            told = await _first(answer) if address.live and answer.is_success else _read(await answer.aread(), answer)
            await answer.aclose()
            return f"{address.method.upper()} {path}", told

    return list(await asyncio.gather(*(one(*each) for each in whole)))


def _filled(address: Address, held: Sequence[Place]) -> Iterator[Place]:
    """Each place that the address is about; one of nowhere for what is in none of them."""
    about = [p for p in held if address.names & set(p)] or [{}]
    for place in about:
        yield {name: place.get(name, str(uuid4())) for name in address.names} | {"token": "none"}


def _query(address: Address, place: Place) -> tuple[tuple[str, str], ...]:
    return tuple((name, value or place[name]) for name, value in address.queries)


async def _first(answer: httpx.Response) -> Told:
    """The first event of those that a page is told as long as it is open: all of them are of one kind."""
    text = ""
    async with asyncio.timeout(30):
        async for line in answer.aiter_lines():
            text += line + "\n"
            if not line and "data:" in text:
                break
    return Told(text, None)


def _read(body: bytes, answer: httpx.Response) -> Told:
    kind = answer.headers.get("content-type", "")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            return Told("\n".join(held.read(n).decode("utf-8", "replace") for n in held.namelist()), None)
    if body.startswith(b"PAR1"):
        return Told(str(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist()), None)
    if body.startswith(b"%PDF"):
        return Told(extract_text(io.BytesIO(body)), None)
    return Told(body.decode("utf-8", "replace"), json.loads(body) if "json" in kind and body else None)
