"""What the code says of its errors, read from the source: the types of problem+json and the codes of refusals.

`python -m tests.contract.error_words` writes the table of codes in docs/errors.md anew.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from services.rounds.protocols.library import shipped
from services.rounds.protocols.model import Condition

_REFUSING = ("Refused", "Blocked", "_blocked")
ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "errors.md"
BEGIN, END = "<!-- codes: begin -->", "<!-- codes: end -->"


@cache
def trees() -> list[tuple[str, ast.AST]]:
    """Every file of the code, parsed once."""
    files = (file for folder in ("shared", "services") for file in sorted((ROOT / folder).rglob("*.py")))
    return [(str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))) for file in files]


def types() -> dict[str, int]:
    """type -> HTTP status, of every error class."""
    found: dict[str, int] = {}
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                said = {name: value for line in node.body for name, value in _assigned(line)}
                if {"type", "title"} <= said.keys():
                    found[str(said["type"])] = int(str(said.get("status", 500)))
    return found


def _assigned(line: ast.stmt) -> Iterator[tuple[str, object]]:
    target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
    value = getattr(line, "value", None)
    if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
        yield target.id, value.value


def codes() -> dict[str, tuple[str, set[str]]]:
    """code -> (its sentence, the services that use it), of every `Refused("code", "sentence")`."""
    found: dict[str, tuple[str, set[str]]] = {}
    for file, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and _name(node.func) in _REFUSING and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                sentence = _sentence(node.args[1]) if len(node.args) > 1 else ""
                _, users = found.setdefault(first.value, (sentence, set()))
                users.add(file.split("/")[1] if file.startswith("services/") else "shared")
    for condition in _conditions():
        if condition.code:
            found.setdefault(condition.code, (condition.say.en, {"rounds"}))
    return found


def _conditions() -> Iterator[Condition]:
    """What protocol documents refuse under a code of their own."""
    for protocol in shipped().values():
        for stage in protocol.stages:
            yield from (*stage.enter_when, *stage.leave_when)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _sentence(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and node.args:
        first = _sentence(node.args[0])
        return _of_catalogue(first) if _name(node.func) == "say" and first != "…" else first
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "…" for p in node.values)
    return "…"


def _of_catalogue(key: str) -> str:
    area, _, name = key.partition(".")
    texts = json.loads((ROOT / "shared" / "catalogue" / f"{area}.json").read_text("utf-8"))
    text: str = (texts.get(name) or texts[f"{name}_other"])["en"]
    return re.sub(r"\{\w+\}", "…", text)


def table() -> str:
    lines = ["| code | service | what it says |", "|---|---|---|"]
    for code, (sentence, users) in sorted(codes().items()):
        lines.append(f"| `{code}` | {', '.join(sorted(users))} | {sentence.replace('|', '/')} |")
    return "\n".join(lines)


def main() -> int:
    before, rest = DOCUMENT.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
