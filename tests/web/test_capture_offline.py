"""Taking notes without a network: what the app called saved is on the server once, whatever happened between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Playwright, expect

from tests.web.conftest import Platform
from tests.web.tablet import Tablet


@pytest.fixture
def new_tablet(playwright: Playwright, platform: Platform, tmp_path: Path) -> Iterator[Callable[..., Tablet]]:
    made: list[Tablet] = []

    def make() -> Tablet:
        made.append(Tablet(playwright, platform, tmp_path / f"tablet-{len(made)}"))
        return made[-1].start()

    yield make
    for tablet in made:
        tablet.stop()


def test_a_statement_written_without_a_network_is_sent_when_it_is_back(new_tablet: Callable[..., Tablet]) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    mark = uuid4().hex[:8]
    tablet.offline()
    tablet.slot()
    tablet.write(f"Teacher asked 12 questions; 10 asked for one remembered fact. {mark}", "Teacher")
    expect(tablet.page.get_by_text("1 on this device only")).to_be_visible()

    tablet.kill()
    tablet.start(offline=True)
    tablet.slot()
    expect(tablet.page.locator("p.words", has_text=mark)).to_be_visible()

    tablet.offline(False)
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.all_in()
    assert sum(mark in words for words in tablet.stored()) == 1
    tablet.page.get_by_role("link", name="Everything is in").click()
    expect(tablet.page.get_by_text("received and confirmed").first).to_be_visible()
    assert tablet.failures == []
