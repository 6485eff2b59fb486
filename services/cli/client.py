"""The command line's way to the platform: HTTP, signed in, refusals as errors.

    client = connect(context)                       # typer.Context
    answer = client.get("/api/scheduling/schools", params={"limit": 50}).json()
    client.post("/api/scheduling/imports/roster", files={"file": ("roster.zip", content)})

The address comes from `--url`, RONDO_URL, or the platform that runs on this machine. On that machine the
sign-in is the local administrator's; elsewhere it is the one that `rondo sign-in` kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import typer

from services.home import Home, LocalAdmin
from shared.errors import RondoError, Unauthenticated, Unavailable

_TIMEOUT = httpx.Timeout(10, read=300)  # seconds; a large import takes its time


@dataclass(frozen=True, slots=True)
class Connection:
    """What the command line says about the platform."""

    url: str | None = None


class Refusal(RondoError):
    """A problem+json answer, as an error of the command line."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        extra = {k: v for k, v in body.items() if k not in ("type", "title", "status", "detail", "mend", "where")}
        super().__init__(
            str(body.get("detail", "no reason given")), mend=body.get("mend"), where=body.get("where"), **extra
        )
        self.code = status
        self.title = str(body.get("title", f"Refused ({status})"))  # type: ignore[misc]  # one class for all titles


def connect(context: typer.Context) -> Client:
    """A signed-in client. Raises Unavailable without a platform, Unauthenticated without a sign-in."""
    said = context.find_object(Connection) or Connection()
    home = Home()
    local_url = home.url if home.running else None
    url = (said.url or local_url or "").rstrip("/")
    if not url:
        raise Unavailable(
            "No platform runs on this machine.", mend="Start it with `make up`, or name another with --url."
        )
    administrators = home.administrators() if url == local_url else []
    admin = administrators[0] if administrators else None
    return Client(url, Tokens(_token_file(home if admin else None)), admin)


class Tokens:
    """The sign-ins kept in one file (mode 0600), by address and person."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, key: str) -> dict[str, str] | None:
        found = self._all().get(key)
        return found if isinstance(found, dict) else None

    def keep(self, key: str, tokens: dict[str, str] | None) -> None:
        """None forgets them."""
        held = self._all()
        held.pop(key, None)
        if tokens:
            held[key] = tokens
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(held, file)

    def _all(self) -> dict[str, Any]:
        try:
            held = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return {}
        return held if isinstance(held, dict) else {}


class Client:
    """Requests under one sign-in. Every method raises a `Refusal` for an answer of 400 or more, and
    Unavailable when nothing answers."""

    def __init__(
        self,
        url: str,
        tokens: Tokens,
        admin: LocalAdmin | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.url = url
        self._tokens = tokens
        self._admin = admin
        self._key = f"{url} {admin.district_id}" if admin else url
        self._http = httpx.Client(base_url=url, timeout=_TIMEOUT, transport=transport)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def put(self, path: str, **more: Any) -> httpx.Response:
        return self.request("PUT", path, **more)

    def delete(self, path: str, **more: Any) -> httpx.Response:
        return self.request("DELETE", path, **more)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """`path` from `/api/` on; `more` as httpx takes it (json, params, files, headers)."""
        headers = dict(more.pop("headers", None) or {})
        held = self._tokens.get(self._key) or self._renew(None)
        for last in (False, True):
            headers["Authorization"] = f"Bearer {held['access_token']}"
            answer = self._send(method, path, headers=headers, **more)
            if answer.status_code != 401 or last:
                return _accepted(answer)
            held = self._renew(held)
        raise AssertionError("unreachable")

    def sign_in(self, email: str, password: str) -> dict[str, Any]:
        """Signs in and keeps it; the session as identity tells it."""
        answer = _accepted(
            self._send(
                "POST",
                "/api/identity/session",
                json={"email": email, "password": password}
                | ({"district_id": self._admin.district_id} if self._admin else {}),
                headers={"Accept-Token": "body"},
            )
        )
        session: dict[str, Any] = answer.json()
        self._keep(session)
        return session

    def sign_out(self) -> None:
        """Ends the session there and forgets it here."""
        if self._tokens.get(self._key):
            try:
                self.delete("/api/identity/session")
            finally:
                self._tokens.keep(self._key, None)

    def _renew(self, held: dict[str, str] | None) -> dict[str, str]:
        """New tokens, by the refresh token or, for the local administrator, by the password."""
        if held is not None:
            answer = self._send(
                "POST",
                "/api/identity/session/refresh",
                json={"refresh_token": held["refresh_token"]},
                headers={"Accept-Token": "body"},
            )
            if answer.status_code == 200:
                return self._keep(answer.json())
            self._tokens.keep(self._key, None)
        if self._admin is None:
            raise Unauthenticated(f"You are not signed in at {self.url}.", mend="Run `rondo sign-in`.")
        self.sign_in(self._admin.email, self._admin.password)
        kept = self._tokens.get(self._key)
        assert kept is not None
        return kept

    def _keep(self, session: dict[str, Any]) -> dict[str, str]:
        tokens = {name: str(session[name]) for name in ("access_token", "refresh_token")}
        self._tokens.keep(self._key, tokens)
        return tokens

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **more)
        except httpx.TransportError as error:
            raise Unavailable(f"Nothing answers at {self.url} ({error}).", mend="Is the platform up?") from None


def open_client(context: typer.Context) -> Client:
    """A client that may not be signed in yet, under the person's own sign-in; for `rondo sign-in` itself."""
    said = context.find_object(Connection) or Connection()
    url = (said.url or Home().url or "").rstrip("/")
    if not url:
        raise Unavailable("No platform runs on this machine.", mend="Name one: rondo --url https://... sign-in")
    return Client(url, Tokens(_token_file(None)))


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.status_code < 400:
        return answer
    try:
        body = answer.json()
    except ValueError:
        body = {
            "title": f"The platform answered {answer.status_code}",
            "detail": answer.text[:200] or "no reason given",
        }
    if answer.status_code == 401:
        raise Unauthenticated(str(body.get("detail")), mend=body.get("mend"))
    raise Refusal(answer.status_code, body)


def _token_file(home: Home | None) -> Path:
    if home is not None:
        return home.folder / "session.json"
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return config / "rondo" / "session.json"
