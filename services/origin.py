"""One origin for people and machines: `/api/<service>`, `/desk`, `/capture`, `/health/...`, `/metrics`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.metrics import exposition
from shared.service import Service

PAGES = Path(__file__).resolve().parent.parent / "web" / "dist"
APPS = ("desk", "capture")

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
)
_POLICIES = {
    "/desk": _PAGE_POLICY + "frame-ancestors 'none'",
    # The app proves that it starts without a network by starting itself once more, in a frame.
    "/capture": _PAGE_POLICY + "worker-src 'self'; frame-src 'self'; frame-ancestors 'self'",
}
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_YEAR = 31_536_000  # seconds


class SecurityHeaders:
    """Adds the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        app = "/" + scope["path"].split("/", 2)[1]
        policy = _POLICIES.get(app, _API_POLICY)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if app == "/capture":
                    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", policy)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Pages(StaticFiles):
    """An app's built pages. An address without a file of its own is a screen of the app: index.html."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            answer = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or Path(path).suffix:
                raise
            path = "index.html"
            answer = await super().get_response(path, scope)
        if path.startswith("assets/"):
            answer.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        else:
            answer.headers["Cache-Control"] = "no-cache"
        return answer


def origin(services: Sequence[Service], *, pages: Path | None = None, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The application. `pages` is the folder of the built apps, None where another server serves them;
    `routes` come first."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_: Request) -> Response:
        missing = await waiting_for(services)
        if missing:
            return JSONResponse({"status": "not ready", "waiting_for": missing}, 503)
        return JSONResponse({"status": "ready", "services": [s.name for s in services]})

    async def metrics(_: Request) -> Response:
        body, content_type = exposition()
        return Response(body, media_type=content_type)

    async def home(_: Request) -> Response:
        return RedirectResponse("/desk/")

    async def not_built(_: Request) -> Response:
        return PlainTextResponse("The pages are not built. Run `make up`, which builds them.\n", 503)

    paths: list[BaseRoute] = [
        *routes,
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
        *(Mount(f"/api/{service.name}", service.app) for service in services),
    ]
    if pages is not None:
        paths.append(Route("/", home))
        for app in APPS:
            if (pages / app / "index.html").exists():
                built = Pages(directory=pages / app, html=True)
                paths.append(Mount(f"/{app}", GZipMiddleware(built, minimum_size=1000)))
            else:
                paths.append(Route(f"/{app}/{{path:path}}", not_built))
    return Starlette(routes=paths, middleware=[Middleware(SecurityHeaders)])


async def waiting_for(services: Sequence[Service]) -> list[str]:
    """What is not ready yet, over all services."""
    return [problem for problems in await asyncio.gather(*(s.ready() for s in services)) for problem in problems]
