"""What was told of a period's rounds, and what stands behind it: read for whoever is about to tell more of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from services.reporting.disclosure.attack import ToldCell
from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import RoundFacts
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.query import facts_of, read_rule
from services.reporting.releases.queries import released_before
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections.attack import At, RoundTold, State
from services.reporting.sections.events import SectionFrozen
from services.reporting.sections.queries import slot_kinds
from services.reporting.sections.visits import Group, Visit, named_alike, visits_of
from shared.database import Database


@dataclass(frozen=True, slots=True)
class Known:
    """`rounds`: what each release of them told of its statements. `snapshots`: round -> place -> its release there."""

    rule: Rule
    facts: Mapping[At, RoundFacts]
    visits: Mapping[At, list[Visit]]
    rounds: Mapping[At, RoundTold]
    snapshots: Mapping[UUID, Mapping[int, Snapshot]]


@asynccontextmanager
async def turn(db: Database, district_id: UUID) -> AsyncIterator[None]:
    """Held by one in all processes. What is audited beside all that was told of a district is frozen before anybody
    else begins: two that had not seen each other could tell together what neither tells."""
    raw, conn = await db.take()
    try:
        await conn.execute("select pg_advisory_lock(hashtextextended($1, 0))", f"rondo told of {district_id}")
        yield
    finally:
        db.discard(raw)


async def read_known(
    tables: Tables,
    district_id: UUID,
    told: Mapping[UUID, Sequence[int]],
    sections: Iterable[SectionFrozen],
    older: Collection[At],
) -> Known:
    """`told`: the places in the log of rounds that each round's releases told of; `older`: those of them that older
    rules told of. Raises Unavailable while the tables do not hold all of it."""
    wanted = {(r, at) for r, places in told.items() for at in places}
    wanted |= {at for frozen in sections for at in frozen.places.items()}
    async with tables.complete(district_id, max((place for _, place in wanted), default=0)) as conn:
        rule = await read_rule(conn, district_id)
        facts = {at: await facts_of(conn, *at) for at in sorted(wanted)}
        kinds = named_alike(await slot_kinds(conn, sorted({r for r, _ in wanted})))
        snapshots = {r: await released_before(conn, r) for r in sorted({r for r, _ in wanted})}
    # Seconds of a large district: beside the loop that answers requests.
    visits = await asyncio.to_thread(lambda: {at: visits_of(found, kinds) for at, found in facts.items()})
    rounds = {at: replace(told_by(snapshots[at[0]].get(at[1]), visits[at]), known=at in older) for at in facts}
    return Known(rule, facts, visits, rounds, snapshots)


def told_by(snapshot: Snapshot | None, visits: Sequence[Visit]) -> RoundTold:
    if snapshot is None or snapshot.base is None:
        return RoundTold(None, {}, visits)
    cells = {
        t.subject or "": ToldCell(t.subject or "", t.cells[0].count, t.cells[0].at_most, t.cells[0].at_least)
        for t in snapshot.tables
        if t.definition == "core_element.visits" and t.cells
    }
    spread = next((t for t in snapshot.tables if t.definition == "core_element.statements"), None)
    said = {c.category: c.count for c in spread.cells if c.count is not None} if spread else {}
    return RoundTold(snapshot.base.visits, cells, visits, said)


def state_before(frozen: SectionFrozen, seen: Mapping[At, Sequence[Visit]]) -> State:
    """What an earlier section told, its groups under the names of today. `seen`: the visits behind each release."""
    visits = [v for at in frozen.places.items() for v in seen[at]]
    today = {name.casefold(): name for v in visits for name in (v.grade_band, v.subject)}

    def named(name: str | None) -> str | None:
        return None if name is None else today.get(name.casefold(), name)

    groups = {Group(named(g.grade_band), named(g.subject)): g for g in frozen.section.groups}
    return State(
        visits,
        frozen.places,
        {
            group: None
            if g.hidden
            else {c.category: ToldCell(c.category, c.count, c.at_most, c.at_least) for c in g.cells}
            for group, g in groups.items()
        },
        {group: g.n for group, g in groups.items()},
    )
