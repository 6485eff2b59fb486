"""What every HTTP service does alike: sign-in check, policy, problem+json, If-Match, Idempotency-Key, paging."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
from asyncpg import CharacterNotInRepertoireError, UntranslatableCharacterError
from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute, iter_route_contexts
from joserfc import jws
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from shared.access import POLICY, Actor, PublicRoute
from shared.errors import Forbidden, Invalid, RondoError, TooLarge, Unauthenticated, Unavailable, Unfit
from shared.messages import CommandContext, new_id
from shared.said import Said, in_spanish, say, together
from shared.telemetry import instrument_app

ACCESS_COOKIE = "rondo_access"
PROBLEM_JSON = "application/problem+json"
LARGEST_BODY = 1_000_000  # bytes; a route that takes files names its own bound
DATABASE_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

log = logging.getLogger(__name__)


class Verifier(Protocol):
    """Turns an access token into the actor that it names, offline."""

    async def verify(self, token: str) -> Actor:
        """Raises Unauthenticated when the token is forged, foreign or expired."""
        ...


def create_app(
    service: str,
    verifier: Verifier,
    *,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
    description: str = "",
) -> FastAPI:
    """The FastAPI application of `service`, with errors and sign-in wired the common way."""
    app = _App(
        title=f"Rondo {service}",
        version="1",
        description=description,
        lifespan=lifespan,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
        max_body_size=LARGEST_BODY,
    )
    app.state.verifier = verifier
    app.add_exception_handler(RondoError, _rondo_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(CharacterNotInRepertoireError, _text_error)
    app.add_exception_handler(UntranslatableCharacterError, _text_error)
    app.add_exception_handler(asyncpg.DataError, _number_error)
    app.add_exception_handler(asyncpg.InsufficientResourcesError, _no_room)
    for gone in DATABASE_GONE:
        app.add_exception_handler(gone, _no_database)
    app.add_exception_handler(Exception, _unforeseen)
    instrument_app(app)
    return app


class _App(FastAPI):
    """The framework's bound on bodies answers a bare 413 from outside all middleware; this gives it our words."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        bare = False

        async def told(message: Message) -> None:
            nonlocal bare
            if message["type"] == "http.response.start" and message["status"] == TooLarge.status:
                bare = Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
            if not bare:
                await send(message)

        await super().__call__(scope, receive, told if scope["type"] == "http" else send)
        if bare:
            error = TooLarge(say("errors.body_large"), mend=say("errors.smaller_parts"))
            await (await _rondo_error(Request(scope), error))(scope, receive, send)


def problem(
    status: int, type_: str, title: str, detail: str, headers: dict[str, str] | None = None, **extra: Any
) -> JSONResponse:
    """An RFC 9457 answer. `type` is a relative URI that is stable and documented in docs/errors.md."""
    body = {"type": f"/problems/{type_}", "title": title, "status": status, "detail": detail}
    body.update({k: v for k, v in extra.items() if v is not None})
    return JSONResponse(_jsonable(body), status, media_type=PROBLEM_JSON, headers=headers)


def _jsonable(body: dict[str, Any]) -> Any:
    return json.loads(json.dumps(body, default=str))


async def _rondo_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RondoError)
    return problem_of(error)


def problem_of(error: RondoError) -> JSONResponse:
    """The error as HTTP tells it, in both languages where it has both."""
    extra = dict(error.extra)
    headers = extra.pop("headers", None)
    return problem(
        error.status,
        error.type,
        error.title,
        error.detail,
        headers,
        mend=error.mend,
        where=error.where,
        es=in_spanish(error.say, error.say_mend) | _titled(error.type) if error.say else None,
        **extra,
    )


def _titled(type_: str) -> dict[str, str]:
    return {"title": say(f"errors.title.{type_}").es}


async def _validation_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [("/".join(str(p) for p in e["loc"]), _field(e), e) for e in error.errors()]
    problems = [
        {"where": where, "detail": e["msg"], "code": e["type"], "es": in_spanish(said)} for where, said, e in found
    ]
    told = together([say("errors.at", where=where, what=said) for where, said, _ in found[:5]], "; ")
    mend = say("errors.correct_fields")
    return problem(
        422,
        Invalid.type,
        Invalid.title,
        "; ".join(f"{p['where']}: {p['detail']}" for p in problems[:5]),
        problems=problems,
        mend=mend.en,
        es=in_spanish(told, mend) | _titled(Invalid.type),
    )


def _field(error: Mapping[str, Any]) -> Said:
    """What is wrong with one field. The schemas' own words are English; those that people meet have Spanish beside."""
    context = error.get("ctx") or {}
    if isinstance(found := context.get("error"), Unfit):
        return found.said
    bounds = {k: v for k, v in context.items() if isinstance(v, str | int | float)}
    try:
        return say(f"errors.field.{error['type']}", **bounds)
    except KeyError:
        return say("errors.field.other")


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    names = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "unsupported-media-type"}
    name = names.get(error.status_code, "http")
    headers = dict(error.headers) if error.headers else None
    said = say(f"errors.http.{name}")  # what the framework says is English
    es = in_spanish(said) | {"title": said.es}
    return problem(error.status_code, name, str(error.detail), str(error.detail), headers, es=es)


async def _text_error(request: Request, _: Exception) -> Response:
    """A database holds every character but NUL. The schemas take it where a command decides, and searches do."""
    error = Invalid(say("errors.no_text"), mend=say("errors.text_only"))
    return await _rondo_error(request, error)


async def _number_error(request: Request, error: Exception) -> Response:
    """A number that no column holds, by the driver's word or the server's; other complaints are ours, for the log."""
    if not isinstance(error, asyncpg.NumericValueOutOfRangeError) and not isinstance(error.__cause__, OverflowError):
        raise error
    return await _rondo_error(request, Invalid(say("errors.number_large"), mend=say("errors.correct_number")))


async def _no_room(request: Request, error: Exception) -> Response:
    """A full disk is told as what it is: come again, what you have not been told is stored is not."""
    log.error("the database has no room: %s", error)
    return await _rondo_error(request, Unavailable(say("errors.database_full"), mend=say("errors.try_later")))


async def _no_database(request: Request, error: Exception) -> Response:
    log.warning("the database went away in the middle of a request: %s", error)
    return await _rondo_error(request, Unavailable(say("errors.no_database"), mend=say("errors.try_soon")))


async def _unforeseen(request: Request, _: Exception) -> Response:
    """The answer alone: the framework raises the error again, for the log."""
    return await _rondo_error(request, RondoError(say("errors.unforeseen"), mend=say("errors.try_later")))


async def signed_in(request: Request) -> Actor:
    """The actor of a request: bearer token, or the access cookie with a same-origin check on writes."""
    held: Actor | None = getattr(request.state, "actor", None)
    if held is not None:
        return held
    authorization = request.headers.get("authorization", "")
    if authorization.lower().startswith("bearer "):
        token = authorization[7:].strip()
    else:
        token = request.cookies.get(ACCESS_COOKIE, "")
        if token and request.method not in _SAFE:
            same_origin(request)
    if not token:
        raise Unauthenticated(say("errors.signed_out"), mend=say("errors.sign_in"))
    actor: Actor = await request.app.state.verifier.verify(token)
    request.state.actor = actor
    return actor


def token_expires_at(request: Request) -> float:
    """When the request's token ends (seconds since 1970), for answers that stay open. It was verified before."""
    authorization = request.headers.get("authorization", "")
    token = authorization[7:].strip() if authorization else request.cookies.get(ACCESS_COOKIE, "")
    return float(from_json(jws.extract_compact(token.encode()).payload)["exp"])


def same_origin(request: Request) -> None:
    """Refuses a write that another site's page sends with our cookie (SameSite is the first fence)."""
    origin = request.headers.get("origin")
    if origin is None:
        if request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none"):
            return
    elif urlsplit(origin).netloc == request.headers.get("host"):
        return
    raise Forbidden(say("errors.other_site"), mend=say("errors.own_address"))


class Requires:
    """The dependency that names a route's action; the policy test reads `action` off it."""

    def __init__(self, action: str) -> None:
        if action not in POLICY:
            raise KeyError(f"{action} is not in shared.access.POLICY")
        self.action = action

    async def __call__(self, request: Request) -> Actor:
        actor = await signed_in(request)
        actor.require_role_for(self.action)
        return actor


def requires(action: str) -> Any:
    """`actor: Annotated[Actor, requires("round.read")]`: 401 without sign-in, 403 without a fitting role.
    The object's scope is the handler's to check, by `actor.require`."""
    return Depends(Requires(action))


class Public:
    """Marks a route that needs no sign-in, with the reason: `dependencies=[public("sign-in itself")]`."""

    def __init__(self, reason: str) -> None:
        self.route = PublicRoute(reason)

    async def __call__(self) -> None:
        return None


def public(reason: str) -> Any:
    return Depends(Public(reason))


def route_policies(app: FastAPI) -> dict[tuple[str, str], list[str]]:
    """(method, path) -> the actions that it names, or `public: reason`. The policy test reads this."""
    found: dict[tuple[str, str], list[str]] = {}
    # Danger: since FastAPI 0.165 the routes of an included router are no longer in `app.routes` itself.
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute) or route.path is None:
            continue
        names: list[str] = []
        pending = [route.dependant]
        while pending:
            dependant = pending.pop()
            pending.extend(dependant.dependencies)
            if isinstance(dependant.call, Requires):
                names.append(dependant.call.action)
            elif isinstance(dependant.call, Public):
                names.append(f"public: {dependant.call.route.reason}")
        for method in sorted(route.methods or ()):
            found[method, route.path] = names
    return found


def command_context(actor: Actor, request: Request, idempotency_key: UUID | None = None) -> CommandContext:
    """The context of a command that `actor` sends by HTTP."""
    return CommandContext(
        district_id=actor.district_id,
        actor_id=actor.person_id,
        command_id=idempotency_key or new_id(),
        traceparent=request.headers.get("traceparent"),
    )


IdempotencyKey = Annotated[
    UUID | None,
    Header(alias="Idempotency-Key", description="A UUID of the client's; repeating it repeats nothing."),
]


def if_match(value: Annotated[str | None, Header(alias="If-Match")] = None) -> int | None:
    """The version in an If-Match header (`"7"`), or None without one."""
    if value is None or value.strip() == "*":
        return None
    try:
        return int(value.strip().removeprefix("W/").strip('"'))
    except ValueError:
        raise Invalid(say("errors.if_match"), where="If-Match", mend=say("errors.if_match_like")) from None


IfMatch = Annotated[int | None, Depends(if_match)]


def etag(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"'}


def page_token(*key: Any) -> str:
    """An opaque keyset cursor: the last row's key, each part as text."""
    return base64.urlsafe_b64encode(json.dumps([str(part) for part in key]).encode()).decode().rstrip("=")


def page_key(token: str | None, *kinds: Callable[[str], Any]) -> list[Any] | None:  # the parts are of several types
    """The key that `page_token` made, each part read by its kind (`str`, `UUID`, `date.fromisoformat`); None for
    the first page. Raises Invalid on anything else."""
    if not token:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(key, list):
            raise ValueError("no list")
        for part in key:
            if not isinstance(part, str) or "\0" in part:
                raise ValueError("no text that a database holds")
            part.encode()
        return [kind(part) for kind, part in zip(kinds, key, strict=True)]
    except (ValueError, RecursionError):
        raise Invalid(say("errors.cursor"), where="query/after", mend=say("errors.first_page")) from None


async def bounded_body(request: Request, limit: int) -> bytes:
    """The raw body, at most `limit` bytes. Raises TooLarge before it reads more."""
    chunks: list[bytes] = []
    size = 0
    stream: AsyncIterator[bytes] = request.stream()
    async for chunk in stream:
        size += len(chunk)
        if size > limit:
            raise TooLarge(say("errors.body_larger", most=f"{limit:,}"), mend=say("errors.smaller_parts"))
        chunks.append(chunk)
    return b"".join(chunks)
