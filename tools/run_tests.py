"""Runs every test in two processes at once, those in the browser beside all others: a browser waits half of its time.

`--again` runs, one after the other, what failed in the halves that the run before ended with a failure.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CACHE = Path(".pytest_cache")
HALVES = {"web": ["tests/web"], "others": ["tests", "--ignore=tests/web"]}


def pytest(half: str, *more: str) -> list[str]:
    """Each half remembers its failures in a folder of its own: the one that ends last would forget the other's."""
    return [sys.executable, "-m", "pytest", "-o", f"cache_dir={CACHE / half}", *HALVES[half], *more]


def code_of(half: str) -> Path:
    return CACHE / half / "exit-code"


def all_of_them() -> int:
    for half in HALVES:
        code_of(half).parent.mkdir(parents=True, exist_ok=True)
        code_of(half).write_text("not ended")
    said = CACHE / "web.log"
    sys.stdout.write("The browser tests run beside the others; what they say comes last.\n")
    sys.stdout.flush()
    with said.open("wb") as log:
        running = {
            "web": subprocess.Popen(pytest("web"), stdout=log, stderr=subprocess.STDOUT),
            "others": subprocess.Popen(pytest("others")),
        }
        try:
            codes = {half: process.wait() for half, process in sorted(running.items())}
        except KeyboardInterrupt:  # both were told by the terminal, and put their servers away
            for process in running.values():
                process.wait()
            return 130
    for half, code in codes.items():
        code_of(half).write_text(str(code))
    sys.stdout.write(f"\nThe browser tests:\n{said.read_text(errors='replace')}")
    return max(map(abs, codes.values()))


def what_failed() -> int:
    """A half that failed and names no test that did (it was killed, say) fails again."""
    failed = [half for half in HALVES if not code_of(half).exists() or code_of(half).read_text() != "0"]
    return max([subprocess.call(pytest(half, "--lf", "--lfnf=none")) for half in failed], key=abs, default=0)


if __name__ == "__main__":
    raise SystemExit(what_failed() if "--again" in sys.argv[1:] else all_of_them())
