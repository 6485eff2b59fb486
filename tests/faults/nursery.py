"""Starts services fast: `python -m tests.faults.nursery` has all of them imported, and forks one for each line on its
input, `{"service", "port", "env", "log"}`; it prints the child's process id. At the end of its input it kills them all.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

import psutil

from services.cli import main as command_line
from services.compose import SERVICES


def _serve(asked: dict[str, Any]) -> None:
    """In the child: `rondo serve NAME`, as in a process of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.environ.update(asked["env"])
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, ours in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, ours)
    sys.argv = ["rondo", "serve", asked["service"], "--port", str(asked["port"])]
    command_line()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries them
    for module in ("services.cli.platform", "services.single", *(f"services.{name}.main" for name in SERVICES)):
        import_module(module)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _serve(json.loads(line))
            except SystemExit as ended:
                os._exit(ended.code if isinstance(ended.code, int) else 1)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for left in psutil.Process().children():  # and no number of a dead one, which may be another's by now
        left.kill()


if __name__ == "__main__":
    main()
