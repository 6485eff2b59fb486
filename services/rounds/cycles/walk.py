"""Which moves a protocol document allows from where a cycle stands, and why the others are refused. Pure.

    fixed order: the next stage, past optional ones; a `back_to` stage; a repeatable stage again
    free order:  any stage; one that is not repeatable, once
    going on needs the stage's `leave_when`; opening a stage needs its `enter_when`; going back needs neither

Every refusal is a `Blocked` with a stable code and a sentence in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from services.rounds.protocols.model import Bilingual, Condition, Protocol, Stage

Holds = Callable[[Condition], bool]
"""Whether what a condition asks for is there."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a cycle stands: `stage` is None before the first one is opened; `turn` counts from 1;
    `opened` says how often each stage was opened in the whole cycle."""

    stage: str | None = None
    turn: int = 1
    opened: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def after(self, stage: Stage) -> Position:
        """After the stage was opened."""
        opened = MappingProxyType({**self.opened, stage.id: self.opened.get(stage.id, 0) + 1})
        return replace(self, stage=stage.id, turn=self.turn + stage.swaps, opened=opened)


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a move is refused. `missing` names the condition that does not hold."""

    code: str
    say: Bilingual
    missing: Condition | None = None


def opening(protocol: Protocol, at: Position, wanted: str, holds: Holds) -> Blocked | None:
    """Why the stage `wanted` cannot be opened; None when it can."""
    stage = protocol.stage(wanted)
    if stage is None:
        return Blocked(
            "no_such_stage",
            both(f"The protocol has no stage “{wanted}”.", f"El protocolo no tiene la etapa «{wanted}»."),
        )
    blocked = _again(stage, at) if protocol.order == "free" else _fixed(protocol, at, stage, holds)
    return blocked or _missing(stage.enter_when, holds)


def finishing(protocol: Protocol, at: Position, holds: Holds) -> Blocked | None:
    """Why the cycle cannot be finished; None when it can."""
    if at.stage is None:
        return Blocked("not_begun", both("The cycle has not begun.", "El ciclo no ha comenzado."))
    if protocol.order == "free":
        return None
    current = protocol.stage_ids.index(at.stage)
    ahead = _compulsory(protocol.stages[current + 1 :])
    return _skips(ahead) if ahead else _missing(protocol.stages[current].leave_when, holds)


def moves(protocol: Protocol, at: Position, holds: Holds) -> Mapping[str, Blocked | None]:
    """Every stage, with why it cannot be opened now; None when it can."""
    return {id_: opening(protocol, at, id_, holds) for id_ in protocol.stage_ids}


def _fixed(protocol: Protocol, at: Position, wanted: Stage, holds: Holds) -> Blocked | None:
    target = protocol.stage_ids.index(wanted.id)
    if at.stage is None:
        ahead = _compulsory(protocol.stages[:target])
        return _skips(ahead) if ahead else None
    current = protocol.stage_ids.index(at.stage)
    here = protocol.stages[current]
    if target == current:
        return _again(wanted, at) or _missing(here.leave_when, holds)
    if wanted.id in here.back_to:
        return None
    if target < current:
        return Blocked("stage_passed", both(
            f"The stage “{wanted.title.en}” is over.", f"La etapa «{wanted.title.es}» ya terminó."
        ))  # fmt: skip
    ahead = _compulsory(protocol.stages[current + 1 : target])
    return _skips(ahead) if ahead else _missing(here.leave_when, holds)


def _again(stage: Stage, at: Position) -> Blocked | None:
    if stage.repeatable or not at.opened.get(stage.id):
        return None
    return Blocked("stage_once", both(
        f"The stage “{stage.title.en}” is opened once.", f"La etapa «{stage.title.es}» se abre una sola vez."
    ))  # fmt: skip


def _compulsory(stages: Sequence[Stage]) -> Stage | None:
    return next((s for s in stages if not s.optional), None)


def _skips(first: Stage) -> Blocked:
    return Blocked("stage_skipped", both(
        f"“{first.title.en}” comes first.", f"Antes viene «{first.title.es}»."
    ))  # fmt: skip


def _missing(conditions: Sequence[Condition], holds: Holds) -> Blocked | None:
    for condition in conditions:
        if not holds(condition):
            return Blocked(condition.code or "still_missing", condition.say, condition)
    return None


def both(en: str, es: str) -> Bilingual:
    return Bilingual(en=en, es=es)
