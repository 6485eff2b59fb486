"""Every service says which events it publishes and which it reacts to, as AsyncAPI 3."""

from __future__ import annotations

from importlib import import_module

import pytest

from services.compose import SERVICES
from services.openapi import unstarted


@pytest.mark.parametrize("name", SERVICES)
def test_the_document_names_every_published_event(name: str) -> None:
    document = unstarted(name).asyncapi()
    assert document["asyncapi"] == "3.0.0"
    told = str(document)
    for event in import_module(f"services.{name}.contract").PUBLISHED:
        assert event.event_type() in told


def test_a_reaction_is_told_with_the_event_that_it_is_to() -> None:
    receives = [o for o in unstarted("rounds").asyncapi()["operations"].values() if o["action"] == "receive"]
    assert receives
    assert "RoundScheduled" in str(unstarted("rounds").asyncapi())
