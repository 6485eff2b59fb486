"""Many commands to many streams, all or nothing: what a file brings in. First tried, then done in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from services.scheduling.deps import Deps
from shared.command_handler import CommandHandler
from shared.decider import Decider
from shared.errors import Conflict, Refused
from shared.eventstore.port import NewEvent, WrongVersion
from shared.messages import CommandContext, Event
from shared.said import say
from shared.tables import Project
from shared.tabular.problems import Fault, Problems, fault

RETRIES = 4
Change = Literal["added", "changed", "removed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Step:
    """One command. `told` tells what the stream's state says of its object (None: nothing), in words for the report;
    `line` is where the file asks for it."""

    stream: str
    decider: Decider[Any, Any]  # Any: steps of several deciders stand in one list
    command: Any
    project: Project
    label: Fault
    told: Callable[[Any], Fault | None]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    change: Change
    label: Fault
    before: Fault | None
    after: Fault | None


@dataclass(slots=True)
class _Stream:
    version: int
    state: Any
    events: list[Event] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


async def run(
    deps: Deps, steps: Sequence[Step], context: CommandContext, *, file: str, problems: Problems, dry_run: bool
) -> list[Done]:
    """What each step comes to. A step that a rule forbids is left out, with a warning. Raises Conflict when others
    kept changing the same things."""
    for attempt in range(RETRIES):
        tried = problems if attempt == 0 else Problems()
        streams, done = await _tried(deps, steps, context, file, tried)
        changed = {name: s for name, s in streams.items() if s.events}
        if dry_run or problems.refuses or not changed:
            return done
        try:
            await _store(deps, changed, context)
        except WrongVersion:
            continue
        return done
    raise Conflict(say("refusals.others_changed"), mend=say("refusals.import_again"))


async def _tried(
    deps: Deps, steps: Sequence[Step], context: CommandContext, file: str, problems: Problems
) -> tuple[dict[str, _Stream], list[Done]]:
    streams: dict[str, _Stream] = {}
    done: list[Done] = []
    for step in steps:
        held = streams.get(step.stream)
        if held is None:
            handler: CommandHandler[Any, Any] = CommandHandler(deps.store, step.decider)
            state, version = await handler.load(step.stream, context)
            held = streams[step.stream] = _Stream(version, state)
        before = step.told(held.state)
        try:
            events = step.decider.decide(step.command, held.state)
        except Refused as refused:
            problems.warning(
                refused.code,
                file,
                fault("step_refused", step=step.label, why=refused.say or refused.detail),
                refused.say_mend or fault("correct_row"),
                line=step.line,
            )
            continue
        held.state = step.decider.fold(events, held.state)
        held.events += events
        held.projects += [step.project] * len(events)
        after = step.told(held.state)
        change: Change = (
            "unchanged" if not events else "added" if before is None else "removed" if after is None else "changed"
        )
        done.append(Done(change, step.label, before, after))
    return streams, done


async def _store(deps: Deps, changed: dict[str, _Stream], context: CommandContext) -> None:
    async with deps.db.writer(context.district_id) as conn:
        await deps.store.lock_streams(conn, sorted(changed))
        n = 0
        for name, held in sorted(changed.items()):
            own = CommandContext(
                context.district_id,
                context.actor_id,
                command_id=context.event_id(n),
                correlation_id=context.command_id,
                traceparent=context.traceparent,
            )
            n += 1
            events = [NewEvent.of(e) for e in held.events]
            result = await deps.store.append_in(conn, name, events, expected=held.version, context=own)
            if result.duplicate:
                continue
            for version, (event, project) in enumerate(
                zip(held.events, held.projects, strict=True), start=held.version + 1
            ):
                await project(conn, context.district_id, event, version)
