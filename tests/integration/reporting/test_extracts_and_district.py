"""What analysts and leaders read of all schools: the released cells, whatever the door."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow.parquet as pq

from services.reporting.extracts.rows import COLUMNS, Moved
from shared.access import Role
from tests.integration.reporting.test_figures_over_http import LEADER, facilitator, held_round, principal, released
from tests.support.published import ARound
from tests.support.reporting_world import World, person

ANALYST = person(Role.ANALYST)


async def pages(world: World, limit: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after = None
    while True:
        wish = {"limit": limit, **({"after": after} if after else {})}
        page = (await world.get("/extracts/figures", ANALYST, params=wish)).json()
        rows += page["items"]
        if (after := page["next"]) is None:
            return rows


async def test_json_pages_csv_and_parquet_hold_the_same_released_cells(world: World) -> None:
    a_round, summary = await released(world, "Juniper")
    rows = await pages(world, 1)
    assert rows == await pages(world, 100)
    text = (await world.get("/extracts/figures.csv", ANALYST)).text
    assert text.startswith("school_id,"), "programs read it: nothing stands before its first column's name"
    by_csv = list(csv.DictReader(io.StringIO(text)))
    table = pq.read_table(io.BytesIO((await world.get("/extracts/figures.parquet", ANALYST)).content))
    assert tuple(table.column_names) == COLUMNS
    assert len(by_csv) == len(rows) == table.num_rows
    for mine, theirs, row in zip(rows, by_csv, table.to_pylist(), strict=True):
        for column in ("count", "n", "at_most", "at_least", "share"):
            assert mine[column] == row[column]
            assert theirs[column] == ("" if mine[column] is None else str(mine[column]))
        if mine["state"] != "told":
            assert (mine["count"], mine["share"], mine["low"], mine["high"]) == (None, None, None, None)
    mine = [r for r in rows if r["round_id"] == str(a_round.round_id)]
    assert {r["snapshot_id"] for r in mine} == {summary["latest"]["snapshot_id"]}
    assert not any(r["subject"] == "1b" and r["category"] == "not_yet" for r in mine)
    columns = [c["column"] for c in (await world.get("/extracts/dictionary", ANALYST)).json()["items"]]
    assert tuple(columns) == COLUMNS
    assert table.schema.field("share").metadata[b"description"]
    spanish = (await world.get("/extracts/dictionary", ANALYST, params={"language": "es"})).json()["items"]
    assert tuple(c["column"] for c in spanish) == COLUMNS
    assert {"column": "school", "type": "texto", "meaning": "su nombre cuando se hizo el extracto"} in spanish


async def test_extracts_are_not_for_principals_and_know_dates(world: World) -> None:
    a_round, _ = await released(world, "Kauri")
    assert (await world.get("/extracts/figures", principal(a_round))).status_code == 403
    early = (await world.get("/extracts/figures", ANALYST, params={"as_of": "2020-01-01"})).json()
    assert early == {"items": [], "next": None}


async def test_the_extract_of_two_days_is_the_districts_page_at_two_days(world: World) -> None:
    a_round, summary = await released(world, "Katsura")
    days = {"from": "2020-01-01", "to": str(datetime.now(UTC).date() + timedelta(days=1))}
    for wish, state in ((days, "first"), ({**days, "from": days["to"]}, "same"), ({**days, "to": days["from"]}, None)):
        text = (await world.get("/extracts/difference.csv", ANALYST, params=wish)).text
        rows = [r for r in csv.DictReader(io.StringIO(text)) if r["school_id"] == str(a_round.school_id)]
        assert [r["state"] for r in rows] == ([state] if state else []), "a school that was not listed then has no row"
        body = (await world.get("/extracts/difference.parquet", ANALYST, params=wish)).content
        table = pq.read_table(io.BytesIO(body))
        assert tuple(table.column_names) == tuple(Moved.model_fields)
        same = [r for r in table.to_pylist() if r["school_id"] == str(a_round.school_id)]
        assert [("" if v is None else str(v)) for r in same for v in r.values()] == [
            v for r in rows for v in r.values()
        ]
        if state:
            assert rows[0]["after_snapshot_id"] == summary["latest"]["snapshot_id"]
            assert (rows[0]["before_snapshot_id"] == "") == (state == "first")
    columns = (await world.get("/extracts/dictionary", ANALYST, params={"extract": "difference"})).json()["items"]
    assert [c["column"] for c in columns] == list(Moved.model_fields)
    assert all(c["meaning"] for c in columns)
    for path in ("/extracts/difference.csv", "/extracts/difference.parquet"):
        assert (await world.get(path, principal(a_round), params=days)).status_code == 403
        wrong = await world.get(path, ANALYST, params={"from": "2026-10-02", "to": "2026-10-01"})
        assert wrong.status_code == 422


async def test_the_district_sees_schools_by_name_with_coverage_and_what_was_planned(world: World) -> None:
    for n in range(5):
        await released(world, f"Larch {n}")
    small, _ = await released(world, "Larch small", rooms=4)
    found = (await world.get("/district/overview", LEADER)).json()
    names = [line["name"] for line in found["items"]]
    assert names == sorted(names)
    assert found["pooled_over"] >= 5
    by_name = {line["name"]: line for line in found["items"]}
    line = by_name["Larch 0 School"]
    assert (line["coverage"], line["rounds_planned"], line["rounds_held"], line["slots_planned"]) == ("enough", 1, 1, 9)
    again = ARound(name="Larch 0 again", school="school of Larch 0", rooms=range(7), day=date(2026, 11, 3))
    await world.publish("rounds", [again.opened()])

    def planned(told: dict[str, Any]) -> bool:
        return any((x["rounds_planned"], x["slots_planned"]) == (2, 16) for x in told["items"])

    told = await world.until("/district/overview", LEADER, planned)
    ahead = await world.until("/district/overview?as_of=2099-01-01", LEADER, planned)
    for line in (x for page in (told, ahead) for x in page["items"] if x["name"] == "Larch 0 School"):
        assert (line["visits_planned"], line["base"]["visits"]) == (9, 9), (
            "visits are held against their own round's plan"
        )
    assert {p["element"] for p in line["pooled"]} == {"teacher", "student", "content", "task"}
    few = by_name["Larch small School"]
    assert (few["coverage"], few["base"], few["pooled"], few["statements_per_visit"]) == ("too_few", None, [], None)
    assert all(t["n"] is None for t in few["core"])
    assert {c["look_for"] for c in found["look_fors"]} >= {"1a", "1b"}
    (asks,) = {c["instrument"] for c in found["look_fors"] if c["look_for"] == "1a"}
    answers = (await world.get("/district/overview", LEADER, params={"columns": f"{asks}/1a"})).json()["items"]
    (shown,) = next(x for x in answers if x["name"] == "Larch 0 School")["shown"]
    assert {c["category"]: c["count"] for c in shown["cells"]} == {"yes": 5}
    other = (await world.get("/district/overview", LEADER, params={"columns": "another-form/1a"})).json()["items"]
    assert not any(x["shown"] for x in other), "the same id in another instrument is another look-for"
    early = (await world.get("/district/overview", LEADER, params={"as_of": "2020-01-01"})).json()
    assert all((x["rounds_planned"], x["rounds_held"]) == (0, 0) for x in early["items"]), "the plan of that day"
    empty = (await world.get("/district/overview", LEADER, params={"since": "2031-01-01"})).json()
    assert all(line["day"] is None for line in empty["items"])
    assert empty["pooled_over"] == 0
    for wish in ({"sort": "share"}, {"order": "task"}, {"subject": "mathematics"}):
        assert (await world.get("/district/overview", LEADER, params=wish)).status_code == 422
    assert (await world.get("/district/overview", principal(small))).status_code == 403


async def test_the_facilitator_sees_whether_observers_of_a_room_agree(world: World) -> None:
    a_round, events = held_round("Mulberry")
    more = [a_round.rated("2a", slot, o, "yes" if slot % 2 else "no") for slot in range(9) for o in range(3)]
    await world.publish("rounds", [*events, *more])
    await world.until(f"/rounds/{a_round.round_id}/live", facilitator(a_round), lambda s: s["statements"] == 42)
    path = f"/rounds/{a_round.round_id}/live/agreement"
    found = await world.until(path, facilitator(a_round), lambda s: len(s["items"]) == 3)
    by_item = {line["look_for"]: line for line in found["items"]}
    assert by_item["2a"]["alpha"] == 1
    assert by_item["2a"]["rooms"] == 9
    assert by_item["1a"]["alpha"] is None, "one observer a room: not enough overlap"
    assert not any(str(a_round.id(f"observer {n}")) in str(found) for n in range(4))
    assert (await world.get(path, LEADER)).status_code in (403, 404)


async def test_the_districts_file_holds_the_rounds_of_the_term_that_the_page_shows_and_says_so(world: World) -> None:
    a_round, _ = await released(world, "Redbud")

    async def told(**term: str) -> tuple[str, str]:
        text = (await world.get("/district/patterns.csv", LEADER, params=term)).content.decode("utf-8-sig")
        rows, _, foot = text.partition("\r\n\r\n")
        (row, *_) = [r for r in csv.DictReader(io.StringIO(rows)) if r["school"] == "Redbud School"]
        return row["day"], foot

    day = a_round.day.isoformat()
    assert (await told(since=day, until=day))[0] == day
    assert f"filters: rounds from {day} until {day}; newest release" in (await told(since=day, until=day))[1]
    before = (await told(until="2020-01-01"))[0]
    assert before == "", "nothing of the school was released in that term"
    assert "filters: none; newest release" in (await told())[1]
