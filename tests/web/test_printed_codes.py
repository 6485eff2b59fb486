"""The codes on printed cards, read as a tablet's camera reads them, lead to the slot that stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.conftest import Desks, Platform, settled

_PRINT = 3
"""Points for each of the page's: a printer of some 300 dots an inch."""
_ANOTHERS = "This visit is not on this device. Download your visits."
_LOADED = """async () => {
  const codes = [...document.querySelectorAll('.cards img')];
  for (const code of codes) { code.scrollIntoView(); await code.decode(); }
  window.scrollTo(0, 0);
  return codes.length;
}"""


@pytest.fixture(scope="module")
def visit(desks: Desks) -> dict[str, Any]:
    """A visit of the observer's, as their tablet has it, to which another team goes, too."""
    visits: list[dict[str, Any]] = desks.of("observer").get("rounds/capture/day")["visits"]
    planned = desks.of("district_leader").get
    return next(v for v in visits if v["slots"] and len(planned(f"scheduling/rounds/{v['round_id']}")["teams"]) > 1)


@pytest.fixture(scope="module")
def printed(desks: Desks, browser: Browser, visit: dict[str, Any]) -> Iterator[Page]:
    """The cards of that visit's day, as they are printed."""
    leader = desks.of("district_leader")
    context = browser.new_context(
        storage_state=leader.context.storage_state(),
        locale="en-US",
        viewport={"width": 800, "height": 1100},
        device_scale_factor=_PRINT,
    )
    page = context.new_page()
    page.goto(f"{leader.platform.url}/desk/schedule/{visit['round_id']}/day")
    settled(page)
    page.emulate_media(media="print")
    assert page.evaluate(_LOADED) >= 2 * len(visit["slots"])
    yield page
    context.close()


def _read(card: Locator) -> list[str]:
    """Every address on a card, from the top down."""
    found = zxingcpp.read_barcodes(Image.open(BytesIO(card.screenshot())), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]


def _slot(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2]


def test_every_code_of_team_cards_and_room_cards_is_read_and_names_the_slot_beside_it(
    desks: Desks, printed: Page, visit: dict[str, Any]
) -> None:
    held = desks.of("district_leader").get(f"scheduling/rounds/{visit['round_id']}")
    at = sorted(held["slots"], key=lambda s: s["starts_at"])
    for team in held["teams"]:
        card = printed.get_by_role("region", name=team["name"], exact=True)
        assert [_slot(a) for a in _read(card)] == [s["slot_id"] for s in at if s["team_id"] == team["team_id"]]
    for room in {s["room"] for s in at}:
        card = printed.get_by_role("region", name=room, exact=True)
        assert [_slot(a) for a in _read(card)] == [s["slot_id"] for s in at if s["room"] == room]


def test_a_code_opens_its_slot_for_whoever_is_signed_in_and_after_signing_in(
    platform: Platform, browser: Browser, printed: Page, visit: dict[str, Any]
) -> None:
    mine = {s["slot_id"]: s for s in visit["slots"]}
    cards = printed.locator(".cards section")
    read = {a for n in range(cards.count()) for a in _read(cards.nth(n))}
    addresses = {a for a in read if _slot(a) in mine}
    assert {_slot(a) for a in addresses} == set(mine), "every slot of the observer has its code"
    first, other, *_ = sorted(addresses)
    person = platform.sign_ins["observer"]
    context = browser.new_context(
        locale="en-US", timezone_id="America/New_York", viewport={"width": 820, "height": 1180}
    )
    page = context.new_page()

    page.goto(first)
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    _shows(page, mine[_slot(first)])
    page.goto(other)
    _shows(page, mine[_slot(other)])
    page.goto(min(read - addresses))
    expect(page.get_by_text(_ANOTHERS)).to_be_visible()  # of another team
    context.close()


def _shows(page: Page, slot: dict[str, Any]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(slot["room"])
    expect(page.get_by_label("What was said, done, asked or made?")).to_be_visible()
    assert _slot(page.url) == slot["slot_id"]
