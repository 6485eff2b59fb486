"""The HTTP face of identity: its routers on one app."""

from __future__ import annotations

from fastapi import FastAPI

from services.identity.accounts import api as accounts_api
from services.identity.audit import api as audit_api
from services.identity.districts import api as districts_api
from services.identity.identity import Identity
from services.identity.sessions import api as sessions_api
from services.identity.sessions import oidc_api
from shared.http import Verifier, create_app


def app_of(identity: Identity, verifier: Verifier) -> FastAPI:
    app = create_app("identity", verifier, description="Sign-in, accounts, roles and district settings.")
    app.state.identity = identity
    deps = identity.deps
    for router in (
        sessions_api.router(deps, identity.sessions, identity.password_sign_in, identity.districts, identity.keys),
        oidc_api.router(deps, identity.oidc),
        districts_api.router(identity.districts),
        accounts_api.router(deps, identity.accounts, identity.links),
        audit_api.router(deps),
    ):
        app.include_router(router)
    return app
