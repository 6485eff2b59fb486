"""Suggested groups on the debrief board: asked for, taken or ignored by the team; nothing moves by itself.

They are made by the words that statements share, and by the embedding model where the extra `suggest` is installed;
what a person can do is the same, and the page says which it was.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from services.rounds.suggestions.minilm import folder
from tests.web.conftest import Desks
from tests.web.rounds import call, posted, prepared_round

COPIED = [f"The {who} copied the worked example from the board." for who in ("first row", "girls", "pairs", "boys")]
FRACTIONS = [f"{who} compared two fractions with paper strips." for who in ("Ana", "A boy", "Table two", "Partners")]
ALONE = ["The bell rang twice.", "A visitor opened the window."]


@pytest.mark.parametrize("method", ["words", "model"])
def test_a_suggestion_is_taken_or_ignored_and_moves_nothing_before(desks: Desks, method: str) -> None:
    if method == "model" and folder() is None:
        pytest.skip("the extra suggest is not installed: groups are by shared words alone (tools/set-up.sh suggest)")
    if method == "words" and folder() is not None:
        pytest.skip("the extra suggest is installed: groups are by the model")
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    round_id = prepared_round(desks)
    call(facilitator, "POST", f"rounds/rounds/{round_id}/stages/visit")
    slots = facilitator.get(f"rounds/rounds/{round_id}")["slots"]
    said = {"kind": "statement", "core_element": "student", "minute": 3}
    words = [*COPIED, *FRACTIONS, *ALONE]
    posted(observer, *(said | {"slot_id": slots[n % 2]["slot_id"], "words": w} for n, w in enumerate(words)))
    for stage in ("describe", "analyze"):
        call(facilitator, "POST", f"rounds/rounds/{round_id}/stages/{stage}")

    watching = facilitator.open(f"/board/{round_id}")
    page = observer.open(f"/board/{round_id}")
    expect(page.get_by_role("heading", name="Unsorted (10)")).to_be_visible()
    page.get_by_text("Suggested groups").click()
    page.get_by_role("button", name="Look for similar statements").click()
    takes = page.get_by_role("button", name="Take it as a group")
    expect(takes).to_have_count(2, timeout=60_000)
    by_words = page.get_by_text("Compared by shared words alone")
    expect(by_words).to_have_count(1 if method == "words" else 0)
    expect(page.get_by_role("heading", name="Unsorted (10)")).to_be_visible()
    board = observer.get(f"rounds/rounds/{round_id}/board")
    assert board["groups"] == []
    observer.accessible()
    observer.fits()
    observer.shoot("suggested-groups")
    page.set_viewport_size({"width": 1280, "height": 800})

    # One is taken, by the keyboard: a group of the same statements, on the other screen too.
    copied = page.locator("section.one", has_text="copied the worked example")
    title = copied.get_by_role("button", name="Take it as a group").inner_text().partition(": ")[2]
    copied.get_by_role("button", name="Take it as a group").press("Enter")
    for seen in (page, watching):
        expect(seen.get_by_role("heading", name="Unsorted (6)")).to_be_visible()
        group = seen.locator("section:has(> h3)", has_text=title).locator("[data-statement]")
        expect(group).to_have_count(4)
        for sentence in COPIED:
            expect(group.filter(has_text=sentence)).to_have_count(1)

    # The other is ignored: nothing moves, and it is gone.
    expect(takes).to_have_count(1)
    page.get_by_role("button", name="Ignore").click()
    expect(takes).to_have_count(0)
    expect(page.get_by_text("Nothing more to suggest.")).to_be_visible()
    expect(page.get_by_role("heading", name="Unsorted (6)")).to_be_visible()
    assert len(observer.get(f"rounds/rounds/{round_id}/board")["groups"]) == 1
    assert observer.failures == []
