"""Every route of every service names the one action that it is, or says why it needs no sign-in; and keeps to it."""

from __future__ import annotations

import importlib.util
import re
from importlib import import_module
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from shared.access import POLICY, Actor, Grant, Role
from shared.http import LARGEST_BODY, route_policies
from shared.service import Service
from shared.settings import ServiceSettings
from shared.testing.tokens import FakeIdentity

IDENTITY = FakeIdentity()
NAMES = ["identity", "scheduling", "rounds", "reporting"]
SERVICES = [name for name in NAMES if importlib.util.find_spec(f"services.{name}.main")]
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def app_of(name: str) -> FastAPI:
    """The service's app as its composition root builds it; not started, so it opens no connection."""
    [settings] = (
        kind
        for kind in vars(import_module(f"services.{name}.settings")).values()
        if isinstance(kind, type) and issubclass(kind, ServiceSettings) and kind is not ServiceSettings
    )
    given = {field: NOWHERE for field, info in settings.model_fields.items() if info.is_required()}
    service: Service = import_module(f"services.{name}.main").build(settings(**given), IDENTITY.verifier)
    return service.app


APPS = {name: app_of(name) for name in SERVICES}
ROUTES = [(name, *route, held) for name, app in APPS.items() for route, held in route_policies(app).items()]
GUARDED = [(*route, held[0]) for *route, held in ROUTES if held and held[0] in POLICY]


def named(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def test_every_service_has_routes_to_check() -> None:
    assert SERVICES == NAMES
    assert {name for name, *_ in ROUTES} == set(SERVICES)


@pytest.mark.parametrize(("service", "method", "path", "held"), ROUTES, ids=named)
def test_a_route_has_exactly_one_policy(service: str, method: str, path: str, held: list[str]) -> None:
    assert len(held) == 1, f"{method} /api/{service}{path} names {held or 'nothing'}"
    if held[0].startswith("public: "):
        assert len(held[0].split()) >= 3, "say in words why it is public"
    else:
        assert held[0] in POLICY


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_is_served_beside_the_routes_that_were_checked(service: str) -> None:
    contexts = iter_route_contexts(APPS[service].routes)
    others = {str(context.path) for context in contexts if not isinstance(context.original_route, APIRoute)}
    assert others <= {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc"}


@pytest.mark.parametrize(("service", "method", "path", "action"), GUARDED, ids=named)
async def test_a_route_lets_nobody_in_whose_roles_lack_its_action(
    service: str, method: str, path: str, action: str
) -> None:
    address = re.sub(r"{[^}]*}", str(uuid4()), path)
    transport = httpx.ASGITransport(APPS[service], raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://rondo.test") as client:
        forged = FakeIdentity().headers_for(Actor(uuid4(), uuid4(), tuple(Grant(role) for role in Role)))
        for headers in ({}, forged):
            answer = await client.request(method, address, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["content-type"] == "application/problem+json"
        for role in set(Role) - set(POLICY[action]):
            actor = Actor(uuid4(), uuid4(), (Grant(role, uuid4()),))
            answer = await client.request(method, address, headers=IDENTITY.headers_for(actor))
            assert answer.status_code in (403, 404), f"{role} got in"  # 404 where even existence is hidden


WRITES = [(*route,) for *route, _ in ROUTES if route[1] in ("POST", "PUT", "PATCH", "DELETE")]
FILES = {
    "/instruments/xlsform",
    "/imports/roster",
    "/imports/schools",
    "/imports/observations",
    "/imports/calendar",
    "/imports/stage/{kind}",
    "/availability/mine/calendar",
    "/observers/{person_id}/availability/calendar",
}  # their own tests tell their bounds


@pytest.mark.parametrize(("service", "method", "path"), WRITES, ids=named)
async def test_a_route_stops_at_a_body_that_is_too_large(service: str, method: str, path: str) -> None:
    if path in FILES:
        return
    address = re.sub(r"{[^}]*}", str(uuid4()), path)
    everything = Actor(uuid4(), uuid4(), tuple(Grant(role) for role in Role))
    transport = httpx.ASGITransport(APPS[service], raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://rondo.test") as client:
        answer = await client.request(
            method, address, headers=IDENTITY.headers_for(everything), content=b" " * (LARGEST_BODY + 1)
        )
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
