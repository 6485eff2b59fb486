"""Runs the worker in a process of its own, one at a time, beside the requests; answers are kept in memory alone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

import shared.embedded

log = structlog.get_logger(__name__)
LONGEST_SECONDS = 180.0
_CHILD = Path(shared.embedded.__file__).parent / "child.py"
_MOST_KEPT = 50


@dataclass(slots=True)
class Job:
    state: str = "working"  # working, done, failed
    method: str | None = None  # model, words
    statements: int = 0
    groups: list[dict[str, Any]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None


class Jobs:
    def __init__(self) -> None:
        self._jobs: OrderedDict[UUID, Job] = OrderedDict()
        self._turn = asyncio.Semaphore(1)

    def of(self, round_id: UUID) -> Job | None:
        return self._jobs.get(round_id)

    def start(self, round_id: UUID, statements: list[dict[str, str]]) -> Job:
        """Begins anew unless it is working."""
        held = self._jobs.get(round_id)
        if held is not None and held.state == "working":
            return held
        job = self._jobs[round_id] = Job(statements=len(statements))
        self._jobs.move_to_end(round_id)
        while len(self._jobs) > _MOST_KEPT:
            self._jobs.popitem(last=False)
        job.task = asyncio.create_task(self._run(job, statements), name="suggested groups")
        return job

    def forget(self, round_id: UUID) -> None:
        self._jobs.pop(round_id, None)

    async def _run(self, job: Job, statements: list[dict[str, str]]) -> None:
        try:
            async with self._turn:
                told = json.loads(await _grouped(statements))
            job.groups, job.method, job.state = told["groups"], told["method"], "done"
        except Exception as error:  # whatever it was: a job left "working" could never be asked for again
            log.warning("no groups were suggested", error=type(error).__name__)
            job.state = "failed"


async def _grouped(statements: list[dict[str, str]]) -> bytes:
    """What the worker says. It dies with this process, for it holds people's words. Raises RuntimeError and more."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), str(int(signal.SIGKILL)), "same", "--",
        sys.executable, "-m", "services.rounds.suggestions.worker",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            out, _ = await process.communicate(json.dumps(statements).encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise RuntimeError(f"the worker ended with {process.returncode}")
    return out
