"""Files come in by hand: first what would change, then the change, with every problem at its place."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import FilePayload, Page, expect

from services.demo import files
from services.demo.district import generate
from tests.support.earlier import observations
from tests.web.conftest import Desk, Desks

HOLIDAY = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Board meeting
DTSTART;VALUE=DATE:20261110
END:VEVENT
BEGIN:VEVENT
CATEGORIES:Holiday
DTSTART;VALUE=DATE:20261111
END:VEVENT
END:VCALENDAR
"""
SCHOOL = "name,nces_id,grade_low,grade_high\nQuillfeather Academy,990000099999,K,5\n"


def _choose(page: Page, name: str, data: bytes, kind: str = "application/octet-stream") -> None:
    page.locator("input[type=file]").set_input_files(FilePayload(name=name, mimeType=kind, buffer=data))


def _earlier(desk: Desk, form: str) -> Page:
    """The screen of earlier observations, with the form and a school chosen."""
    page = desk.open("/imports")
    page.get_by_role("tab", name="Earlier observations").click()
    page.get_by_label("Form that the file comes from").select_option(form)
    page.get_by_label("School that was visited").select_option(index=1)
    return page


def _counts(page: Page, what: str) -> list[str]:
    row = page.get_by_role("table", name="What would change").get_by_role("row").filter(has_text=what)
    return row.get_by_role("cell").all_inner_texts()


def _schools(desk: Desk) -> set[str]:
    return {s["name"] for s in desk.get("scheduling/schools?limit=1000")["items"]}


def test_a_trial_shows_what_would_change_and_changes_nothing_until_told(desks: Desks) -> None:
    desk = desks.of("district_admin")
    before = _schools(desk)
    page = desk.open("/imports")
    page.get_by_role("tab", name="Schools").click()
    _choose(page, "schools.csv", SCHOOL.encode(), "text/csv")

    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    fresh = "Quillfeather Academy" not in before
    assert [c.split("\n")[-1] for c in _counts(page, "Schools")] == (
        ["1", "0", "0", "0"] if fresh else ["0", "0", "0", "1"]
    )
    assert _schools(desk) == before
    desk.accessible()
    desk.fits()
    desk.shoot("district_admin-imports-trial")
    page.set_viewport_size({"width": 1280, "height": 800})

    page.get_by_role("button", name="Import now").click()
    desk.toast("Imported.")
    expect(page.get_by_role("heading", name="Import report")).to_be_visible()
    expect(page.get_by_role("table", name="What changed")).to_be_visible()
    assert _schools(desk) == before | {"Quillfeather Academy"}
    assert desk.failures == []


_WATCH_THE_STAGES = """() => {
  window.stages = [];
  new MutationObserver(() => {
    const bar = document.querySelector('main progress');
    if (bar) window.stages.push([bar.parentElement.innerText.trim(), bar.hasAttribute('value') ? bar.value : null]);
  }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });
}"""


def test_a_large_file_tells_how_much_of_it_is_sent_and_then_that_it_is_read(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/imports")
    page.get_by_role("tab", name="Schools").click()
    page.evaluate(_WATCH_THE_STAGES)
    slow = desk.context.new_cdp_session(page)
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000},
    )
    try:
        _choose(page, "schools.csv", SCHOOL.encode() + b"\n" * 600_000, "text/csv")
        expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible(timeout=90_000)
    finally:
        slow.detach()
    stages: list[tuple[str, float | None]] = page.evaluate("window.stages")
    shares = [share for words, share in stages if words.startswith("Sending the file")]
    assert any(share is not None and 0 < share < 1 for share in shares), stages
    assert shares == sorted(shares, key=lambda share: share or 0)
    assert [words for words, share in stages if share is None][-1].startswith("The file is here; it is being read")
    assert desk.failures == []


def test_what_is_wrong_in_files_is_told_in_spanish_on_spanish_pages(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/imports")
    _choose(page, "roster.zip", b"sourcedId,givenName\n1,Ada\n")
    expect(page.get_by_text("This looks like a single CSV file")).to_be_visible()
    with desk.in_spanish():
        expect(page.get_by_text("Esto parece un solo archivo CSV; OneRoster es un zip de varios.")).to_be_visible()
        expect(page.locator("main [lang=en]")).to_have_count(0)
    page = desk.open("/stage")
    _choose(page, "year.ics", HOLIDAY.encode(), "text/calendar")
    expect(page.get_by_text("says nothing about school days")).to_be_visible()
    with desk.in_spanish():
        expect(page.get_by_text("«Board meeting» del 2026-11-10 no dice nada de los días de clases")).to_be_visible()
        expect(page.get_by_role("cell", name="sin clases: sin clases")).to_be_visible()
        expect(page.locator("main [lang=en]")).to_have_count(0)
    assert desk.failures == []


def test_the_roster_that_is_in_already_would_change_nothing(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/imports")
    _choose(page, "roster.zip", files.roster_zip(generate()))

    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    assert [c.split("\n")[-1] for c in _counts(page, "People")][:3] == ["0", "0", "0"]


def test_problems_are_told_by_place_with_the_mend_and_can_be_taken_away_as_csv(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/imports")
    page.get_by_role("tab", name="Schools").click()
    _choose(page, "schools.csv", b"name,nces_id\nA school,1\n,2\n,3\n", "text/csv")

    problems = page.get_by_role("table", name="Problems and remarks")
    expect(problems).to_be_visible()
    expect(problems.get_by_role("rowheader").filter(has_text="line 3")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the problems as CSV").click()
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_text("utf-8-sig"))))
    assert rows[0]["file"] == "schools.csv"
    assert {"3", "4"} <= {r["line"] for r in rows}
    assert all(r["mend"] for r in rows)
    desk.accessible()


def test_a_file_that_is_no_roster_is_refused_in_words(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = desk.open("/imports")
    _choose(page, "notes.zip", b"not a zip at all")

    expect(page.get_by_role("alert").or_(page.get_by_role("table", name="Problems and remarks")).first).to_be_visible()
    expect(page.get_by_role("button", name="Import now")).to_have_count(0)


def test_earlier_observations_come_in_once_and_tell_their_rounds(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = _earlier(desk, "ipg")
    _choose(page, "walkthroughs.csv", observations(), "text/csv")

    rounds = page.get_by_role("table", name="Rounds")
    expect(rounds.get_by_role("row").filter(has_text="Pre")).to_contain_text("June 15, 2026")
    desk.accessible()
    desk.fits()
    desk.shoot("district_admin-imports-observations")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Import now").click()
    desk.toast("Imported.")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()

    listed = page.get_by_role("table", name="Earlier observations").get_by_role("row").filter(has_text="walkthroughs")
    expect(listed).to_have_count(1)

    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    known = page.locator("dl > div").filter(has_text="Visits known before")
    expect(known.locator("dd")).to_have_text("6")

    listed.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Import report")).to_be_visible()
    expect(page.get_by_text("Earlier observations: walkthroughs.csv")).to_be_visible()
    expect(page.get_by_role("table", name="Rounds").get_by_role("row").filter(has_text="Pre")).to_be_visible()
    desk.accessible()
    assert desk.failures == []


def test_a_form_of_the_districts_own_is_read_by_a_mapping_that_it_fills_in(desks: Desks) -> None:
    desk = desks.of("district_admin")
    page = _earlier(desk, "Another form, by a mapping of our own")
    page.get_by_label("Instrument whose look-fors the file answers").select_option("instructional-core 2")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download a mapping to fill in").click()
    given = saved.value.path().read_text("utf-8")
    assert saved.value.suggested_filename == "instructional-core.v2.mapping.yaml"

    data = b"Date,Teacher,Observer,Aim,Notes\n2026-03-04,Zelda Quix,rater@alder.example,Seen only,Pairs compared.\n"
    mapping, file = page.get_by_label("Choose a file: Mapping"), page.get_by_label("Choose a file", exact=True)
    wrong = given.replace("look_for: content-posted", "look_for: content-pasted")
    mapping.set_input_files(FilePayload(name="ours.yaml", mimeType="application/yaml", buffer=wrong.encode()))
    file.set_input_files(FilePayload(name="walk.csv", mimeType="text/csv", buffer=data))
    problem = (
        page.get_by_role("table", name="Problems and remarks").get_by_role("row").filter(has_text="content-pasted")
    )
    line = 1 + wrong.splitlines().index("  - look_for: content-pasted")
    expect(problem.get_by_role("rowheader")).to_contain_text(f"mapping, line {line}")
    desk.accessible()

    ours = given.replace("- The aim of the lesson could be seen or was said", "- Aim")
    mapping.set_input_files(FilePayload(name="ours.yaml", mimeType="application/yaml", buffer=ours.encode()))
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    counted = page.locator("dl > div").filter(has_text="Look-for ratings")
    expect(counted.locator("dd")).to_have_text("1")
    desk.accessible()
    desk.fits()
    desk.shoot("district_admin-imports-own-mapping")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert desk.failures == []
