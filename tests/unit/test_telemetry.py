"""No span holds what opens something."""

from __future__ import annotations

from opentelemetry.util.http import parse_excluded_urls

from shared.telemetry import UNTRACED


def test_the_address_of_a_feed_is_its_secret_and_is_not_traced() -> None:
    untraced = parse_excluded_urls(UNTRACED)
    assert untraced.url_disabled("http://rondo.example/api/scheduling/feeds/kYx-2_9.ics")
    assert not untraced.url_disabled("http://rondo.example/api/scheduling/feeds/mine")
