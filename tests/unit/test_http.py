"""What every service answers alike: page cursors that are not ours, and faults of ours."""

from __future__ import annotations

import base64
import json
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import HTTPException
from pydantic import BaseModel, Field, field_validator

from shared.errors import Invalid, Stale, Unfit
from shared.http import create_app, page_key, page_token, public
from shared.said import say
from shared.testing.tokens import FakeIdentity

DAY, ROUND_ID = date(2026, 10, 9), uuid4()


def cursor(held: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(held).encode()).decode().rstrip("=")


def test_a_cursor_comes_back_as_it_was() -> None:
    assert page_key(page_token(DAY, ROUND_ID, "Ñandú"), date.fromisoformat, UUID, str) == [DAY, ROUND_ID, "Ñandú"]
    assert page_key(page_token(DAY, 12), date.fromisoformat, int) == [DAY, 12]
    assert page_key(None, date.fromisoformat, UUID) is None


@pytest.mark.parametrize(
    "token",
    [
        "%",
        "é",
        cursor("2026-10-09"),
        cursor(["2026-10-09"]),
        cursor(["2026-10-09", str(ROUND_ID), "more"]),
        cursor(["yesterday", str(ROUND_ID)]),
        cursor(["2026-10-09", "nobody"]),
        cursor([20261009, str(ROUND_ID)]),
        cursor([None, None]),
        cursor([{}, []]),
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(Invalid):
        page_key(token, date.fromisoformat, UUID)


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_a_cursor_of_text_that_no_database_holds_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        page_key(cursor([text]), str)


async def test_a_fault_of_ours_is_told_as_a_problem_and_tells_nothing_of_itself() -> None:
    app = create_app("faulty", FakeIdentity().verifier)

    @app.get("/", dependencies=[public("a test of its answer")])
    async def fail() -> None:
        raise KeyError("what the observer wrote")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://rondo.test") as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["type"] == "/problems/internal"
    assert "observer" not in answer.text


@pytest.mark.parametrize(
    "error", [asyncpg.DiskFullError, asyncpg.ConnectionDoesNotExistError, asyncpg.CrashShutdownError]
)
async def test_a_database_without_room_or_gone_is_told_as_such(error: type[Exception]) -> None:
    app = create_app("faulty", FakeIdentity().verifier)

    @app.get("/", dependencies=[public("a test of its answer")])
    async def fail() -> None:
        raise error("no space left on device")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://faulty.test") as http:
        answer = await http.get("/")

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert "again" in answer.json()["mend"]


class Body(BaseModel):
    name: str = Field(min_length=3)
    seats: int = Field(le=9)
    since: date = Field(ge=DAY)

    @field_validator("name")
    @classmethod
    def _named(cls, value: str) -> str:
        if value == "Nobody":
            raise Unfit(say("refusals.name_person"))
        return value


async def test_what_is_wrong_with_fields_and_versions_is_told_in_both_languages() -> None:
    app = create_app("faulty", FakeIdentity().verifier)

    @app.put("/", dependencies=[public("a test of its answer")])
    async def take(body: Body) -> None:
        raise Stale(say("errors.old_version", seen=3, newest=4), mend=say("errors.read_again"))

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://faulty.test") as http:
        wrong = (await http.put("/", json={"name": "N", "seats": 12, "since": "2020-01-01"})).json()
        stale = (await http.put("/", json={"name": "Nora", "seats": 2, "since": str(DAY)})).json()
        unfit = (await http.put("/", json={"name": "Nobody", "seats": 2, "since": str(DAY)})).json()
        broken = (await http.put("/", content=b"{", headers={"Content-Type": "application/json"})).json()

    assert [(p["where"], p["es"]["detail"]) for p in wrong["problems"]] == [
        ("body/name", "Escriba al menos 3 caracteres."),
        ("body/seats", "Debe ser 9 o menos."),
        ("body/since", "Debe ser 2026-10-09 o más."),
    ]
    assert wrong["es"]["detail"].startswith("body/name: Escriba al menos 3 caracteres.; body/seats: ")
    assert wrong["problems"][0]["detail"] == "String should have at least 3 characters"
    assert (stale["type"], stale["mend"]) == ("/problems/stale", "Read it again, then repeat your change.")
    assert stale["es"]["detail"] == "Usted cambió la versión 3, pero la más reciente es la 4."
    assert (stale["es"]["title"], wrong["es"]["title"]) == ("Cambió desde que lo leyó", "Los datos tienen errores")
    assert unfit["problems"][0]["es"]["detail"] == "Indique la persona."
    assert broken["problems"][0]["es"]["detail"] == "Lo enviado no es JSON válido."


async def test_what_the_framework_refuses_is_told_in_both_languages() -> None:
    app = create_app("faulty", FakeIdentity().verifier)

    @app.get("/", dependencies=[public("a test of its answer")])
    async def read() -> None: ...

    @app.post("/file", dependencies=[public("a test of its answer")])
    async def refuse() -> None:
        raise HTTPException(415)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://faulty.test") as http:
        told = [(await http.get("/nowhere")).json(), (await http.put("/")).json(), (await http.post("/file")).json()]

    assert [t["type"] for t in told] == [
        "/problems/not-found",
        "/problems/method-not-allowed",
        "/problems/unsupported-media-type",
    ]
    assert [t["es"]["detail"] for t in told] == [
        "No existe nada en esta dirección.",
        "Esta dirección no admite ese método.",
        "Lo enviado es de un tipo que no se admite aquí.",
    ]
    assert all(t["es"]["title"] == t["es"]["detail"] and t["detail"] != t["es"]["detail"] for t in told)
