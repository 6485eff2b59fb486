"""A release is frozen once; nothing changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.reporting.disclosure.rule import RULES
from services.reporting.releases.commands import BlockRelease, FreezeFigures
from services.reporting.releases.events import ReleaseBlocked, SnapshotFrozen
from services.reporting.releases.snapshot import Snapshot
from shared.decider import Decider
from shared.errors import Conflict
from shared.messages import Event
from shared.said import say


@dataclass(frozen=True, slots=True)
class Releases:
    """`older`: the places in the log of releases that were made by older rules than those of today."""

    latest: Snapshot | None = None
    told: dict[str, tuple[int, ...]] = field(default_factory=dict)
    blocked: int = 0
    older: frozenset[int] = frozenset()

    @property
    def number(self) -> int:
        """The newest release that was frozen or kept back."""
        return max(self.blocked, 0 if self.latest is None else self.latest.release)


def decide(command: FreezeFigures | BlockRelease, state: Releases) -> Sequence[Event]:
    """Raises Conflict when another release was frozen since the figures were composed."""
    if isinstance(command, BlockRelease):
        if command.release <= state.number:
            return ()
        return (ReleaseBlocked(**dict(command)),)
    if command.snapshot.release <= state.number:
        return ()
    newest = state.latest.snapshot_id if state.latest else None
    if command.after != newest:
        raise Conflict(say("reporting.release_meanwhile"), mend=say("reporting.compose_again"))
    return (SnapshotFrozen(snapshot=command.snapshot, log_seq=command.log_seq, told=command.told, rules=RULES),)


def evolve(state: Releases, event: Event) -> Releases:
    match event:
        case SnapshotFrozen():
            older = state.older | ({event.log_seq} if event.rules < RULES else set())
            return Releases(event.snapshot, event.told, state.blocked, older)
        case ReleaseBlocked():
            return replace(state, blocked=event.release)
        case _:
            return state


RELEASES: Decider[FreezeFigures | BlockRelease, Releases] = Decider(
    Releases(), decide, evolve, (SnapshotFrozen, ReleaseBlocked)
)
