"""`rondo sign-in`, `rondo sign-out`, `rondo who`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from services.cli.client import connect, open_client


def register(app: typer.Typer) -> None:
    app.command("sign-in")(sign_in)
    app.command("sign-out")(sign_out)
    app.command("who")(who)


def sign_in(
    context: typer.Context,
    email: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, envvar="RONDO_PASSWORD")],
) -> None:
    """Signs in at a platform and keeps it for the commands that follow."""
    client = open_client(context)
    session = client.sign_in(email, password)
    sys.stdout.write(f"Signed in at {client.url} as {session['name']}, {session['district']['name']}.\n")


def sign_out(context: typer.Context) -> None:
    """Ends the sign-in."""
    open_client(context).sign_out()
    sys.stdout.write("Signed out.\n")


def who(context: typer.Context) -> None:
    """Says as whom the commands run."""
    session = connect(context).get("/api/identity/session").json()
    roles = ", ".join(sorted({g["role"] for g in session["grants"]}))
    sys.stdout.write(f"{session['name']} <{session['email']}>, {session['district']['name']}: {roles}\n")
