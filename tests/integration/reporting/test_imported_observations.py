"""An export of the field's own observation form, imported, tells the shares that its spreadsheet holds."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path
from uuid import uuid4

import polars as pl
import pytest

from services.reporting.figures.tables import Figure
from services.reporting.projections.school_patterns.query import read_facts
from services.reporting.releases.changes import difference
from services.reporting.releases.snapshot import Cell
from services.rounds.publish import PUBLISH
from shared.access import Role
from shared.database import Database
from shared.eventstore.log import LogCursor
from shared.testing.servers import Servers
from tests.integration.rounds.world import RoundsWorld
from tests.support.figures import shares
from tests.support.projecting import apply
from tests.support.published import Log
from tests.support.rounds import an_actor
from tests.support.second_opinion import interval

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "observations" / "ipg_mathematics_observations.csv"
CODES = {
    "Yes": "yes",
    "Mostly": "mostly",
    "Somewhat": "somewhat",
    "Not Yet": "not_yet",
    "Yes, but only in some areas.": "some_areas",
    "Not really, but there were some promising practices.": "promising",
}


def by_spreadsheet(path: Path) -> dict[str, list[tuple[tuple[str, int], ...]]]:
    """Occasion -> for each rated column that has answers, how often each answer stands in it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found: defaultdict[str, list[tuple[tuple[str, int], ...]]] = defaultdict(list)
    for occasion in {row["When did the observation occur?"] for row in rows}:
        mine = [row for row in rows if row["When did the observation occur?"] == occasion]
        for column in rows[0]:
            counts = Counter(CODES[row[column]] for row in mine if row[column] in CODES)
            if counts:
                found[occasion].append(tuple(sorted(counts.items())))
    return {occasion: sorted(columns) for occasion, columns in found.items()}


PRE, POST = "Pre Training", "Post Training"


def by_polars(path: Path) -> dict[tuple[str, str, str], tuple[float, float, float]]:
    """(occasion, item, answer) -> share and its interval, by another way: polars, and arithmetic of its own."""
    frame = pl.read_csv(path, infer_schema=False)
    rooms = frame.select(pl.concat_str("Teacher's First Name", "Teacher's Last Name", separator=" ")).to_series()
    long = frame.with_columns(room=rooms).unpivot(
        index=["When did the observation occur?", "room", "Email Address"], variable_name="column"
    )
    long = long.filter(pl.col("value").is_in(list(CODES))).with_columns(
        pl.col("value").replace_strict(CODES),
        item=pl.col("column")
        .str.extract(r"\((\d[a-f])\)")
        .fill_null(
            pl.when(pl.col("column").str.starts_with("Core Action"))
            .then(pl.col("column").str.extract(r"Core Action (\d) Overall") + "-overall")
            .when(pl.col("column").str.starts_with("Overall"))
            .then(pl.lit("overall"))
            .otherwise(pl.lit("culture"))
        ),
    )
    found = {}
    base = {
        occasion: (rows["room"].n_unique(), rows["Email Address"].n_unique())
        for (occasion,), rows in frame.with_columns(room=rooms).group_by("When did the observation occur?")
    }
    for (occasion, item), rows in long.group_by("When did the observation occur?", "item"):
        for code in rows["value"].unique():
            count, n = sum(value == code for value in rows["value"]), len(rows)
            found[str(occasion), str(item), str(code)] = (count / n, *interval(count, n, *base[occasion]))
    return found


@pytest.mark.skipif(not REAL.exists(), reason=f"the real export is not here: {REAL.name}")
async def test_item_shares_of_the_real_export_are_the_spreadsheets(servers: Servers, db: Database) -> None:
    world = await RoundsWorld.make(servers)
    district_id, school_id = uuid4(), uuid4()
    log = Log("rounds", district_id)
    try:
        async with world.deps.db.writer(district_id) as conn:
            await conn.execute(
                "insert into known_schools (school_id, district_id) values ($1, $2)", school_id, district_id
            )
        answer = await world.ask(
            an_actor(Role.DISTRICT_ADMIN, district_id=district_id),
            "POST",
            "/imports/observations",
            params={"instrument": "ipg", "school_id": str(school_id)},
            files={"file": (REAL.name, REAL.read_bytes())},
        )
        assert answer.json()["status"] == "applied", answer.text
        page = await world.deps.store.read_log(LogCursor(), limit=100_000)
        for stored in page.events:
            if stored.district_id == district_id and stored.type in PUBLISH:
                log.add(PUBLISH[stored.type](stored))
    finally:
        await world.close()
    await apply(db, log.events)
    told: dict[str, list[tuple[tuple[str, int], ...]]] = {}
    cells: dict[tuple[str, str, str], Cell] = {}
    for occasion in answer.json()["rounds"]:
        async with db.reader(district_id) as conn:
            facts = await read_facts(conn, occasion["round_id"])
        assert facts is not None
        items: defaultdict[str, list[Figure]] = defaultdict(list)
        for table, f in shares(facts):
            if table.definition == "look_for.answers":
                items[table.subject or ""].append(f)
        told[occasion["occasion"]] = sorted(
            tuple(sorted((f.category, f.count) for f in found)) for found in items.values()
        )
        for item, found in items.items():
            assert sum(f.share for f in found) == pytest.approx(1)
            for f in found:
                low, high = f.interval.low, f.interval.high
                cells[occasion["occasion"], item, f.category] = Cell(
                    category=f.category, state="told", share=f.share, low=low, high=high, text=""
                )
    assert told == by_spreadsheet(REAL)
    expected = by_polars(REAL)
    assert cells.keys() == expected.keys()
    for at, cell in cells.items():
        assert (cell.share, cell.low, cell.high) == pytest.approx(expected[at], abs=1e-9), at
    both = [key[1:] for key in cells if key[0] == PRE and (POST, *key[1:]) in cells]
    assert len(both) > 10
    for item in both:
        p1, l1, u1 = expected[PRE, *item]
        p2, l2, u2 = expected[POST, *item]
        wanted = (
            p2 - p1,
            p2 - p1 - sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2),
            p2 - p1 + sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2),
        )
        assert difference(cells[PRE, *item], cells[POST, *item]) == pytest.approx(wanted, abs=1e-9), item
