"""What stands behind each release, kept in a small row when it is frozen: whoever is about to tell more of a district
goes through all of its rounds, and reading their facts anew took nine reads a round. No reader is given any of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from asyncpg import Connection

from services.reporting.disclosure.attack import ToldCell
from services.reporting.disclosure.rule import RULES
from services.reporting.figures.tables import Unit
from services.reporting.sections.attack import At, RoundTold
from services.reporting.sections.visits import ELEMENTS, Visit, alike
from shared.messages import id_of


class KeptVisit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`observers`, `elements`: by their places in the lists of the release."""

    slot_id: str
    classroom_id: str
    grade_band: str
    subject: str
    observers: tuple[int, ...]
    elements: tuple[int, ...]


class KeptCell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    count: int | None
    at_most: int | None
    at_least: int | None


class Kept(msgspec.Struct, frozen=True):
    """`places`: those in the log of rounds that the round's releases, this one included, have told of; `rules`: the
    version of those that made it; `told`, `cells`, `said`: what it tells, as in `RoundTold`."""

    school_id: str
    places: tuple[int, ...]
    rules: int
    told: int | None
    cells: dict[str, KeptCell]
    said: dict[str, int]
    observers: tuple[str, ...]
    elements: tuple[str, ...]
    visits: tuple[KeptVisit, ...]


def keep(school_id: UUID, places: Sequence[int], rules: int, told: RoundTold) -> Kept:
    observers = sorted({o for v in told.seen for o in v.unit.observers})
    nth = {o: n for n, o in enumerate(observers)}
    return Kept(
        str(school_id),
        tuple(places),
        rules,
        told.visits,
        {e: KeptCell(c.count, c.at_most, c.at_least) for e, c in told.cells.items()},
        dict(told.said),
        tuple(map(str, observers)),
        ELEMENTS,
        tuple(
            KeptVisit(
                str(v.unit.slot_id),
                str(v.unit.classroom_id),
                v.grade_band,
                v.subject,
                tuple(sorted(nth[o] for o in v.unit.observers)),
                tuple(n for n, e in enumerate(ELEMENTS) if e in v.elements),
            )
            for v in told.seen
        ),
    )


def told_of(kept: Mapping[At, Kept]) -> dict[At, RoundTold]:
    """What each release told, and the visits behind it, grades and subjects by one spelling."""
    names = alike(Counter((v.grade_band, v.subject) for one in kept.values() for v in one.visits))
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    return {at: _told(at[0], one, names, sets) for at, one in kept.items()}


def _told(
    round_id: UUID, kept: Kept, names: Mapping[str, str], sets: dict[tuple[str, ...], frozenset[str]]
) -> RoundTold:
    """`sets`: of elements, each made once."""
    school, people = id_of(kept.school_id), [id_of(o) for o in kept.observers]
    teams: dict[tuple[int, ...], frozenset[UUID]] = {}
    seen = []
    for v in kept.visits:
        team = teams.get(v.observers)
        if team is None:
            team = teams[v.observers] = frozenset([people[n] for n in v.observers])
        shown = tuple([kept.elements[n] for n in v.elements])
        unit = Unit("", id_of(v.slot_id), id_of(v.classroom_id), team)
        elements = sets.get(shown) or sets.setdefault(shown, frozenset(shown))
        seen.append(Visit(round_id, school, names[v.grade_band], names[v.subject], unit, elements))
    cells = {e: ToldCell(e, c.count, c.at_most, c.at_least) for e, c in kept.cells.items()}
    return RoundTold(kept.told, cells, seen, kept.said, known=kept.rules < RULES)


_KEPT = """
select r.round_id, r.log_seq, v.body from releases as r left join release_visits as v using (round_id, log_seq)
where r.round_id = any($1::uuid[]) order by r.round_id, r.release"""


async def read_kept(
    conn: Connection, rounds: Iterable[UUID]
) -> tuple[dict[UUID, dict[int, Kept]], dict[UUID, tuple[int, ...]]]:
    """Of each round its releases by their places, oldest first; and the places of the rounds of which one is missing
    here: they were released before any of it was kept."""
    found: dict[UUID, dict[int, Kept | None]] = {}
    for r in await conn.fetch(_KEPT, list(rounds)):
        found.setdefault(r["round_id"], {})[r["log_seq"]] = None if r["body"] is None else _decode(r["body"])
    whole = {r: {at: one for at, one in held.items() if one is not None} for r, held in found.items()}
    missing = {r: tuple(held) for r, held in found.items() if len(whole[r]) < len(held)}
    return {r: held for r, held in whole.items() if r not in missing}, missing


_decode = msgspec.json.Decoder(Kept).decode


async def put_kept(conn: Connection, district_id: UUID, kept: Mapping[At, Kept]) -> None:
    """What is there already stays: of one release it is always the same."""
    rows = [(r, at, msgspec.json.encode(one).decode()) for (r, at), one in kept.items()]
    await conn.execute(
        "insert into release_visits (district_id, round_id, log_seq, body) "
        "select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[]) on conflict do nothing",
        district_id,
        [r for r, _, _ in rows],
        [at for _, at, _ in rows],
        [body for _, _, body in rows],
    )
