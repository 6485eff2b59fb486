"""A worker's life: it ends by itself, when asked, when it must; whatever happens the best plan is kept."""

from __future__ import annotations

import os
import signal
import time

from services.scheduling.planning import plan as plans
from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.generate import generate
from services.scheduling.planning.supervise import Spare, run, running
from services.scheduling.plans.notes import code_of

INSTANCE = generate("tiny", 1)
TASK = to_json(INSTANCE)


async def test_a_job_ends_with_a_plan_that_the_checker_accepts() -> None:
    outcome = await run("greedy", TASK, seconds=20)
    assert outcome.ended == "finished", outcome.words
    assert outcome.plan is not None
    assert outcome.result is not None
    assert plans.from_json(outcome.result) == outcome.plan
    assert check(INSTANCE, outcome.plan).sound


async def test_data_that_are_wrong_are_refused_in_words() -> None:
    outcome = await run("greedy", b'{"days": 1}', seconds=20)
    assert outcome.ended == "refused"
    assert outcome.words


async def test_a_killed_worker_is_told_as_crashed() -> None:
    async with running("greedy", TASK, seconds=20) as job:
        os.kill(job.pid, signal.SIGKILL)
        outcome = await job.result()
    assert outcome.ended == "crashed"
    assert "unexpectedly" in outcome.words
    assert code_of(outcome.words) == "crashed"


async def test_a_worker_that_needs_too_much_memory_is_ended() -> None:
    outcome = await run("greedy", to_json(generate("large")), seconds=60, memory_mb=20)
    assert outcome.ended == "out_of_memory"
    assert "20 MB" in outcome.words
    assert code_of(outcome.words) == "out_of_memory"


async def test_a_spare_worker_takes_the_next_job_and_is_not_used_twice() -> None:
    spare = Spare()
    spare.warm()
    await spare.close()  # waits for it to be made, then ends it
    assert spare.take() is None
    spare.warm()
    assert spare._making is not None
    await spare._making
    ready = spare._process
    assert ready is not None
    async with running("greedy", TASK, seconds=20, spare=spare) as job:
        assert job.pid == ready.pid
        assert (await job.result()).ended == "finished"
    assert spare.take() is None
    assert (await run("greedy", TASK, seconds=20, spare=spare)).ended == "finished"  # where there is none, as ever
    await spare.close()


async def test_whoever_stops_a_worker_that_does_not_hear_has_its_best_at_once() -> None:
    task = to_json(generate("small"))
    started = time.monotonic()
    async with running("year", task, seconds=60, grace=300) as job:
        async for told in job.progress():
            if told.plan is not None and not job._stopped:
                os.kill(job.pid, signal.SIGSTOP)  # as deep in a programme as can be
                await job.stop(grace=0.5)
        outcome = job.outcome
    assert time.monotonic() - started < 60
    assert (outcome.ended, outcome.words) == ("stopped", "")
    assert outcome.plan is not None
