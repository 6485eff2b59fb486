"""`python -m tests.contract.protocol_words` writes the reference in docs/protocols.md anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from services.rounds.protocols.read import schema

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "protocols.md"
BEGIN, END = "<!-- reference: begin -->", "<!-- reference: end -->"
ORDER = tuple(
    "Protocol People PersonRole NamedTraining Stage Condition Question Artefact ArtefactField PlainField Option "
    "Cadence Policies Bilingual".split()
)


def reference() -> str:
    whole = schema()
    parts = {"Protocol": whole, **whole["$defs"]}
    assert set(parts) == set(ORDER), "a new part of documents has its place in the reference"
    return "\n\n".join(_table(name, parts[name]) for name in ORDER)


def _table(name: str, part: dict[str, Any]) -> str:
    lines = [
        f"### {name}",
        "",
        part.get("description", "").split("\n")[0],
        "",
        "| word | takes | what it says |",
        "|---|---|---|",
    ]
    needed = set(part.get("required", ()))
    for word, held in part["properties"].items():
        says = held.get("description", "")
        default = "" if word in needed else f" (default: {_default(held.get('default'))})"
        lines.append(f"| `{word}` | {_takes(held)} | {says}{default} |")
    return "\n".join(lines)


def _takes(held: dict[str, Any]) -> str:
    if "$ref" in held:
        return f"[{held['$ref'].rsplit('/', 1)[-1]}](#{held['$ref'].rsplit('/', 1)[-1].lower()})"
    if "anyOf" in held:
        return " or ".join(_takes(h) for h in held["anyOf"] if h.get("type") != "null")
    if "enum" in held:
        return ", ".join(f"`{v}`" for v in held["enum"])
    if "const" in held:
        return f"`{held['const']}`"
    if held.get("type") == "array":
        return f"list of {_takes(held['items'])}"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return names[held["type"]]


def _default(value: Any) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def main() -> int:
    before, rest = DOCUMENT.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{reference()}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
