"""Every event that was ever written can still be read: the log and other services' copies outlive the code."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from shared.messages import ContractEvent, Event, Meta, StoredEvent, utc_now
from shared.upcasting import EventCodec
from tests.contract.golden import FOLDER, Golden, every_event

EVENTS = every_event()
CONTRACT = [g for g in EVENTS if issubclass(g.kind, ContractEvent)]
DOMAIN = [g for g in EVENTS if issubclass(g.kind, Event)]
TOLD = [
    (golden, translation)
    for golden in DOMAIN
    if (translation := importlib.import_module(f"services.{golden.service}.publish").PUBLISH.get(golden.kind.__name__))
]


def text_of(golden: Golden, version: int) -> str:
    file = golden.file(version)
    assert file.exists(), f"{file.relative_to(FOLDER)} is missing: run `python -m tests.contract.write_golden`"
    return file.read_text("utf-8")


def kept(golden: Any, now: Any) -> bool:
    """Whether everything in the golden JSON is said by the present one, in the same words."""
    if isinstance(golden, dict) and isinstance(now, dict):
        return all(name in now and kept(value, now[name]) for name, value in golden.items())
    if isinstance(golden, list) and isinstance(now, list):
        return len(golden) == len(now) and all(map(kept, golden, now))
    return bool(golden == now)


def test_the_services_have_events_to_check() -> None:
    assert len(CONTRACT) >= 25
    assert len(DOMAIN) >= 25
    assert len(TOLD) >= 20


@pytest.mark.parametrize("golden", CONTRACT, ids=str)
def test_every_version_of_a_contract_event_is_still_understood(golden: Golden) -> None:
    for version in range(1, golden.kind.schema_version + 1):
        text = text_of(golden, version)
        event = golden.kind.model_validate_json(text)
        assert kept(json.loads(text), event.model_dump(mode="json")), "a field lost its name or its meaning"


def stored(golden: Golden, version: int) -> StoredEvent:
    kind, text, stream = golden.kind.event_type(), text_of(golden, version).encode(), f"calendar-{uuid4()}"
    return StoredEvent(uuid4(), stream, 1, kind, version, uuid4(), text, Meta(), utc_now())


@pytest.mark.parametrize("golden", DOMAIN, ids=str)
def test_every_version_of_a_domain_event_still_decodes(golden: Golden) -> None:
    assert issubclass(golden.kind, Event)
    codec = EventCodec([golden.kind])
    for version in range(1, golden.kind.schema_version + 1):
        text = text_of(golden, version)
        event = codec.decode(stored(golden, version))
        assert type(event) is golden.kind
        if version == golden.kind.schema_version:
            assert kept(json.loads(text), event.model_dump(mode="json")), "a changed shape needs a new version"


def test_no_event_that_was_shipped_is_forgotten() -> None:
    known = {golden.file(version) for golden in EVENTS for version in range(1, golden.kind.schema_version + 1)}
    orphans = sorted(str(f.relative_to(FOLDER)) for f in FOLDER.rglob("*.json") if f not in known)
    assert orphans == [], "the log may hold these: keep a class (or an upcaster) that reads them"


@pytest.mark.parametrize(("golden", "translation"), TOLD, ids=lambda it: str(it) if isinstance(it, Golden) else "")
def test_every_version_of_a_published_domain_event_can_be_told(
    golden: Golden, translation: Callable[[StoredEvent], ContractEvent]
) -> None:
    """One that cannot holds up the whole log of its service."""
    published = importlib.import_module(f"services.{golden.service}.contract").PUBLISHED
    for version in range(1, golden.kind.schema_version + 1):
        assert isinstance(translation(stored(golden, version)), tuple(published))
