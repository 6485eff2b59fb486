"""`python -m services.settings_doc` writes docs/settings.md from the settings classes; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from services.compose import SERVICES, settings_class
from shared.keys.master import KeysSettings
from shared.provision import DATABASES

FILE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"

_HEAD = """# Settings

Settings are environment variables. A wrong value is refused at start, with its name. The platform of one machine
(`make up`) sets the addresses and secrets by itself; what you set besides comes to the services all the same.

<!-- Written by `python -m services.settings_doc` from the settings classes: change the descriptions there. -->
"""

MACHINE = (
    ("RONDO_HOME", ".rondo", "folder in which the platform of one machine keeps its data"),
    (
        "RONDO_LOG_LEVEL",
        "",
        "`DEBUG`, `INFO`, `WARNING` or `ERROR`: logs from it on; unset: warnings, and INFO of the platform itself",
    ),
    ("RONDO_URL", "", "the platform that the command line talks to; else the one that runs on this machine"),
    ("RONDO_PASSWORD", "", "the password for `rondo sign-in`, which asks for it otherwise"),
    ("RONDO_PROVISION_ADMIN_URL", "", "PostgreSQL as superuser, for `rondo provision`"),
    *(
        (f"RONDO_PROVISION_{n.upper()}_PASSWORD", "", f"the password to give the login of database {n}")
        for n in DATABASES
    ),
    ("RONDO_BOOTSTRAP_PASSWORD", "made and printed", "password of the administrator whom `rondo bootstrap` makes"),
    ("RONDO_TEST_POSTGRES_URL", "", "a PostgreSQL for the tests (superuser), in place of the embedded one"),
    ("RONDO_TEST_NATS_URL", "", "a NATS with JetStream for the tests, in place of the embedded one"),
)


def names() -> set[str]:
    """Every environment variable that means something."""
    classes: list[type[BaseSettings]] = [*map(settings_class, SERVICES), KeysSettings]
    return {name for kind in classes for name, _ in fields(kind)} | {name for name, _, _ in MACHINE}


def fields(kind: type[BaseSettings]) -> Iterator[tuple[str, FieldInfo]]:
    """The variables of a settings class."""
    prefix = str(kind.model_config.get("env_prefix", ""))
    for name, field in kind.model_fields.items():
        alias = field.validation_alias
        if isinstance(alias, AliasChoices):
            alias = str(alias.choices[0])
        yield (str(alias) if alias else f"{prefix}{name}".upper()), field


def text() -> str:
    """The whole document."""
    parts = [_HEAD]
    for name in SERVICES:
        parts += [f"## The {name} service\n", _table(settings_class(name))]
    parts += ["## Keys of sealed words\n", "For those services that seal words.\n", _table(KeysSettings)]
    rows = "\n".join(f"| `{n}` | {f'`{d}`' if d else ''} | {w} |" for n, d, w in MACHINE)
    parts += [
        "## Command line, deployment and tests\n",
        f"| variable | default | what it is |\n|---|---|---|\n{rows}\n",
    ]
    return "\n".join(parts)


def _table(kind: type[BaseSettings]) -> str:
    lines = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in fields(kind):
        lines.append(f"| `{name}` | {_default(field)} | {_words(field)} |")
    return "\n".join(lines) + "\n"


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "**needed**"
    return "" if field.default in (None, ()) else f"`{field.default}`"


def _words(field: FieldInfo) -> str:
    limits = [
        f"{word} {getattr(rule, attribute)}"
        for rule in field.metadata
        for attribute, word in (("ge", "at least"), ("le", "at most"))
        if getattr(rule, attribute, None) is not None
    ]
    return (
        "; ".join([field.description or "", *([", ".join(limits)] if limits else [])]).replace("|", "\\|").lstrip("; ")
    )


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        if FILE.exists() and FILE.read_text("utf-8") == text():
            return 0
        sys.stderr.write("docs/settings.md is out of date: run `python -m services.settings_doc`.\n")
        return 1
    FILE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
