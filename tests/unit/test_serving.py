"""What the server believes of a request."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from services.server import listen, server


async def _says_the_clients_address(scope: Scope, receive: Receive, send: Send) -> None:
    client = Request(scope).client
    await PlainTextResponse(client.host if client else "nobody")(scope, receive, send)


async def _address_told(forwarded_for: str) -> str:
    listener = listen("127.0.0.1", 0)
    serving = server(_says_the_clients_address)
    running = asyncio.create_task(serving.serve([listener]))
    try:
        async with httpx.AsyncClient() as client:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            return (await client.get(url, headers={"X-Forwarded-For": forwarded_for})).text
    finally:
        serving.should_exit = True
        await running


async def test_without_a_proxy_nobody_can_claim_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert await _address_told("203.0.113.7") == "127.0.0.1"


async def test_the_word_of_a_named_proxy_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    assert await _address_told("203.0.113.7") == "203.0.113.7"
