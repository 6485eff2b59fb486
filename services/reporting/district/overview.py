"""What the district's page tells, made of released cells, of the plan, and of the rule. Pure but for the models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.reporting.disclosure.rule import Hidden
from services.reporting.figures.facts import CORE_ELEMENTS
from services.reporting.figures.pooling import METHOD, pool
from services.reporting.figures.tables import RATED, TAGGED
from services.reporting.follow_through.counts import FollowThrough
from services.reporting.releases.changes import Change, changes
from services.reporting.releases.seen import seen_in
from services.reporting.releases.snapshot import Base, Cell, ReleasedTable, Snapshot

CORE, LOOK_FORS = "core", "look_fors"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class PooledShare(_Part):
    """A school's share with what is usual in the district taken into account; whole percents. `own`: how much of it is
    the school's own, 0 to 1."""

    element: str
    share: float
    low: float
    high: float
    own: float


class LookForChoice(_Part):
    """A look-for that some school has answers to: one of the choices for `columns`."""

    instrument: str
    instrument_version: int
    look_for: str


class SchoolLine(_Part):
    """One school. `snapshot_id` to `core` are null when nothing was released in the period. `base`: the visits held and
    their classrooms and observers, as released; null when hidden. `visits_planned`: the slots of that same round;
    `slots_planned` those of all. `shown`: the released tables that were chosen as columns. `statements_per_visit`: from
    released totals. `judgmental`: the share of statements that judge. `commitments`: what became of the round's next
    level of work. `enough`: whether it can be spoken of."""

    school_id: UUID
    name: str
    snapshot_id: UUID | None = None
    round_id: UUID | None = None
    release: int | None = None
    as_of: datetime | None = None
    day: date | None = None
    base: Base | None = None
    hidden: Hidden | None = None
    core: tuple[ReleasedTable, ...] = ()
    shown: tuple[ReleasedTable, ...] = ()
    changes: tuple[Change, ...] = ()
    pooled: tuple[PooledShare, ...] = ()
    rounds_planned: int = 0
    rounds_held: int = 0
    slots_planned: int = 0
    visits_planned: int = 0
    statements_per_visit: float | None = None
    judgmental: Cell | None = None
    commitments: FollowThrough | None = None
    coverage: Literal["enough", "too_few", "no_release", "not_visited"] = "not_visited"


class Overview(_Part):
    """Schools by name; there is no other order. `pooled_over`: schools whose shares were pooled, 0 when too few."""

    as_of: date | None
    since: date | None
    until: date | None
    pooling: str = METHOD
    pooled_over: int
    columns: str
    look_fors: tuple[LookForChoice, ...]
    items: tuple[SchoolLine, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What was planned and held of a school. `visits_planned`: the slots of the round that is told."""

    rounds_planned: int = 0
    rounds_held: int = 0
    slots_planned: int = 0
    visits_planned: int = 0


def lines(
    schools: Sequence[tuple[UUID, str]],
    newest: Mapping[UUID, Snapshot],
    before: Mapping[UUID, Snapshot],
    held: Mapping[UUID, Held],
    kept: Mapping[UUID, FollowThrough],
    columns: str = CORE,
) -> tuple[tuple[SchoolLine, ...], int]:
    """A line per school, and over how many schools the shares were pooled."""
    pooled, over = _pooled([newest[i] for i, _ in schools if i in newest])
    found = [_line(i, name, newest.get(i), before.get(i), held.get(i, Held()), pooled) for i, name in schools]
    return tuple(
        line.model_copy(update={"shown": _shown(newest[i], columns), "commitments": kept.get(i)})
        if (i := line.school_id) in newest
        else line
        for line in found
    ), over


def menu(snapshots: Iterable[Snapshot]) -> tuple[LookForChoice, ...]:
    """The look-fors that may be chosen as columns, whatever is told of them."""
    found = {
        (s.instrument, t.subject or ""): s.instrument_version
        for s in sorted(snapshots, key=lambda s: s.instrument_version)
        for t in s.tables
        if t.definition in RATED
    }
    return tuple(
        LookForChoice(instrument=key[0], instrument_version=version, look_for=key[1])
        for key, version in sorted(found.items())
    )


def _shown(snapshot: Snapshot, columns: str) -> tuple[ReleasedTable, ...]:
    if columns == CORE:
        return ()
    if columns == LOOK_FORS:
        return tuple(t for t in snapshot.tables if t.definition == TAGGED)
    instrument, _, look_for = columns.partition("/")
    if snapshot.instrument != instrument:  # another instrument's look-for of the same id asks something else
        return ()
    return tuple(t for t in snapshot.tables if t.definition in RATED and t.subject == look_for)


def _line(
    school_id: UUID,
    name: str,
    told: Snapshot | None,
    before: Snapshot | None,
    held: Held,
    pooled: Mapping[tuple[UUID, str], PooledShare],
) -> SchoolLine:
    if told is None:
        return SchoolLine(
            school_id=school_id,
            name=name,
            rounds_planned=held.rounds_planned,
            rounds_held=held.rounds_held,
            slots_planned=held.slots_planned,
            coverage="no_release" if held.rounds_held else "not_visited",
        )
    shares = [pooled[school_id, e] for e in CORE_ELEMENTS if (school_id, e) in pooled]
    moved = changes(before, told) if before else ()
    return SchoolLine(
        school_id=school_id,
        name=name,
        snapshot_id=told.snapshot_id,
        round_id=told.round_id,
        release=told.release,
        as_of=told.as_of,
        day=told.day,
        base=told.base,
        hidden=told.hidden,
        core=_core(told),
        changes=tuple(c for c in moved if c.definition == "core_element.visits"),
        pooled=tuple(shares),
        rounds_planned=held.rounds_planned,
        rounds_held=held.rounds_held,
        slots_planned=held.slots_planned,
        visits_planned=held.visits_planned,
        statements_per_visit=_per_visit(told),
        judgmental=_judgmental(told),
        coverage="too_few" if told.base is None else "enough",
    )


def _core(snapshot: Snapshot) -> tuple[ReleasedTable, ...]:
    return tuple(t for t in snapshot.tables if t.definition == "core_element.visits")


def _per_visit(snapshot: Snapshot) -> float | None:
    said = next((t.n for t in snapshot.tables if t.definition == "core_element.statements" and t.n), None)
    return round(said / snapshot.base.visits, 1) if said and snapshot.base else None


def _judgmental(snapshot: Snapshot) -> Cell | None:
    """Null where nothing was released of it; a cell that says so where it is hidden."""
    table = next((t for t in snapshot.tables if t.definition == "statements.judgmental"), None)
    if table is None:
        return None
    if table.hidden is not None:
        return Cell(category="judgmental", state="hidden", why=table.hidden, text=table.hidden.text)
    return next((c for c in table.cells if c.category == "judgmental"), None)


def _pooled(snapshots: Sequence[Snapshot]) -> tuple[dict[tuple[UUID, str], PooledShare], int]:
    found: dict[tuple[UUID, str], PooledShare] = {}
    over = 0
    for element in CORE_ELEMENTS:
        seen = {s.school_id: part for s in snapshots if (part := seen_in(s, element)) is not None}
        shares = pool(list(seen.values()))
        if shares is None:
            continue
        over = max(over, len(seen))
        for school_id, share in zip(seen, shares, strict=True):
            found[school_id, element] = PooledShare(
                element=element,
                share=round(share.share, 2),
                low=round(share.low, 2),
                high=round(share.high, 2),
                own=round(share.weight, 2),
            )
    return found, over
