"""The command line, `rondo`. Each module of `PARTS` adds its commands by `register(app)`."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

from services.cli.client import Connection
from shared.errors import RondoError, Unauthenticated, Unavailable

PARTS = (
    "services.cli.platform",
    "services.cli.demo",
    "services.cli.sign_in",
    "services.cli.imports",
    "services.cli.projections",
)


def application() -> typer.Typer:
    """The whole command line."""
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
        district: Annotated[
            str | None, typer.Option(help="Which district, where this machine runs the platform for several.")
        ] = None,
    ) -> None:
        context.obj = Connection(url=url, district=district)

    for part in filter(find_spec, PARTS):
        import_module(part).register(app)
    return app


def main() -> None:
    """Ends with 0; 1 when something was refused; 2 for a wrong command line; 3 without sign-in; 4 when the
    platform does not answer."""
    try:
        application()()
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
