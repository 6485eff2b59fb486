"""Starts a worker, hears its progress, stops it gently, kills it hard.

async with running("year", to_json(instance), seconds=60) as job:
    async for progress in job.progress():
        ...                        # job.stop() keeps the best plan
outcome = job.outcome             # there however it ended; never raises for a worker's death
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import psutil

import shared.embedded
from services.scheduling.planning.messages import (
    CRASHED,
    OUT_OF_MEMORY,
    OUT_OF_TIME,
    Done,
    Ended,
    Failed,
    Job,
    Outcome,
    Progress,
    Stop,
    decode_out,
    encode,
)
from services.scheduling.planning.plan import Plan

_CHILD = Path(shared.embedded.__file__).parent / "child.py"
_LONGEST_LINE = 2**28  # bytes; a city's plan has some megabytes
GRACE = 5.0
"""Seconds past its time that a worker may take to hand over its result, before it is killed."""
START = 60.0
"""Seconds that a process may take to load on a busy machine; its time counts from then on."""
_READY = "ready"
"""Asks a worker to load what questions and repairs need before its job comes."""
_WATCH = 0.2  # seconds between looks at its memory


class Running:
    """One job in its worker process."""

    def __init__(self, process: asyncio.subprocess.Process, seconds: float, memory_mb: int, grace: float) -> None:
        self._process = process
        self._limit, self._grace, self._memory_mb = seconds, grace, memory_mb
        self._started = time.monotonic()
        self._ready: float | None = None
        self._killed: Ended | None = None
        self._stopped = False
        self._patience: float | None = None
        self._best: Plan | None = None
        self._bound: float | None = None
        self._end: Done | Failed | None = None
        self._count = 0
        self.peak_mb = 0
        self._outcome: Outcome | None = None
        self._errors = bytearray()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def outcome(self) -> Outcome:
        """How it ended. RuntimeError while it runs."""
        if self._outcome is None:
            raise RuntimeError("the job still runs")
        return self._outcome

    async def stop(self, grace: float | None = None) -> None:
        """Asks it to end with the best it has; progress() goes on until it has. `grace`: seconds after which one that
        has told a plan is killed, whose best is kept."""
        self._stopped, self._patience = True, grace
        self._limit = min(self._limit, time.monotonic() - (self._ready or self._started))
        if (stdin := self._process.stdin) is not None and not stdin.is_closing():
            with contextlib.suppress(ConnectionError):
                stdin.write(encode(Stop()) + b"\n")
                await stdin.drain()

    def kill(self, why: Ended = "stopped") -> None:
        if self._process.returncode is None and self._end is None:
            self._killed = self._killed or why
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def progress(self) -> AsyncIterator[Progress]:
        """What it tells, until it ends; then `outcome` is there."""
        assert self._process.stdout is not None
        watch = asyncio.create_task(self._watch())
        errors = asyncio.create_task(self._hear_errors())
        try:
            while line := await self._process.stdout.readline():
                message = decode_out(line)
                self._ready = self._ready or time.monotonic()
                if isinstance(message, Progress):
                    self._count += 1
                    self._best = message.plan or self._best
                    self._bound = message.bound if message.bound is not None else self._bound
                    yield message
                else:
                    self._end = message
        finally:
            watch.cancel()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), 1.0)
            self.kill()
            await self._process.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(errors, 1.0)
            self._outcome = self._told()

    async def result(self) -> Outcome:
        """Waits for the end."""
        async for _ in self.progress():
            pass
        return self.outcome

    async def _hear_errors(self) -> None:
        assert self._process.stderr is not None
        while part := await self._process.stderr.read(4096):
            self._errors = (self._errors + part)[-4000:]

    async def _watch(self) -> None:
        while self._process.returncode is None:
            allowed = START if self._ready is None else self._limit
            patient = self._patience is None or self._best is None
            grace = self._grace if patient else min(self._grace, self._patience or 0.0)
            if time.monotonic() - (self._ready or self._started) > allowed + grace:
                return self.kill("stopped" if self._stopped else "out_of_time")
            used = _memory_mb(self.pid)
            self.peak_mb = max(self.peak_mb, used)
            if used > self._memory_mb:
                return self.kill("out_of_memory")
            await asyncio.sleep(_WATCH)

    def _told(self) -> Outcome:
        seconds = round(time.monotonic() - self._started, 3)

        def outcome(ended: Ended, words: str = "", result: bytes | None = None) -> Outcome:
            return Outcome(
                ended=ended, seconds=seconds, plan=self._best, bound=self._bound, result=result, words=words,
                peak_mb=self.peak_mb, progress=self._count,
            )  # fmt: skip

        if isinstance(self._end, Done):
            return outcome("stopped" if self._end.stopped else "finished", result=bytes(self._end.result))
        if isinstance(self._end, Failed):
            memory = self._end.error == "out-of-memory"
            return outcome("out_of_memory" if memory else "refused", self._end.words)
        if self._killed == "out_of_memory":
            return outcome(
                "out_of_memory", f"{OUT_OF_MEMORY} than {self._memory_mb} MB and was ended; its best is kept."
            )
        if self._killed == "out_of_time":
            return outcome("out_of_time", OUT_OF_TIME)
        if self._stopped:
            return outcome("stopped")
        last = self._errors.decode(errors="replace").strip().splitlines()[-1:]
        code = self._process.returncode
        return outcome("crashed", f"{CRASHED} ({last[0] if last else f'exit code {code}'}).")


def _memory_mb(pid: int) -> int:
    """Resident memory of a process and its children."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += one.memory_info().rss
    return total // (1024 * 1024)


class Spare:
    """A worker that has loaded what questions and repairs need and waits for its job, so that nobody waits for it.

    Made by `warm`, when somebody looks at plans; ended when nobody has for a while. `idle_seconds` 0: never made.
    """

    def __init__(self, *, idle_seconds: float = 300.0) -> None:
        self._idle = idle_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._making: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def warm(self) -> None:
        """Sees to it that one is there soon."""
        if not self._idle:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle, self._end)
        if self._making is None and (self._process is None or self._process.returncode is not None):
            self._making = asyncio.create_task(self._make(), name="a spare planning worker")

    async def _make(self) -> None:
        try:
            self._process = await _spawn(_READY)
        finally:
            self._making = None

    def take(self) -> asyncio.subprocess.Process | None:
        """The one that waits, no longer ours; None where there is none."""
        process, self._process = self._process, None
        return process if process is not None and process.returncode is None else None

    def _end(self) -> None:
        if (process := self.take()) is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._making is not None:
            await self._making
        process = self._process
        self._end()
        if process is not None:
            await process.wait()


async def _spawn(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), str(int(signal.SIGKILL)), "same", "--",
        sys.executable, "-m", "services.scheduling.planning.worker", *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE, start_new_session=True,
        env={**os.environ, "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip


@asynccontextmanager
async def running(
    kind: str,
    task: bytes,
    *,
    seconds: float,
    memory_mb: int = 3000,
    grace: float = GRACE,
    spare: Spare | None = None,
) -> AsyncIterator[Running]:
    """A worker at work on `task`. Whoever leaves the block early ends it, hard."""
    process = (spare.take() if spare else None) or await _spawn()
    job = Running(process, seconds, memory_mb, grace)
    assert process.stdin is not None
    try:
        with contextlib.suppress(ConnectionError):
            message = Job(kind=kind, task=msgspec.Raw(task), seconds=seconds, memory_mb=memory_mb)
            process.stdin.write(encode(message) + b"\n")
            await process.stdin.drain()
        yield job
    finally:
        job.kill()
        await process.wait()


async def run(
    kind: str,
    task: bytes,
    *,
    seconds: float,
    memory_mb: int = 3000,
    grace: float = GRACE,
    spare: Spare | None = None,
) -> Outcome:
    """Runs a job to its end."""
    async with running(kind, task, seconds=seconds, memory_mb=memory_mb, grace=grace, spare=spare) as job:
        return await job.result()
