"""The dashboards by role: what each door tells is what the API released, and what is hidden is in none of them."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import expect

from tests.web.conftest import Desk, Desks
from tests.web.terms import ended


def _own(desk: Desk) -> dict[str, Any]:
    school = desk.get("identity/session")["grants"][0]["school_id"]
    return dict(desk.get(f"reporting/schools/{school}/summary"))


def _bytes(desk: Desk, path: str) -> bytes:
    answer = desk.context.request.get(f"{desk.platform.url}/api/reporting/{path}")
    assert answer.ok, answer.text()
    return bytes(answer.body())


STATES = {
    None: "not looked at yet",
    "kept": "kept",
    "partly": "partly kept",
    "not_yet": "not yet",
    "given_up": "given up",
}


def _plain(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_principal_hands_out_the_page_on_paper(desks: Desks, language: str) -> None:
    desk = desks.of("host_principal")
    summary = _own(desk)
    latest = summary["latest"]
    path = f"rounds/{latest['round_id']}/released.pdf?release={latest['release']}&language={language}"
    body = _bytes(desk, path)
    assert body == _bytes(desk, path), "the same figures are the same bytes"
    text = _plain(extract_text(io.BytesIO(body)))
    synthesis = desk.get(f"rounds/rounds/{latest['round_id']}/synthesis")["synthesis"]
    for pattern in synthesis["patterns"]:
        assert _plain(pattern["name"]) in text
        for statement in pattern["evidence"]:
            assert _plain(statement["words"]) in text
    kept = desk.get(f"reporting/rounds/{latest['round_id']}/follow-through")
    for n, step in enumerate(synthesis["next_level_of_work"], start=1):
        assert step["who"] in text
        if language == "en":
            state = next((c["status"] for c in kept["commitments"] if c["number"] == n), None)
            assert STATES[state] in text
    assert latest["snapshot_id"] in text
    if language == "en":
        assert _plain(summary["lead"][:2][-1]["text"]) in text  # a round that hides says only why
        assert "Rule (version 3): told over at least 5 visits, 5 classrooms and 3 observers" in text
    else:
        assert "Regla (versión 3): se dice con al menos 5 visitas" in text


def test_what_is_hidden_is_in_no_door(desks: Desks) -> None:
    """The demo's smallest round: no count, no share and no total, wherever it is asked."""
    leader = desks.of("district_leader")
    schools = leader.get("reporting/district/patterns?limit=100")["items"]
    small = next(s for s in schools if s["latest"] and s["latest"]["hidden"])
    round_id = small["latest"]["round_id"]
    summary = leader.get(f"reporting/schools/{small['school_id']}/summary")
    assert [t["n"] for t in summary["latest"]["tables"]] == [None] * len(summary["latest"]["tables"])

    page = leader.open(f"/patterns/{small['school_id']}")
    expect(page.get_by_text("Too few to say: fewer than").first).to_be_visible()
    shown = page.locator("main").inner_text()
    assert not re.search(r"\d+\s?%(?! interval)", shown.replace("95%", "")), shown
    assert not re.search(r"\b\d+ of \d+\b", shown)

    paper = _plain(extract_text(io.BytesIO(_bytes(leader, f"rounds/{round_id}/released.pdf")))).replace("95%", "")
    assert not re.search(r"\d+ ?%|\b\d+ of \d+\b", paper)
    book = openpyxl.load_workbook(io.BytesIO(_bytes(leader, f"rounds/{round_id}/released.xlsx")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            assert not any(isinstance(value, float) for value in row)
    rows = pq.read_table(io.BytesIO(_bytes(leader, "extracts/figures.parquet"))).to_pylist()
    mine = [r for r in rows if r["round_id"] == round_id]
    assert mine
    assert all(r[c] is None for r in mine for c in ("n", "count", "share", "low", "high", "at_most", "at_least"))


def test_the_principal_reads_patterns_with_their_statements_and_what_became_of_the_work(desks: Desks) -> None:
    desk = desks.of("host_principal")
    latest = _own(desk)["latest"]
    synthesis = desk.get(f"rounds/rounds/{latest['round_id']}/synthesis")["synthesis"]
    page = desk.open("/school/summary")
    expect(page.get_by_role("heading", name="What to ask next")).to_be_visible()
    for pattern in synthesis["patterns"]:
        expect(page.get_by_role("heading", name=pattern["name"])).to_be_visible()
        for statement in pattern["evidence"]:
            expect(page.get_by_text(statement["words"], exact=False).first).to_be_visible()
    assert synthesis["patterns"]
    assert synthesis["next_level_of_work"]
    expect(page.get_by_role("columnheader", name="Status").first).to_be_attached()
    unnamed = [t for t in latest["tables"] if t.get("rest")]
    expect(page.get_by_role("rowheader", name="Other answers")).to_have_count(len(unnamed))
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="What to ask next").click()
    expect(page.get_by_role("heading", name="What to ask next")).to_be_in_viewport()
    desk.shoot("school-summary")
    desk.accessible()


def _section(leader: Desk) -> dict[str, Any]:
    """The newest; one is frozen where the demo's releases came too late for its own."""
    if not (items := leader.get("reporting/district/sections")["items"]):
        days = [s["latest"]["day"] for s in leader.get("reporting/district/patterns?limit=100")["items"] if s["latest"]]
        period = {"since": f"{min(days)[:8]}01", "until": max(days)}
        url = f"{leader.platform.url}/api/reporting/district/sections"
        headers = {"Origin": leader.platform.url}
        answer = leader.context.request.post(url, data=period, headers=headers, timeout=120_000)
        assert answer.ok, answer.text()
        items = leader.get("reporting/district/sections")["items"]
    return dict(items[0])


def test_a_term_and_a_network_of_the_demo_are_chosen_and_the_terms_figures_frozen(desks: Desks) -> None:
    leader = desks.of("district_leader")
    term = leader.get("scheduling/terms")["items"][0]
    network = leader.get("scheduling/networks")["items"][0]
    page = leader.open("/patterns")
    rows = page.get_by_role("region", name="Share of visits").locator("tbody tr")
    every = rows.count()
    page.get_by_label("Term").select_option(label=term["name"])
    page.get_by_label("Network").select_option(label=network["name"])
    expect(rows).to_have_count(len(network["school_ids"]))
    assert every > len(network["school_ids"])
    with page.expect_response("**/district/sections") as answer:
        page.get_by_role("button", name="Freeze this term").click()
    assert answer.value.ok, answer.value.text()
    section = answer.value.json()
    assert (section["since"], section["until"]) == (term["starts_on"], term["ends_on"])
    expect(page.get_by_text(section["section_id"])).to_be_visible()


def test_figures_by_grade_and_subject_are_frozen_and_the_same_for_an_analyst(desks: Desks) -> None:
    leader, analyst = desks.of("district_leader"), desks.of("analyst")
    line = _section(leader)
    section = leader.get(f"reporting/district/sections/{line['section_id']}")
    assert section == analyst.get(f"reporting/district/sections/{line['section_id']}")
    page = leader.open("/patterns")
    card = page.locator("section").filter(
        has=page.get_by_role("heading", name="By grade band and subject, over all schools")
    )
    expect(card.get_by_text(section["section_id"])).to_be_visible()
    shown = card.locator("tbody tr").all_inner_texts()
    single = [g for g in section["groups"] if not (g["grade_band"] and g["subject"])]
    assert len(single) > 1, "everything, and a subject or a grade band at least"
    for group in single:
        name = group["grade_band"] or group["subject"] or "All"
        rows = [row for row in shown if row.startswith(name)]
        assert rows, (name, shown)
        assert not group["hidden"] or any(group["hidden"]["text"] in row for row in rows), (name, rows)
    assert card.locator("th button, th [aria-sort]").count() == 0
    other = analyst.open("/patterns")
    expect(other.get_by_text(section["section_id"])).to_be_visible()
    assert other.get_by_role("button", name="Freeze").count() == 0
    leader.shoot("district")


def test_an_analyst_takes_the_difference_of_two_days_and_reads_what_its_columns_are(desks: Desks) -> None:
    analyst = desks.of("analyst")
    page = analyst.open("/extracts")
    page.get_by_text("Compare two dates").click()
    days = "from=2026-01-01&to=2030-01-01"
    page.get_by_label("From the end of").fill("2026-01-01")
    page.get_by_label("To the end of").fill("2030-01-01")
    page.get_by_role("button", name="Compare", exact=True).click()
    link = page.get_by_role("link", name="Difference (CSV)")
    expect(link).to_be_visible()
    expect(page.get_by_text("before_snapshot_id")).to_be_visible()
    schools = analyst.get(f"reporting/district/difference?{days}")["items"]
    released = sum(s["state"] == "first" for s in schools)
    assert released > 1
    expect(page.get_by_text(f"Figures of {released} schools were released in between.")).to_be_visible()
    with page.expect_download() as saved:
        link.click()
    assert Path(saved.value.path()).read_bytes() == _bytes(analyst, f"extracts/difference.csv?{days}")
    assert saved.value.suggested_filename == "released-figures-2026-01-01-to-2030-01-01.csv"
    analyst.shoot("extracts-two-days")
    analyst.accessible()
    page.get_by_label("To the end of").fill("2025-01-01")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_text("The second day is before the first.")).to_be_visible()


def test_a_page_as_it_was_known_says_so_and_its_link_shows_the_same(desks: Desks) -> None:
    leader = desks.of("district_leader")
    school = next(s for s in leader.get("reporting/district/patterns?limit=100")["items"] if s["latest"])
    page = leader.open(f"/patterns/{school['school_id']}?as_of=2020-01-01")
    expect(page.get_by_text("Nothing had been released by the end of")).to_be_visible()
    page.get_by_role("button", name="Now").click()
    expect(page.get_by_role("region", name="In three sentences").or_(page.locator(".sentences"))).to_be_visible()
    page.get_by_text("What this figure is").first.click()
    expect(page.get_by_text(school["latest"]["snapshot_id"]).first).to_be_visible()
    assert leader.failures == []


def test_a_copied_link_to_all_schools_keeps_its_day_and_a_day_that_is_none_breaks_nothing(desks: Desks) -> None:
    desk = desks.of("district_leader")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.platform.url)
    today = desk.today()
    page = desk.open("/patterns?columns=look_fors")
    page.get_by_role("button", name="Copy the link to these figures").click()
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert link.endswith(f"?columns=look_fors&as_of={today}"), "tomorrow more may be released"
    page = desk.open(link.removeprefix(f"{desk.platform.url}/desk"))
    expect(page.get_by_text("is not over: you see what is known so far")).to_be_visible()
    expect(page.get_by_label("As it was known on")).to_have_attribute("max", str(today))
    for nonsense in ("abc", "2026-02-31"):
        page = desk.open(f"/patterns?as_of={nonsense}")
        expect(page.get_by_label("As it was known on")).to_have_value("")
        expect(page.get_by_role("table").first).to_be_visible()
    assert desk.failures == []


def test_a_school_of_two_rounds_says_of_each_share_whether_it_changed(desks: Desks) -> None:
    desk = desks.of("district_leader")
    yesterday = desk.today() - timedelta(days=1)  # others release rounds of days to come, of too few visits
    term = next(t for t in desk.get("scheduling/terms")["items"] if t["starts_on"] <= str(yesterday) <= t["ends_on"])
    with ended(desk, term, yesterday):
        page = desk.open(f"/patterns?term={term['term_id']}")
        asked = f"since={term['starts_on']}&until={yesterday}"
        items = desk.get(f"reporting/district/overview?{asked}")["items"]
        line = next(i for i in items if any(c["verdict"] for c in i["changes"]))
        said = {"more": "more than before", "less": "less than before", "no_clear_change": "no clear change"}
        heat = page.get_by_role("table", name="Share of visits in which each core element was seen")
        row = heat.get_by_role("row").filter(has=page.get_by_role("rowheader", name=line["name"]))
        shown = [c["verdict"] for c in line["changes"] if c["definition"] == "core_element.visits"]
        for verdict, words in said.items():
            expect(row.get_by_text(words)).to_have_count(shown.count(verdict))


def test_the_schools_on_paper_say_by_what_they_were_chosen_and_as_of_when(desks: Desks) -> None:
    desk = desks.of("district_leader")
    page = desk.open("/patterns?grades=middle&as_of=2030-01-01")
    said = page.get_by_text("Filters: Middle (6 to 8). As it was known on Tuesday, January 1, 2030.")
    expect(said).to_be_hidden()
    page.emulate_media(media="print")
    expect(said).to_be_visible()
    page.emulate_media(media="screen")


def test_a_copied_link_shows_the_same_figures_to_whoever_may_read_them(desks: Desks) -> None:
    principal = desks.of("host_principal")
    principal.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=principal.platform.url)
    school, first = _own(principal), _own(principal)["releases"][-1]  # whose figures are told
    released = f"rounds/{first['round_id']}/released?release={first['release']}"
    shown = principal.get(f"reporting/{released}")
    page = principal.open("/school/summary")
    page.get_by_label("Round and release").select_option(f"{first['round_id']}/{first['release']}")
    expect(page.locator("footer.foot")).to_contain_text(shown["snapshot_id"])
    page.get_by_role("button", name="Copy the link to these figures").click()
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert f"round={first['round_id']}&release={first['release']}" in link
    told = page.locator(".sentences").inner_text()
    paths = (f"schools/{school['latest']['school_id']}/summary", released)
    for role in ("host_principal", "district_leader", "teacher", "analyst"):
        other = desks.of(role)
        opened = other.open(link.removeprefix(f"{principal.platform.url}/desk"))
        expect(opened.locator("footer.foot")).to_contain_text(shown["snapshot_id"])
        assert opened.locator(".sentences").inner_text() == told
        for path in paths:
            assert _bytes(other, path) == _bytes(principal, path), (role, path)
        asked = [t["subject"] for t in shown["tables"] if t["definition"] == "focus_question.visits"]
        assert asked
        for question in asked:
            expect(opened.locator("main"), "an id is no name").not_to_contain_text(question)
        expect(opened.get_by_role("rowheader", name="Focus question 1").first).to_be_attached(
            attached=role == "analyst"
        )
        leads = opened.get_by_role("link", name="‹ District patterns")
        assert leads.count() == (role in ("district_leader", "analyst"))


def test_a_leader_filters_by_a_fixed_menu_and_finds_no_ranking(desks: Desks) -> None:
    leader = desks.of("district_leader")
    page = leader.open("/patterns")
    heat = page.locator("table").first
    every = heat.locator("tbody th").all_inner_texts()
    assert every == sorted(every)
    schools = leader.get("reporting/district/overview")["items"]
    cells = [c for line in schools for t in line["core"] for c in t["cells"]]
    doubted = sum(c["certainty"] == "too_few_to_say" for c in cells)
    expect(heat.locator("td", has_text="too few to say")).to_have_count(doubted)
    held = page.get_by_role("table", name="Planned and held")
    for line in (x for x in schools if x["base"]):
        row = held.get_by_role("row").filter(has=page.get_by_role("rowheader", name=line["name"], exact=True))
        expect(row).to_contain_text(f"{line['base']['visits']} of {line['visits_planned']}")
        assert line["visits_planned"] <= line["slots_planned"]
    page.get_by_label("Grades taught").select_option(label="High (9 to 12)")
    expect(page).to_have_url(re.compile("grades=high"))
    expect(heat.locator("tbody th")).not_to_have_count(len(every))
    assert heat.locator("tbody th").count() > 0
    menu = page.get_by_role("group", name="Filters")
    assert menu.get_by_role("combobox").count() == 4
    assert page.locator("th button, th [aria-sort]").count() == 0, "no column sorts"
    page.get_by_label("Grades taught").select_option(label="All grades")
    menu.get_by_label("Columns").select_option(index=2)
    expect(page).to_have_url(re.compile("columns="))
    expect(heat.locator("tbody td.heat").first).to_be_visible()
    asked = menu.get_by_label("Columns").locator("option:checked").inner_text()
    expect(heat.locator("caption")).to_have_text(asked)
    for heading in ("Planned and held", "Data quality", "Follow-through of commitments"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_role("heading", name="By grade band and subject, over all schools")).to_be_visible()
    leader.accessible()


def test_a_facilitator_sees_gaps_and_agreement(desks: Desks) -> None:
    desk = desks.of("facilitator")
    mine = desk.get("identity/session")["person_id"]
    held = [r for r in desk.get("rounds/rounds")["items"] if r["facilitator_id"] == mine]
    running = next(r for r in held if r["stage"] in ("describe", "analyze", "visit"))
    page = desk.open(f"/rounds/{running['round_id']}")
    expect(page.get_by_text("Slots without statements so far")).to_be_visible()
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("columnheader", name="Alpha")).to_be_visible(timeout=60_000)
    told = page.get_by_role("table", name="Do observers of the same room agree?").locator("tbody tr").all_inner_texts()
    assert told
    assert all(re.search(r"\u2212?[01]\.\d\d\b|not enough overlap", row) for row in told), told
    desk.accessible()


def test_answers_that_are_not_named_are_told_as_hidden_with_the_reason(desks: Desks) -> None:
    """What is left out without a word would be taken for something that nobody saw."""
    leader = desks.of("district_leader")
    found = [
        (school["school_id"], table)
        for school in leader.get("scheduling/schools?limit=200")["items"]
        if (latest := leader.get(f"reporting/schools/{school['school_id']}/summary")["latest"])
        for table in latest["tables"]
        if table.get("rest") and not table["hidden"]
    ]
    assert found, "no release of the demo holds answers back"
    school_id, _ = found[0]
    page = leader.open(f"/patterns/{school_id}")
    rows = page.get_by_role("row").filter(has_text="Other answers")
    expect(rows.first).to_contain_text("hidden: could point to a single classroom or observer")
    leader.accessible()
