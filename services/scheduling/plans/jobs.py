"""The jobs that make plans: claimed by lease, run in worker processes, gone on with after a crash or a restart.

What a job needs and the best plan so far stand in the table `plan_jobs`. A process that dies leaves a lease that runs
out; whoever claims the job next starts from the best plan kept, with the time that is left.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any  # JSON of the progress
from uuid import UUID, uuid5

import msgspec
import structlog
from asyncpg import Record

from services.scheduling.leased_jobs import LEASE_SECONDS, LeasedJobs
from services.scheduling.planning import document
from services.scheduling.planning import plan as plans
from services.scheduling.planning.instance import STANDS, Instance
from services.scheduling.planning.messages import Outcome, Progress
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.planning.repair.tasks import Repair, repair_task
from services.scheduling.planning.start import improve_task
from services.scheduling.planning.supervise import Running, Spare, running
from services.scheduling.plans.commands import Conclude, Improve, ProposalCommand
from services.scheduling.plans.decide import State, proposal, proposal_stream
from services.scheduling.plans.events import PlanFailed, PlanInfeasible, PlanProposed
from services.scheduling.plans.notes import BEST_OF_BAD_ENDS, ENDED_BADLY, UNREADABLE
from services.scheduling.plans.outcome import Explanation, concluded, cost_of, impossible
from services.scheduling.plans.table import ProposalTable
from services.scheduling.plans.today import calendar_version
from shared.command_handler import CommandHandler
from shared.database import CONNECTION_LOST, Database
from shared.errors import RondoError
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext
from shared.tables import with_tables
from shared.tasks import end

log = structlog.get_logger(__name__)
BEAT_SECONDS = 0.5
LOOK_SECONDS = 2.0
GRACE_SECONDS = 20
"""A worker hands over its best this long after its time, also where the machine is busy; then it is killed."""
STOP_SECONDS = 3
"""The same where somebody stops it by hand and a plan is there: they wait for it."""
EXPLAIN_SECONDS = 30
ATTEMPTS = 4
"""A job whose worker dies this often is ended with the best plan that it found."""

_CLAIM = """
update plan_jobs set status = 'running', attempts = attempts + 1,
       leased_until = clock_timestamp() + make_interval(secs => $1), changed_at = clock_timestamp()
where proposal_id = (
    select proposal_id from plan_jobs where status <> 'done' and leased_until < clock_timestamp()
    order by leased_until, changed_at limit 1 for update skip locked
)
returning proposal_id, district_id, actor_id, instance, best, seconds, attempts, stop_asked
"""
_BEAT = """
update plan_jobs set leased_until = clock_timestamp() + make_interval(secs => $2), seconds = $3,
       progress = progress || $4::jsonb, best = coalesce($5, best), changed_at = clock_timestamp()
where proposal_id = $1 and status = 'running' returning stop_asked
"""
_DONE = """
update plan_jobs set status = 'done', seconds = $2, progress = progress || $3::jsonb, best = null,
       changed_at = clock_timestamp()
where proposal_id = $1
"""
_RELEASE = """
update plan_jobs set leased_until = '-infinity', attempts = attempts - $2 where proposal_id = $1 and status = 'running'
"""


@dataclass
class Job:
    """One claimed job; `best` is the best plan so far, `worked` the seconds of earlier attempts."""

    proposal_id: UUID
    context: CommandContext
    instance: Instance
    raw: bytes
    best: Plan | None
    worked: float
    attempt: int
    stop_asked: bool
    repaired: Repair | None = None
    stopping: bool = False
    repair: bool = False
    progress: dict[str, Any] | None = None
    began: float = 0.0
    stale: bool = False

    @property
    def seconds(self) -> float:
        return self.worked + (time.monotonic() - self.began)

    @property
    def left(self) -> float:
        return self.instance.search.seconds - self.seconds


class WorkerDied(Exception):
    """The worker ended without a word of its own; the job is tried again from the best plan kept."""


class Jobs(LeasedJobs):
    """`start` begins to look for jobs, `stop` hands the running ones over to whoever looks next."""

    what, look_seconds = "plans", LOOK_SECONDS
    claim, release = _CLAIM, _RELEASE

    def __init__(self, db: Database, store: PostgresEventStore, *, at_once: int, spare: Spare | None = None) -> None:
        super().__init__(db, at_once=at_once)
        self._store, self._spare = store, spare

    async def work_on(self, row: Record) -> None:
        try:
            job = await asyncio.to_thread(_read, row)
        except (zlib.error, RondoError, msgspec.MsgspecError) as error:
            log.warning("a planning job cannot be read; it ends", proposal_id=str(row["proposal_id"]), why=repr(error))
            await self._unreadable(row)
        else:
            await self._run(job)

    async def _unreadable(self, row: Record) -> None:
        """No further try would mend it: the proposal says so, and the job is done with."""
        try:
            proposal_id, context = row["proposal_id"], CommandContext(row["district_id"], row["actor_id"])
            await self._close(proposal_id, context, PlanFailed(reason=UNREADABLE, code="unreadable"))
            async with self._db.system() as conn:
                await conn.execute(_DONE, proposal_id, row["seconds"], "{}")
        except CONNECTION_LOST as error:
            log.info("an unreadable planning job ends when the database is back", error=repr(error))

    async def _run(self, job: Job) -> None:
        try:
            await self._work(job)
        except asyncio.CancelledError:
            await asyncio.shield(self._release(job.proposal_id, back=1))  # no fault of the job's
            raise
        except CONNECTION_LOST as error:
            log.warning("a planning job goes on when the database is back", error=repr(error))
        except WorkerDied as error:
            log.warning("a planning worker died; the job goes on from its best plan", words=str(error))
            await self._release(job.proposal_id)
        except Exception:
            log.exception("a planning job failed", proposal_id=str(job.proposal_id), attempt=job.attempt)
            if job.attempt >= ATTEMPTS:
                await self._give_up(job)

    async def _give_up(self, job: Job) -> None:
        """Ends it with its best plan; where even that goes wrong, without."""
        words = ENDED_BADLY
        try:
            await self._conclude(job, words)
        except CONNECTION_LOST as error:
            log.info("a planning job ends when the database is back", error=repr(error))
        except Exception:
            log.exception("a planning job could not be ended with its plan", proposal_id=str(job.proposal_id))
            job.best = job.repaired = None
            await self._conclude(job, words)

    async def _work(self, job: Job) -> None:
        handler = self.handler(job.proposal_id, job.context)
        asked = await self._request(handler, job)
        job.progress = {"attempt": job.attempt}
        words: str | None = None
        if job.attempt > ATTEMPTS:
            words = BEST_OF_BAD_ENDS
        elif not job.stop_asked and job.left > 0:
            outcome = await self._call(job, handler, asked, *_task(job), max(1.0, job.left))
            words = self._judge(job, outcome)
            if not job.repair and not job.stop_asked and _wanting(job.best):
                job.progress["doing"] = "explain"
                await self._beat(job)
                for kind, task in _questions(job):
                    why = await self._call(job, handler, asked, kind, task, EXPLAIN_SECONDS)
                    told = msgspec.json.decode(why.result, type=Explanation) if why.result else None
                    if told is not None and not told.possible:
                        await self._end(job, impossible(told, job.seconds))
                        return
        await self._conclude(job, words)

    async def _call(
        self,
        job: Job,
        handler: CommandHandler[ProposalCommand, State],
        asked: int,
        kind: str,
        task: bytes,
        seconds: float,
    ) -> Outcome:
        memory = job.instance.search.memory_mb
        spare = self._spare if kind == "repair" else None
        async with running(kind, task, seconds=seconds, memory_mb=memory, grace=GRACE_SECONDS, spare=spare) as worker:
            await self._hear(job, handler, worker, asked)
        return worker.outcome

    async def _hear(
        self, job: Job, handler: CommandHandler[ProposalCommand, State], worker: Running, asked: int
    ) -> None:
        """Keeps what the worker tells until it ends; asks it to stop when somebody wishes it."""
        beat = asyncio.create_task(self._beats(job, worker, asked), name=f"beat of plan {job.proposal_id}")
        try:
            async for told in worker.progress():
                await self._take(job, handler, told)
        finally:
            await end(beat)

    async def _beats(self, job: Job, worker: Running, asked: int) -> None:
        while True:
            try:
                job.stale = await calendar_version(self._db, job.context) != asked
                if await self._beat(job) and not job.stopping:
                    job.stopping = True
                    await worker.stop(None if job.repair else STOP_SECONDS)
            except CONNECTION_LOST as error:
                log.info("a planning job is written down when the database is back", error=repr(error))
            await asyncio.sleep(BEAT_SECONDS)

    def _judge(self, job: Job, outcome: Outcome) -> str | None:
        """What to say of how the worker ended. Raises WorkerDied for an end that another try may mend."""
        if job.repair and outcome.result is not None:
            job.repaired = msgspec.json.decode(outcome.result, type=Repair)
            job.best = job.repaired.plan
        cut = outcome.ended in ("out_of_time", "stopped") and not job.stop_asked
        nothing = cut and (job.best is None or (job.repaired is not None and not job.repaired.changes))
        if (outcome.ended == "crashed" or nothing) and job.attempt < ATTEMPTS:
            raise WorkerDied(outcome.words)
        return outcome.words or None

    async def _close(
        self, proposal_id: UUID, context: CommandContext, outcome: PlanProposed | PlanInfeasible | PlanFailed
    ) -> None:
        once = CommandContext(context.district_id, context.actor_id, command_id=uuid5(proposal_id, "concluded"))
        handler = self.handler(proposal_id, context)
        await handler.handle(proposal_stream(proposal_id), Conclude(outcome), once)

    def handler(self, proposal_id: UUID, context: CommandContext) -> CommandHandler[ProposalCommand, State]:
        table = ProposalTable(proposal_id, context.actor_id)
        append = with_tables(self._db, self._store, table.apply)
        return CommandHandler(self._store, proposal, append=append)

    async def _request(self, handler: CommandHandler[ProposalCommand, State], job: Job) -> int:
        state, _ = await handler.load(proposal_stream(job.proposal_id), job.context)
        assert state is not None, "a job is made with its request"
        job.repair = state.disruption is not None
        return state.asked.calendar_version

    async def _take(self, job: Job, handler: CommandHandler[ProposalCommand, State], told: Progress) -> None:
        assert job.progress is not None
        words = told.say and {"en": told.say.en, "es": told.say.es}
        job.progress |= {"doing": told.doing, "detail": told.detail, "say": words}
        bounds = [b for b in (told.bound, job.best.bound if job.best else None) if b is not None]
        better = told.plan is not None and (job.best is None or rank(told.plan) < rank(job.best))
        if better:
            job.best = told.plan
        if job.best is None:
            return
        job.best = replace(job.best, bound=max(bounds) if bounds else None)
        cost = cost_of(job.best)
        job.progress |= {"cost": cost.total, "bound": cost.bound, "gap": cost.gap, "parts": dict(cost.parts)}
        if better:
            await self._beat(job, keep=True)
            context = CommandContext(job.context.district_id, job.context.actor_id)
            await handler.handle(proposal_stream(job.proposal_id), Improve(told.doing, cost), context)

    async def _beat(self, job: Job, *, keep: bool = False) -> bool:
        """Holds the lease and writes down what is known. True: somebody asked to stop, or the job is no longer ours."""
        best = zlib.compress(plans.to_json(job.best)) if keep and job.best else None
        told = (job.progress or {}) | {"seconds": round(job.seconds, 1), "stale": job.stale}
        async with self._db.system() as conn:
            row = await conn.fetchrow(_BEAT, job.proposal_id, LEASE_SECONDS, job.seconds, json.dumps(told), best)
        job.stop_asked = row is None or row["stop_asked"]
        return job.stop_asked

    async def _conclude(self, job: Job, reason: str | None) -> None:
        outcome = concluded(
            job.instance,
            job.best,
            seconds=job.seconds,
            stopped=job.stop_asked,
            stale=job.stale,
            reason=reason,
            repaired=job.repaired,
            repair=job.repair,
        )
        await self._end(job, outcome)

    async def _end(self, job: Job, outcome: PlanProposed | PlanInfeasible | PlanFailed) -> None:
        await self._close(job.proposal_id, job.context, outcome)
        async with self._db.system() as conn:
            progress = (job.progress or {}) | {"seconds": round(job.seconds, 1), "stale": job.stale}
            await conn.execute(_DONE, job.proposal_id, job.seconds, json.dumps(progress))


def _read(row: Record) -> Job:
    raw = zlib.decompress(row["instance"])
    return Job(
        proposal_id=row["proposal_id"],
        context=CommandContext(row["district_id"], row["actor_id"]),
        instance=document.from_json(raw),
        raw=raw,
        best=plans.from_json(zlib.decompress(row["best"])) if row["best"] else None,
        worked=row["seconds"],
        attempt=row["attempts"],
        stop_asked=row["stop_asked"],
        began=time.monotonic(),
    )


def _task(job: Job) -> tuple[str, bytes]:
    """What the worker is asked: a plan, from the best so far on; or a repair of what stands, all that the disruption
    does not touch held as it is."""
    if not job.repair or job.instance.published is None:
        return ("improve", improve_task(job.raw, job.best)) if job.best else ("year", job.raw)
    stands = job.instance.published
    plan = Plan(
        rounds=tuple(
            RoundPlan(round=r.round, day=r.day, facilitator=r.facilitator, observers=r.observers) for r in stands.rounds
        )
    )
    held = {p.round for p in job.instance.pins if p.by == STANDS}
    free = replace(job.instance, pins=tuple(p for p in job.instance.pins if p.by != STANDS))
    only = tuple(r.id for r in job.instance.rounds if r.id not in held)
    return "repair", repair_task(free, plan, stands.today, [], only)


def _questions(job: Job) -> Iterator[tuple[str, bytes]]:
    """Why there is no plan: for the days, then, where people were searched for in earnest, for the people."""
    yield "explain", job.raw
    if job.best is not None and job.best.complete and job.best.method in ("regional", "full"):
        yield "scarce", improve_task(job.raw, job.best)


def _wanting(plan: Plan | None) -> bool:
    """Whether the rules may collide: a round has no day, nobody to lead it, or too few people."""
    return plan is None or not plan.publishable


def rank(plan: Plan) -> tuple[int, float]:
    """Less is better: rounds without a day first, then the cost."""
    return sum(r.day is None for r in plan.rounds), plan.cost
