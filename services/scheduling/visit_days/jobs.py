"""The jobs that lay visit days out: claimed by lease, each in a worker process of its own, taken up again by whoever
looks next when a process dies. They are short: a job that is taken up begins anew, with the answer by hand behind it.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any  # JSON of the progress
from uuid import UUID, uuid5

import msgspec
import structlog
from asyncpg import Record

from services.scheduling.deps import Deps
from services.scheduling.leased_jobs import LEASE_SECONDS, LeasedJobs
from services.scheduling.planning.supervise import Running, running
from services.scheduling.planning.visit_day.check import DayViolation, check_day
from services.scheduling.planning.visit_day.tasks import DayPlan, DayRepair, VisitDay, to_json
from services.scheduling.visit_days.commands import ConcludeDay, DayCommand
from services.scheduling.visit_days.conclude import concluded, given_up, impossible
from services.scheduling.visit_days.decide import DayProposal, State, day_proposal, stream
from services.scheduling.visit_days.events import VisitDayImpossible, VisitDayProposed
from services.scheduling.visit_days.facts import day_facts
from services.scheduling.visit_days.tasks import DayTask
from shared.command_handler import CommandHandler
from shared.database import CONNECTION_LOST
from shared.errors import NotFound, Refused
from shared.messages import CommandContext
from shared.said import Said, say, together
from shared.tasks import end

log = structlog.get_logger(__name__)
BEAT_SECONDS = 0.5
MEMORY_MB = 1200
ATTEMPTS = 3

_CLAIM = """
update visit_day_jobs set status = 'running', attempts = attempts + 1,
       leased_until = clock_timestamp() + make_interval(secs => $1)
where proposal_id = (
    select proposal_id from visit_day_jobs where status <> 'done' and leased_until < clock_timestamp()
    order by asked_at limit 1 for update skip locked
)
returning proposal_id, district_id, round_id, actor_id, task, seconds, attempts
"""
_BEAT = """
update visit_day_jobs set leased_until = clock_timestamp() + make_interval(secs => $2), progress = $3::jsonb
where proposal_id = $1 and status = 'running' returning stop_asked
"""
_DONE = "update visit_day_jobs set status = 'done', progress = $2::jsonb where proposal_id = $1"
_RELEASE = """
update visit_day_jobs set leased_until = '-infinity', attempts = attempts - $2
where proposal_id = $1 and status = 'running'
"""


@dataclass
class Job:
    proposal_id: UUID
    round_id: UUID
    context: CommandContext
    packed: bytes
    """the DayTask; read when it runs, so that one which cannot be read ends like any that fails"""
    limit: float
    attempt: int
    began: float = field(default_factory=time.monotonic)
    progress: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.began, 1)


class DayJobs(LeasedJobs):
    """`start` begins to look for jobs, `stop` hands a running one over to whoever looks next."""

    what, look_seconds = "visit days", 5.0
    claim, release = _CLAIM, _RELEASE

    def __init__(self, deps: Deps) -> None:
        super().__init__(deps.db, at_once=1)
        self._deps = deps
        self._handler: CommandHandler[DayCommand, State] = CommandHandler(deps.store, day_proposal)

    async def work_on(self, row: Record) -> None:
        job = Job(
            row["proposal_id"],
            row["round_id"],
            CommandContext(row["district_id"], row["actor_id"]),
            row["task"],
            row["seconds"],
            row["attempts"],
        )
        try:
            state, _ = await self._handler.load(stream(job.proposal_id), job.context)
            assert state is not None, "a job is made with its request"
            await self._end(job, await self._outcome(job, state))
        except asyncio.CancelledError:
            await asyncio.shield(self._release(job.proposal_id, back=1))  # no fault of the job's
            raise
        except CONNECTION_LOST as error:
            log.warning("a visit day goes on when the database is back", error=repr(error))
        except Exception:
            log.exception("a visit day failed", proposal_id=str(job.proposal_id), attempt=job.attempt)
            if job.attempt < ATTEMPTS:
                return await self._release(job.proposal_id)
            state, _ = await self._handler.load(stream(job.proposal_id), job.context)
            assert state is not None
            await self._end(job, given_up(state, say("dayplans.ended_badly"), job.seconds))

    async def _outcome(self, job: Job, held: DayProposal) -> VisitDayProposed | VisitDayImpossible:
        try:
            facts = await day_facts(self._deps, job.round_id, job.context)
        except (NotFound, Refused) as error:
            if error.say is None:
                raise
            return impossible([error.say], job.seconds)
        task = msgspec.json.decode(zlib.decompress(job.packed), type=DayTask)
        told = await self._solve(job, task, job.limit)
        if task.repair is not None:
            if told is None or isinstance(told, list):
                return impossible(told or [say("dayplans.not_repaired")], job.seconds)
            repair = msgspec.json.decode(told, type=DayRepair)
            _checked(check_day(task.day, repair.plan, begun=True))
            return concluded(facts, held, task, repair.plan, job.seconds, changes=repair.changes)
        notes: list[Said] = []
        if isinstance(told, list):  # not every room can be visited: as many as there is time for
            notes = told
            eased = msgspec.structs.replace(task, day=_eased(task.day))
            told = await self._solve(job, eased, job.limit)
        if told is None or isinstance(told, list):
            words = [*notes, *(told or []), say("dayplans.by_hand")]
            return given_up(held, together(words), job.seconds)
        plan = msgspec.json.decode(told, type=DayPlan)
        day = task.day if not notes else _eased(task.day)
        _checked(check_day(day, plan))
        return concluded(facts, held, task, plan, job.seconds, notes=tuple(notes))

    async def _solve(self, job: Job, task: DayTask, seconds: float) -> bytes | list[Said] | None:
        """The result as JSON; sentences where there is no such day; None where nothing was found in time."""
        document = to_json(task.repair or task.day)
        async with running(task.kind, document, seconds=seconds, memory_mb=MEMORY_MB) as worker:
            beat = asyncio.create_task(self._beats(job, worker), name=f"beat of visit day {job.proposal_id}")
            try:
                async for told in worker.progress():
                    job.progress |= {"doing": told.doing, "cost": told.cost, "bound": told.bound, "gap": told.gap}
            finally:
                await end(beat)
        outcome = worker.outcome
        if outcome.ended == "crashed" and job.attempt < ATTEMPTS:
            raise RuntimeError(outcome.words)
        if outcome.result is None:
            return None
        raw = msgspec.json.decode(outcome.result)
        if raw.get("type") == "no_plan":
            return msgspec.convert(raw["sentences"], type=list[Said])
        return outcome.result

    async def _beats(self, job: Job, worker: Running) -> None:
        stopping = False
        while True:
            try:
                async with self._deps.db.system() as conn:
                    told = json.dumps(job.progress | {"seconds": job.seconds})
                    row = await conn.fetchrow(_BEAT, job.proposal_id, LEASE_SECONDS, told)
                if (row is None or row["stop_asked"]) and not stopping:
                    stopping = True
                    await worker.stop()
            except CONNECTION_LOST as error:
                log.info("a visit day is written down when the database is back", error=repr(error))
            await asyncio.sleep(BEAT_SECONDS)

    async def _end(self, job: Job, outcome: VisitDayProposed | VisitDayImpossible) -> None:
        context = CommandContext(
            job.context.district_id, job.context.actor_id, command_id=uuid5(job.proposal_id, "concluded")
        )
        await self._handler.handle(stream(job.proposal_id), ConcludeDay(outcome), context)
        async with self._deps.db.system() as conn:
            await conn.execute(_DONE, job.proposal_id, json.dumps(job.progress | {"seconds": job.seconds}))


def _eased(day: VisitDay) -> VisitDay:
    return replace(day, rooms=tuple(replace(r, least=0) for r in day.rooms))


def _checked(violations: Sequence[DayViolation]) -> None:
    """A plan that the checker refuses is never proposed."""
    if violations:
        raise RuntimeError("the checker refuses: " + " ".join(v.sentence for v in violations))
