"""Runs the whole suite as three pytest sessions at once, alike in work: browsers wait for pages and servers for
disks half their time, and what runs beside them fills it. Lines come as they are printed, each behind its session's
name.

    python tools/tests.py            everything, once
    python tools/tests.py --again    and what failed once more, one session after the other: a defect fails again,
                                     a page that a crowded machine kept waiting does not

Exit code 1 where a session failed to the end. Each keeps its own memory of what failed.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
_APART = {"web": ["tests/web"], "servers": ["tests/integration", "tests/faults"]}
SESSIONS = _APART | {"other": ["tests", *(f"--ignore={path}" for paths in _APART.values() for path in paths)]}
SOME_FAILED = 1  # pytest's exit code; any other says that it could not run to its end


class Session:
    def __init__(self, name: str, *options: str) -> None:
        self.name, self.last = name, ""
        command = [sys.executable, "-m", "pytest", *SESSIONS[name], "-o", f"cache_dir=.pytest_cache/{name}", *options]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        assert self._process.stdout is not None
        self._shown = threading.Thread(target=self._show, args=(self._process.stdout,))
        self._shown.start()

    def _show(self, lines: IO[str]) -> None:
        for line in lines:
            self.last = line.rstrip("\n")
            say(self.name, self.last)

    def end(self) -> int:
        """Waits for it; its exit code."""
        code = self._process.wait()
        self._shown.join()
        return code


def say(name: str, line: str) -> None:
    sys.stdout.write(f"{name:7} | {line}\n")
    sys.stdout.flush()


def main() -> int:
    sessions = [Session(name) for name in SESSIONS]
    codes = {session.name: session.end() for session in sessions}
    for name, code in codes.items():
        if code == SOME_FAILED and "--again" in sys.argv[1:]:
            say(name, "Something failed. What failed runs once more, by itself.")
            codes[name] = Session(name, "--last-failed").end()
    for session in sessions:
        code = codes[session.name]
        say(session.name, "passed" if code == 0 else f"FAILED (pytest's exit code {code})")
        sys.stdout.write(f"{session.last}\n")
    return 1 if any(codes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
