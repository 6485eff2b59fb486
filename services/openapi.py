"""`python -m services.openapi`: writes every service's OpenAPI document to `web/lib/api/`, for the desk's types.

`--check` writes nothing and fails when a document there differs from what the services say.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from shared.access import Actor
from shared.errors import Unauthenticated
from shared.service import Service
from shared.settings import ServiceSettings

SERVICES = ("identity", "scheduling", "rounds", "reporting")
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"  # for the settings without a default, all of them addresses
FOLDER = Path(__file__).resolve().parent.parent / "web" / "lib" / "api"


class _Nobody:
    """The documents are written without signing anybody in."""

    async def verify(self, token: str) -> Actor:
        raise Unauthenticated("No tokens here.")


def unstarted(name: str) -> Service:
    """The service as its composition root builds it; opens no connection."""
    settings = next(
        kind
        for kind in vars(import_module(f"services.{name}.settings")).values()
        if isinstance(kind, type) and issubclass(kind, ServiceSettings) and kind is not ServiceSettings
    )
    build = import_module(f"services.{name}.main").build
    required = [n for n, f in settings.model_fields.items() if f.is_required()]
    service: Service = build(settings.model_validate(dict.fromkeys(required, NOWHERE)), _Nobody())
    return service


def document(name: str) -> dict[str, Any]:
    """The OpenAPI document of one service."""
    return unstarted(name).app.openapi()


def text(name: str) -> str:
    """The document as it is kept in the repository: the same bytes every time."""
    return json.dumps(document(name), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def stale() -> list[str]:
    """The services whose kept document is not what they say now."""
    files = {name: FOLDER / f"{name}.openapi.json" for name in SERVICES}
    return [name for name, file in files.items() if not file.exists() or file.read_text("utf-8") != text(name)]


def main() -> int:
    if "--check" in sys.argv[1:]:
        old = stale()
        if old:
            sys.stderr.write(f"OpenAPI documents out of date ({', '.join(old)}): run `python -m services.openapi`.\n")
        return 1 if old else 0
    for name in SERVICES:
        (FOLDER / f"{name}.openapi.json").write_text(text(name), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
