"""Gives every service its own database and its own login, which can reach no other service's.

Run by whoever is superuser: the embedded platform at each start, the compose stack's one-shot container.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from shared.errors import Invalid

DATABASES = ("identity", "scheduling", "rounds", "reporting", "keys")

_SHARED_ROLES = ("rondo_reader", "rondo_writer", "rondo_appender")
"""What a connection steps down to; made here, as a service's own login may make no roles."""


async def provision(admin_url: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """Makes what is missing for each database in `passwords` (name -> password of its login) and sets the
    passwords; gives the URL of each. Doing it again changes nothing else."""
    admin = await asyncpg.connect(admin_url)
    try:
        existing = {r["datname"] for r in await admin.fetch("SELECT datname FROM pg_database")}
        for name, password in passwords.items():
            login = f"rondo_{name}"
            await make_login(admin, login, password)
            if name not in existing:
                await _run(admin, "CREATE DATABASE %I OWNER %I", name, login)
                await _run(admin, "REVOKE ALL ON DATABASE %I FROM PUBLIC", name)
    finally:
        await admin.close()
    return {name: _url(admin_url, name, password) for name, password in passwords.items()}


async def make_login(admin: asyncpg.Connection, login: str, password: str) -> None:
    """A login with the rights that a service needs on the server, and no others; its password is set anew."""
    for role in _SHARED_ROLES:
        await _role(admin, role, "NOLOGIN")
    await _role(admin, login, "LOGIN")
    await _run(admin, "ALTER ROLE %I PASSWORD %L", login, password)
    for role in _SHARED_ROLES:
        await _run(admin, "GRANT %I TO %I WITH INHERIT FALSE, SET TRUE", role, login)
    # Functions of the event store set this for their own duration.
    await _run(admin, "GRANT SET ON PARAMETER rondo.district_id TO %I", login)


async def _role(admin: asyncpg.Connection, name: str, options: str) -> None:
    if await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", name) == 0:
        await _run(admin, f"CREATE ROLE %I {options}", name)


async def _run(admin: asyncpg.Connection, template: str, *words: str) -> None:
    """Statements of this kind take no parameters: the server quotes the words itself."""
    places = ", ".join(f"${n}::text" for n in range(2, len(words) + 2))
    await admin.execute(await admin.fetchval(f"SELECT format($1, {places})", template, *words))


def _url(admin_url: str, name: str, password: str) -> str:
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"rondo_{name}:{quote(password, safe='')}@{host}", path=f"/{name}"))


def wanted_passwords() -> dict[str, str]:
    """The password of each database's login from RONDO_PROVISION_<NAME>_PASSWORD. Raises Invalid naming
    every one that is missing."""
    variables = {name: f"RONDO_PROVISION_{name.upper()}_PASSWORD" for name in DATABASES}
    missing = [variable for variable in variables.values() if not os.environ.get(variable)]
    if missing:
        raise Invalid(f"Not set: {', '.join(missing)}.", mend="Set a password for each service's login.")
    return {name: os.environ[variable] for name, variable in variables.items()}
