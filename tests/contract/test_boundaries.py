"""A service imports `shared` and other services' contracts; `shared` knows no service; no modules import each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("identity", "scheduling", "rounds", "reporting")
FILES = sorted(p.relative_to(ROOT) for folder in ("shared", "services") for p in (ROOT / folder).rglob("*.py"))


@cache
def imports(file: Path) -> list[str]:
    """The modules that a file names, wherever in it; `from a import b` as `a.b`."""
    return list(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    module = file.with_suffix("").parts
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(module[: -node.level]) + "." if node.level else ""
            yield from (f"{base}{node.module or ''}.{alias.name}" for alias in node.names)


def foreign(file: Path) -> list[str]:
    """What the file imports of services that it must not know."""
    own = file.parts[1] if file.parts[0] == "services" else None
    if file.parts[0] == "services" and own not in SERVICES:
        return []  # the local platform, the command line and the demo compose the services
    found = []
    for name in imports(file):
        parts = name.split(".")
        if parts[0] == "tests":
            found.append(name)
        if parts[0] != "services" or parts[1:2] == [own]:
            continue
        contract = own is not None and parts[1] in SERVICES and parts[2:3] == ["contract"]
        if not contract:
            found.append(name)
    return found


def test_there_is_code_to_check() -> None:
    assert {Path("shared/http.py"), Path("services/identity/main.py")} <= set(FILES)


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_module_imports_no_other_services_inside(file: Path) -> None:
    assert foreign(file) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_contract_stands_on_nothing_but_shared_messages(service: str) -> None:
    ours = {n for n in imports(Path("services", service, "contract.py")) if n.split(".")[0] in ("services", "shared")}
    assert ours == {"shared.messages.ContractEvent"}


def test_no_modules_import_each_other() -> None:
    """Wherever in a file, and for types alone too: what needs each other is one module, or holds a third."""
    modules = {".".join(f.with_suffix("").parts): f for f in FILES if f.name != "__init__.py"}
    named = {m: {n for name in imports(f) for n in (name, name.rpartition(".")[0])} for m, f in modules.items()}
    assert "services.rounds.deps" in named["services.rounds.rounds.api"]
    try:
        TopologicalSorter({m: (names & set(modules)) - {m} for m, names in named.items()}).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))
