"""Runs the whole suite as pytest sessions, three at once and the long ones first: browsers wait for pages and servers
for disks half their time, and what runs beside them fills it. Lines come as they are printed, each behind its session's
name.

    python tools/tests.py            everything, once
    python tools/tests.py --again    and each file in which a test failed once more, one session after the other: a
                                     defect fails again, a page that a crowded machine kept waiting does not. Whole
                                     files: a test may go on from where the one before it left a round

Exit code 1 where a session failed to the end. Each keeps its own memory of what failed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 3
_ENV = {"RONDO_TEST_PICTURES": "no"} | os.environ
SOME_FAILED = 1  # pytest's exit code; any other says that it could not run to its end


def _besides(folder: str, paths: list[str]) -> list[str]:
    """The tests of a folder without those at `paths`: what is new in it is run without being named here."""
    return [folder, *(f"--ignore={path}" for path in paths)]


_SERVICES = [f"tests/integration/{name}" for name in ("identity", "imports", "mail", "rounds", "scheduling")]
_SERVERS = ["tests/integration", "tests/faults"]
_TABLETS = sorted(  # each test starts browsers of its own, with disks
    str(path.relative_to(ROOT)) for kind in ("capture", "coaching") for path in ROOT.glob(f"tests/web/test_{kind}*.py")
)
SESSIONS = {
    "desk": _besides("tests/web", _TABLETS),
    "servers": [*_besides(_SERVERS[0], _SERVICES), *_SERVERS[1:]],
    "tablets": _TABLETS,
    "services": _SERVICES,
    "unit": ["tests/unit"],
    "other": _besides("tests", ["tests/web", "tests/unit", *_SERVERS]),
}


@dataclass
class Ended:
    code: int
    last: str  # line that it printed


def run(name: str, tests: list[str] | None = None) -> Ended:
    """One session, to its end; of some `tests` only."""
    began, last = time.monotonic(), ""
    command = [sys.executable, "-m", "pytest", *(tests or SESSIONS[name]), "-o", f"cache_dir=.pytest_cache/{name}"]
    with subprocess.Popen(
        command, cwd=ROOT, env=_ENV, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = line.rstrip("\n")
            say(name, last)
    say(name, f"ended after {(time.monotonic() - began) / 60:.1f} min")
    return Ended(process.returncode, last)


def files_that_failed(name: str) -> list[str]:
    """Of the session's last run; not what is there no more since an earlier one."""
    kept = ROOT / ".pytest_cache" / name / "v" / "cache" / "lastfailed"
    files = {test.partition("::")[0] for test in json.loads(kept.read_text())} if kept.exists() else set()
    return sorted(path for path in files if (ROOT / path).exists())


def say(name: str, line: str) -> None:
    sys.stdout.write(f"{name:8} | {line}\n")
    sys.stdout.flush()


def main() -> int:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = dict(zip(SESSIONS, pool.map(run, SESSIONS), strict=True))
    for name, first in ended.items():
        if first.code == SOME_FAILED and "--again" in sys.argv[1:]:
            failed = files_that_failed(name)
            say(name, f"Something failed in {', '.join(failed)}. It runs once more, by itself.")
            ended[name] = run(name, failed)
    for name, told in ended.items():
        say(name, "passed" if told.code == 0 else f"FAILED (pytest's exit code {told.code})")
        sys.stdout.write(f"{told.last}\n")
    return 1 if any(told.code for told in ended.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
