"""A job given by a solver to a process beside it: the second processor works too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

import shared.embedded
from services.scheduling.planning.messages import Done, Job, Progress, Stop, decode_out, encode
from services.scheduling.planning.worker import Told

_CHILD = Path(shared.embedded.__file__).parent / "child.py"


class Helper:
    """`hears` is called from a thread of its own with whatever the process tells."""

    def __init__(
        self, kind: str, task: bytes, told: Told, *, seconds: float, hears: Callable[[Progress], None] | None = None
    ) -> None:
        self.result: bytes | None = None
        self._hears = hears
        self._process = subprocess.Popen(
            [
                sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), str(int(signal.SIGKILL)), "same", "--",
                sys.executable, "-m", "services.scheduling.planning.worker",
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdin is not None
        job = Job(kind=kind, task=msgspec.Raw(task), seconds=seconds, memory_mb=told.memory_mb)
        self._process.stdin.write(encode(job) + b"\n")
        self._process.stdin.flush()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = decode_out(line)
            if isinstance(message, Done):
                self.result = bytes(message.result)
            elif isinstance(message, Progress) and self._hears is not None:
                self._hears(message)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def pause(self, seconds: float = 0.05) -> None:
        """Waits a little for its end."""
        self._thread.join(seconds)

    def wait(self, told: Told, *, seconds: float = 1e9) -> bytes | None:
        """The result, once there; asked to end when `told` has no time left."""
        until = told.seconds + seconds
        while self._thread.is_alive() and told.left > 0 and told.seconds < until:
            self._thread.join(0.05)
        self.end()
        return self.result

    def end(self, grace: float = 1.0) -> None:
        if self._thread.is_alive():
            assert self._process.stdin is not None
            try:
                self._process.stdin.write(encode(Stop()) + b"\n")
                self._process.stdin.flush()
            except BrokenPipeError:
                pass
            self._thread.join(grace)
        self._process.kill()
        self._process.wait()
        self._thread.join(1.0)
