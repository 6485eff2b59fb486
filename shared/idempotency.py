"""Idempotency-Key: the answer to a POST is stored for a day, and given again when the same POST comes again.

    app.add_middleware(IdempotentPosts, db=db)      # in the composition root; every POST of the service

The same key with another request is 422 (KeyReused); while the first still runs in this process, 409.
Kept are JSON answers below 400, without Set-Cookie and not marked `Cache-Control: no-store` (one-time links,
words that are sealed elsewhere, people's names); of such a request only its fingerprint is. A refused request is
judged anew. A request that died half-way, or whose answer is not kept, runs again: its command has the same id,
so that what it stored is found and not repeated.
"""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.access import Actor
from shared.database import Database
from shared.errors import Conflict, KeyReused, RondoError, Unauthenticated
from shared.http import problem_of, signed_in
from shared.said import say

LARGEST_BODY = 1_000_000
"""bytes of a request; larger ones (uploads) pass by, they have ids of their own"""
LARGEST_ANSWER = 1_000_000

_BEGIN = """
    INSERT INTO idempotent_answers (district_id, actor_id, key, request_hash) VALUES ($1, $2, $3, $4)
    ON CONFLICT (district_id, actor_id, key) DO NOTHING
"""
_READ = """
    SELECT request_hash, status, headers, body FROM idempotent_answers
    WHERE district_id = $1 AND actor_id = $2 AND key = $3
"""
_FINISH = """
    UPDATE idempotent_answers SET status = $4, headers = $5::text::jsonb, body = $6
    WHERE district_id = $1 AND actor_id = $2 AND key = $3 AND status IS NULL
"""
_WITHDRAW = """
    DELETE FROM idempotent_answers WHERE district_id = $1 AND actor_id = $2 AND key = $3 AND status IS NULL
"""
_FORGET = "DELETE FROM idempotent_answers WHERE begun_at < clock_timestamp() - interval '1 day'"

_Names = tuple[UUID, UUID, UUID]


class IdempotentPosts:
    """ASGI middleware over the whole service."""

    def __init__(self, app: ASGIApp, db: Database) -> None:
        self._app = app
        self._db = db
        self._running: set[_Names] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            actor: Actor = await signed_in(request)
        except Unauthenticated:
            await self._app(scope, receive, send)  # which says so itself
            return
        except RondoError as error:
            await problem_of(error)(scope, receive, send)
            return
        body = await request.body()
        await self._once(
            (actor.district_id, actor.person_id, key), _fingerprint(request, body), scope, _again(body, receive), send
        )

    async def _once(self, names: _Names, fingerprint: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        if names in self._running:
            error = Conflict(say("errors.under_way"), mend=say("errors.try_soon"))
            await problem_of(error)(scope, receive, send)
            return
        self._running.add(names)
        try:
            try:
                replay = await self._begin(names, fingerprint)
            except RondoError as error:
                replay = problem_of(error)
            if replay is not None:
                await replay(scope, receive, send)
                return
            kept = _Kept(send)
            try:
                await self._app(scope, receive, kept)
            finally:
                await self._end(names, kept)
            await kept.deliver()
        finally:
            self._running.discard(names)

    async def _begin(self, names: _Names, fingerprint: bytes) -> Response | None:
        """The stored answer, or None for the first request. Raises KeyReused."""
        async with self._db.writer(names[0]) as conn:
            await conn.execute(_BEGIN, *names, fingerprint)
            row = await conn.fetchrow(_READ, *names)
        if row["request_hash"] != fingerprint:
            raise KeyReused(
                say("errors.key_used"),
                mend=say("errors.new_key"),
                where="Idempotency-Key",
            )
        if row["status"] is None:
            return None
        return Response(row["body"], row["status"], {**row["headers"], "idempotent-replay": "true"})

    async def _end(self, names: _Names, kept: _Kept) -> None:
        async with self._db.writer(names[0]) as conn:
            if kept.worth_keeping:
                headers = {k: v for k, v in kept.headers.items() if k != "content-length"}
                await conn.execute(_FINISH, *names, kept.status, json.dumps(headers), kept.body)
            elif not kept.succeeded:
                await conn.execute(_WITHDRAW, *names)


async def forget_old_answers(db: Database) -> None:
    """Drops answers older than a day; call it now and then."""
    async with db.system() as conn:
        await conn.execute(_FORGET)


class _Kept:
    """Holds the answer back until it is stored; one that will not be stored passes through."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: list[Message] = []
        self._size = 0
        self._passing = False
        self.status = 500
        self.headers = Headers()
        self.complete = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = Headers(raw=message["headers"])
            self._passing = not self._fit()
        self._held.append(message)
        self._size += len(message.get("body", b""))
        self.complete = message["type"] == "http.response.body" and not message.get("more_body", False)
        if self._passing or self._size > LARGEST_ANSWER:
            self._passing = True
            await self.deliver()

    async def deliver(self) -> None:
        while self._held:
            await self._send(self._held.pop(0))

    def _fit(self) -> bool:
        return (
            self.status < 400
            and self.headers.get("content-type", "application/json").startswith("application/json")
            and "set-cookie" not in self.headers
            and "no-store" not in self.headers.get("cache-control", "")
        )

    @property
    def worth_keeping(self) -> bool:
        return self.complete and not self._passing

    @property
    def succeeded(self) -> bool:
        return self.complete and self.status < 400

    @property
    def body(self) -> bytes:
        return b"".join(m.get("body", b"") for m in self._held)


def _key(scope: Scope) -> UUID | None:
    """The key of a POST that this is for; a malformed one is the route's to refuse."""
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    headers = Headers(scope=scope)
    try:
        key = UUID(headers.get("idempotency-key", ""))
        length = int(headers.get("content-length", "0"))
    except ValueError:
        return None
    if length > LARGEST_BODY or "transfer-encoding" in headers:
        return None
    if headers.get("content-type", "").startswith("multipart/"):
        return None
    return key


def _fingerprint(request: Request, body: bytes) -> bytes:
    """What makes two requests the same: path, query and body."""
    digest = hashlib.sha256(f"{request.url.path}?{request.url.query}\n".encode())
    digest.update(body)
    return digest.digest()


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands the body out once more, then what the client sends next (its going away)."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
