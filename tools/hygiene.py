"""Checks every committed text file for what does not belong in one; prints each finding as file:line.

Run by `make lint`. Exit code 1 with findings.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400  # lines of a Python file; 300 is the aim
LARGEST = 1_000_000  # bytes
THIS = "tools/hygiene.py"

ANYWHERE = {
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg": "names a package registry",
    r"(?<![\w.])/(work|root)/\w+": "names a folder of one machine",
    r"(?i)\bgenerated (by|with) (an? )?(ai|llm|copilot)\b|co-authored-by": "names a tool that wrote it",
    r"\b(TODO|FIXME|XXX|HACK)\b": "leaves work behind: put it in the tracker",
    r"^(<{7}|>{7}) ": "holds a merge conflict",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----": "holds a private key",
}
PYTHON = {
    r"#\s*noqa(?!:)": "silences every rule: name the one",
    r"#\s*type:\s*ignore(?!\[)": "silences every type error: name the code",
    r"except (Base)?Exception:\s*pass|except:\s*$": "swallows errors",
    r"\bbreakpoint\(\)|\bpdb\.set_trace": "holds a debugger",
}
TESTS = {
    r"\b(time|asyncio|anyio)\.sleep\((?!0\))": "sleeps: wait for a condition",
    r"@pytest\.mark\.(skip|xfail)\b(?!if)": "switches a test off",
    r"\b(mock\.patch|MagicMock|unittest\.mock)\b": "mocks",
}
# Locks and generated documents are long lists of other people's words.
UNREAD = re.compile(r"(^requirements/|package-lock\.json$|\.openapi\.json$|/contexts?/)")


def committed() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            yield path


def findings(path: Path) -> Iterator[tuple[int, str]]:
    name = path.relative_to(ROOT).as_posix()
    if path.stat().st_size > LARGEST:
        yield 1, f"is larger than {LARGEST:,} bytes"
        return
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return
    rules = dict(ANYWHERE)
    if UNREAD.search(name):
        rules = {pattern: rules[pattern] for pattern in list(rules)[:2]}
    elif path.suffix == ".py":
        rules |= PYTHON
        if path.name.startswith("test_"):
            rules |= TESTS
        if len(lines) > LONGEST:
            yield len(lines), f"is longer than {LONGEST} lines"
    compiled = [(re.compile(pattern), word) for pattern, word in rules.items()]
    for number, line in enumerate(lines, 1):
        for pattern, word in compiled:
            if pattern.search(line):
                yield number, word


def main() -> int:
    found = 0
    for path in committed():
        name = path.relative_to(ROOT).as_posix()
        if name == THIS:
            continue
        for number, word in findings(path):
            found += 1
            sys.stdout.write(f"{name}:{number}: {word}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
