"""A solver's own process: one job from standard input, progress and result to standard output.

    python -m services.scheduling.planning.worker

HiGHS and OR-Tools cannot be loaded in one process; a worker does one job and ends, so that each job loads one.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import msgspec

from services.scheduling.planning.messages import (
    OUT_OF_MEMORY,
    Done,
    Failed,
    Flows,
    Job,
    Progress,
    Stop,
    decode_in,
    encode,
)
from services.scheduling.planning.plan import Plan, gap_of
from shared.errors import RondoError
from shared.said import Said

KINDS = {
    "greedy": "services.scheduling.planning.solve.year:greedy_only",
    "year": "services.scheduling.planning.solve.year:solve",
    "improve": "services.scheduling.planning.solve.year:improve",
    "region": "services.scheduling.planning.solve.regional:region",
    "repair": "services.scheduling.planning.repair.mend:mend",
    "why": "services.scheduling.planning.explain.why:why",
    "visit_day": "services.scheduling.planning.visit_day.jobs:plan_day",
    "visit_day_repair": "services.scheduling.planning.visit_day.jobs:repair_day",
    "explain": "services.scheduling.planning.explain.why_not:explain",
    "scarce": "services.scheduling.planning.explain.scarce:scarce",
    "rows": "services.scheduling.planning.rows.search:job",
    "rival_highs": "services.scheduling.planning.rivals:by_highs",
    "rival_cpsat": "services.scheduling.planning.rivals:by_cpsat",
    "bound": "services.scheduling.planning.solve.year:bound",
}
"""Where each kind of job is done: `function(task: bytes, told: Told) -> document`."""
_MADE_BEFORE_A_LOOK = 100_000
"""Objects between two looks of the collector: a district's document alone makes more, and all of it is kept."""


class Told:
    """What a job sees of the outside: the time it has, whether it is asked to stop, and whom it tells."""

    def __init__(self, out: BinaryIO | None, seconds: float, memory_mb: int = 3000) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._halts: list[Callable[[], None]] = []
        self.started = time.monotonic()
        self.limit = seconds
        self.memory_mb = memory_mb
        self.best: Plan | None = None
        self.bound: float | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds left; 0 once asked to stop."""
        return 0.0 if self._stop.is_set() else max(0.0, self.limit - self.seconds)

    @property
    def stopping(self) -> bool:
        return self.left <= 0

    def stop(self) -> None:
        self._stop.set()
        for halt in tuple(self._halts):
            halt()

    @contextmanager
    def halting(self, halt: Callable[[], None]) -> Iterator[None]:
        """Calls `halt` as soon as the job is asked to stop within the block: a solver asks nobody while it searches."""
        self._halts.append(halt)
        try:
            yield
        finally:
            self._halts.remove(halt)

    def plan(self, plan: Plan, doing: str) -> None:
        """Keeps and tells the plan where it is better than the best so far."""
        if self.best is not None and _rank(plan) >= _rank(self.best):
            return
        self.best = plan
        self._tell(doing, plan)

    def raise_bound(self, bound: float, doing: str = "bound") -> None:
        if self.bound is None or bound > self.bound + 1e-9:
            self.bound = bound
            self._tell(doing, None)

    def doing(self, doing: str, detail: str | Said = "") -> None:
        """`detail`: a name as it is, or words."""
        self._tell(doing, None, detail)

    def flows(self, flows: Flows) -> None:
        self.say(Progress(seconds=round(self.seconds, 3), doing="bound", bound=self.bound, flows=flows))

    def _tell(self, doing: str, plan: Plan | None, detail: str | Said = "") -> None:
        best = self.best
        name, words = (detail.en, detail) if isinstance(detail, Said) else (detail, None)
        gap = None if best is None or self.bound is None else gap_of(best.cost, self.bound)
        self.say(
            Progress(
                seconds=round(self.seconds, 3),
                doing=doing,
                cost=best.cost if best else None,
                parts=best.parts if best else {},
                bound=self.bound,
                gap=gap,
                plan=plan,
                detail=name,
                say=words,
            )
        )

    def say(self, message: msgspec.Struct) -> None:
        if self._out is None:
            return
        with self._lock:
            self._out.write(encode(message) + b"\n")
            self._out.flush()


def _rank(plan: Plan) -> tuple[int, float]:
    return sum(r.day is None for r in plan.rounds), plan.cost


def _bound_memory(megabytes: int) -> None:
    """A last line behind the supervisor's watch: address space, which solvers reserve more of than they use."""
    if sys.platform == "linux":
        import resource

        limit = (megabytes * 2 + 6000) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def work_of(kind: str) -> Callable[[bytes, Told], Any]:
    """What does this kind of job. Raises KeyError for an unknown kind."""
    module, name = KINDS[kind].split(":")
    work: Callable[[bytes, Told], Any] = getattr(importlib.import_module(module), name)
    return work


def main() -> int:
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a solver prints must not mix with our lines
    if len(sys.argv) > 1:  # a spare one: supervise.Spare
        work_of("why"), work_of("repair")
    gc.freeze()  # what is loaded stays
    gc.set_threshold(_MADE_BEFORE_A_LOOK, 20, 50)
    first = sys.stdin.buffer.readline()
    job = decode_in(first)
    if not isinstance(job, Job):
        return 2
    _bound_memory(job.memory_mb)
    work = work_of(job.kind)
    told = Told(out, job.seconds, job.memory_mb)  # the clock starts here: a busy machine may take seconds to load us
    told.doing("started")

    def listen() -> None:
        for line in sys.stdin.buffer:
            if isinstance(decode_in(line), Stop):
                told.stop()

    threading.Thread(target=listen, daemon=True).start()
    try:
        result = work(bytes(job.task), told)
    except RondoError as error:
        told.say(Failed(error=error.type, words=error.detail))
        return 1
    except MemoryError:
        told.say(Failed(error="out-of-memory", words=f"{OUT_OF_MEMORY} memory than it may have."))
        return 1
    stopped = told.stopping
    told.say(Done(seconds=round(told.seconds, 3), result=msgspec.Raw(encode(result)), stopped=stopped))
    out.flush()
    os._exit(0)  # a solver's threads may still wind down; nothing is left to be said


if __name__ == "__main__":
    raise SystemExit(main())
