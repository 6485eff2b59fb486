"""The protocols that ship with the product: documents that never change once published; a new version is a new file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from services.rounds.protocols.model import Protocol

SHIPPED = "shipped"


@cache
def texts() -> Mapping[tuple[str, int], str]:
    """The shipped documents as their authors wrote them, by key and version."""
    found: dict[tuple[str, int], str] = {}
    for path in sorted(files(__package__).joinpath(SHIPPED).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            key, version = path.name.removesuffix(".yaml").rsplit(".v", 1)
            found[key, int(version)] = path.read_text("utf-8")
    return MappingProxyType(found)


@cache
def shipped() -> Mapping[tuple[str, int], Protocol]:
    """Every shipped protocol by key and version. That they pass `read` is under test; here they are taken at their
    word, for reading with lines is slow."""
    found: dict[tuple[str, int], Protocol] = {}
    for named, text in texts().items():
        protocol = Protocol.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        if (protocol.key, protocol.version) != named:
            raise ValueError(f"{named} holds {protocol.key} version {protocol.version}")
        found[named] = protocol
    return MappingProxyType(found)


def newest() -> Mapping[str, Protocol]:
    """The newest version of each shipped protocol, by key."""
    return {key: protocol for (key, _), protocol in sorted(shipped().items())}
