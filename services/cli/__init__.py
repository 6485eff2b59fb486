"""The command line, `rondo`. Each module named in `PARTS` adds its commands by `register(app)`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from services.cli.client import Connection
from shared.errors import RondoError, Unauthenticated, Unavailable

PARTS = {
    "up": "services.cli.platform",
    "serve": "services.cli.platform",
    "provision": "services.cli.platform",
    "bootstrap": "services.cli.platform",
    "demo": "services.cli.demo",
    "sign-in": "services.cli.sign_in",
    "sign-out": "services.cli.sign_in",
    "who": "services.cli.sign_in",
    "import": "services.cli.imports",
    "instruments": "services.cli.instruments",
    "projections": "services.cli.projections",
    "dead-letters": "services.cli.dead_letters",
    "asyncapi": "services.cli.documents",
}
"""Which module brings which command: a command waits for the imports of its own module alone."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command that `arguments` name, or, where they name none, the whole command line."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Rondo: instructional rounds for a district.",
    )

    @app.callback()
    def rondo(
        context: typer.Context,
        url: Annotated[
            str | None, typer.Option(envvar="RONDO_URL", help="Address of the platform; else the one running here.")
        ] = None,
    ) -> None:
        context.obj = Connection(url=url)

    wanted = next((PARTS[word] for word in arguments if word in PARTS), None)
    for part in dict.fromkeys([wanted] if wanted else PARTS.values()):
        import_module(part).register(app)
    return app


def main() -> None:
    """Ends with 0; 1 when something was refused; 2 for a wrong command line; 3 without sign-in; 4 when the
    platform does not answer."""
    try:
        application(sys.argv[1:])()
    except RondoError as error:
        sys.stderr.write(told(error) + "\n")
        raise SystemExit(
            3 if isinstance(error, Unauthenticated) else 4 if isinstance(error, Unavailable) else 1
        ) from None


def told(error: RondoError) -> str:
    """`title: detail (mend)`, and each problem below it where there are several."""
    mend = f" ({error.mend.rstrip('.')})" if error.mend else ""
    lines = [f"{error.title}: {error.detail}{mend}"]
    for problem in error.extra.get("problems") or ():
        where = ", ".join(str(problem[k]) for k in ("where", "file", "line", "column") if problem.get(k) is not None)
        lines.append(
            f"  {where}: {problem.get('detail', '')}" + (f" ({problem['mend']})" if problem.get("mend") else "")
        )
    return "\n".join(lines)
