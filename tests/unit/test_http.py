"""What every service answers alike: page cursors that are not ours, and faults of ours."""

from __future__ import annotations

import base64
import json
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from shared.errors import Invalid
from shared.http import create_app, page_key, page_token, public
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
