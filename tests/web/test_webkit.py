"""Saved, read again without a network, and sent, in WebKit: the browser of every iPad. Run by `make test-webkit`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.web.conftest import Platform
from tests.web.in_front import in_front_of
from tests.web.webkit import missing, webkit

_WANTED = os.environ.get("RONDO_TEST_WEBKIT")
_HERE = missing()
pytestmark = [
    pytest.mark.skipif(not _WANTED, reason="the smoke test in WebKit runs by: make test-webkit"),
    pytest.mark.skipif(bool(_WANTED and _HERE), reason=_HERE or ""),
]
_BACK = "dispatchEvent(new Event('online'))"
_SAVED = "return document.querySelector('#words').value === ''"


def stored(platform: Platform, mark: str) -> list[str]:
    """The observer's statements with the mark, as the server tells them."""
    person = platform.sign_ins["observer"]
    headers = {"Origin": platform.url}
    with httpx.Client(base_url=f"{platform.url}/api/", headers=headers, timeout=60) as http:
        http.post("identity/session", json={k: person[k] for k in ("email", "password")}).raise_for_status()
        visits = http.get("rounds/capture/day").json()["visits"]
    return [s["words"] for v in visits for slot in v["slots"] for s in slot["statements"] if mark in (s["words"] or "")]


def test_what_was_saved_is_there_after_a_reload_without_a_network_and_sent_once(
    platform: Platform, tmp_path: Path
) -> None:
    person, mark = platform.sign_ins["observer"], uuid4().hex[:8]
    with webkit(tmp_path / "tablet") as tablet:

        def write(words: str, core: str) -> None:
            tablet.type("#words", words)
            tablet.click(f".core-button.{core}")
            tablet.until(lambda: tablet.run(_SAVED), "the words saved")
            tablet.says(words)

        with in_front_of(platform.url) as door:
            tablet.goto(f"{door.url}/capture/")
            tablet.type("input[type=email]", person["email"])
            tablet.type("#password", person["password"])
            tablet.click("form button.primary")
            tablet.says("Ready without a network")
            tablet.click("a.slot")
            write(f"{mark} Four students wrote.", "student")
            tablet.says("Everything is in")
        # The door is shut: there is no network any more.
        write(f"{mark} The teacher asked why.", "teacher")
        tablet.says("1 on this device only")
        tablet.run("location.reload()")
        tablet.says(f"{mark} The teacher asked why.")
        tablet.says("1 on this device only")
        write(f"{mark} The task was a table of values.", "task")
        tablet.says("2 on this device only")
        assert len(stored(platform, mark)) == 1

        with in_front_of(platform.url, port=urlsplit(door.url).port or 0):
            tablet.run(_BACK)
            tablet.says("Everything is in")
        assert sorted(stored(platform, mark)) == [
            f"{mark} Four students wrote.",
            f"{mark} The task was a table of values.",
            f"{mark} The teacher asked why.",
        ]
