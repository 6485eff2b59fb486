"""Runs the worker in a process of its own, one at a time, beside the requests; answers are kept in memory alone."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

log = structlog.get_logger(__name__)
LONGEST_SECONDS = 180.0
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
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "services.rounds.suggestions.worker",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    out, _ = await process.communicate(json.dumps(statements).encode())
                if process.returncode != 0:
                    raise RuntimeError(f"the worker ended with {process.returncode}")
                told = json.loads(out)
                job.groups, job.method, job.state = told["groups"], told["method"], "done"
            except (TimeoutError, RuntimeError, ValueError) as error:
                log.warning("no groups were suggested", error=repr(error))
                job.state = "failed"
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
