"""Where the golden JSON of every event lies, and which classes it must cover.

`golden_events/<service>/<Type>.v<N>.json` is a contract event as other services may have read it,
`golden_events/<service>/domain/<Type>.v<N>.json` a private one as the log may hold it, for every
version ever shipped. A file that was written once is history: it is never changed.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID, uuid5

from pydantic import BaseModel

import services
from shared.messages import ContractEvent, Event

FOLDER = Path(__file__).parent / "golden_events"
_NAMES = UUID("6d1f4d52-0b3a-5c8e-9a77-2f0f6a1f6c11")


@dataclass(frozen=True)
class Golden:
    service: str
    kind: type[Event] | type[ContractEvent]

    @property
    def folder(self) -> Path:
        return FOLDER / self.service / ("domain" if issubclass(self.kind, Event) else "")

    def file(self, version: int) -> Path:
        return self.folder / f"{self.kind.event_type()}.v{version}.json"

    def __str__(self) -> str:
        return f"{self.service} {'domain ' if issubclass(self.kind, Event) else ''}{self.kind.event_type()}"


def every_event() -> list[Golden]:
    """Each published contract event and each domain event of each service, from the code itself."""
    found: dict[tuple[str, str, bool], Golden] = {}
    for service in _service_names():
        contract = _module(f"services.{service}.contract")
        for kind in getattr(contract, "PUBLISHED", ()):
            found[service, kind.event_type(), False] = Golden(service, kind)
        for module in _modules_named_events(service):
            for kind in vars(module).values():
                if isinstance(kind, type) and issubclass(kind, Event) and kind.__module__ == module.__name__:
                    assert (service, kind.event_type(), True) not in found, f"two events {kind.event_type()}"
                    found[service, kind.event_type(), True] = Golden(service, kind)
    base_classes = {base for g in found.values() for base in g.kind.__mro__[1:] if base.__name__.startswith("_")}
    return [g for g in found.values() if g.kind not in base_classes]


def _service_names() -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules(services.__path__) if m.ispkg)


def _module(name: str) -> types.ModuleType | None:
    if importlib.util.find_spec(name) is None:
        return None
    return importlib.import_module(name)


def _modules_named_events(service: str) -> Iterator[types.ModuleType]:
    package = importlib.import_module(f"services.{service}")
    for info in pkgutil.walk_packages(package.__path__, f"services.{service}."):
        if info.name.endswith(".events"):
            yield importlib.import_module(info.name)


def example(kind: type[BaseModel]) -> dict[str, Any]:
    """A made-up instance in JSON form, the same at every call. Raises ValidationError where made-up values
    do not do; write such a file by hand."""
    values = {name: _value(field.annotation, f"{kind.__name__}.{name}") for name, field in kind.model_fields.items()}
    dumped: dict[str, Any] = kind.model_validate(values).model_dump(mode="json")
    return dumped


def _value(annotation: Any, name: str) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return arguments[0]
    if origin in (Union, types.UnionType):
        return _value(next(a for a in arguments if a is not type(None)), name)
    if origin in (tuple, list, set, frozenset):
        return [_value(arguments[0], name)]
    if (origin is not None and issubclass(origin, dict)) or origin in (types.MappingProxyType,):
        return {_value(arguments[0], name): _value(arguments[1], name)}
    if origin is not None and hasattr(annotation, "__metadata__"):
        return _value(arguments[0], name)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return example(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next(iter(annotation)).value
    plain: dict[Any, Any] = {
        UUID: str(uuid5(_NAMES, name)),
        str: f"{name.rsplit('.')[-1]} text",
        int: 3,
        float: 1.5,
        bool: True,
        datetime: datetime(2026, 10, 14, 15, 30, tzinfo=UTC).isoformat(),
        date: date(2026, 10, 14).isoformat(),
        time: time(9, 30).isoformat(),
    }
    if annotation in plain:
        return plain[annotation]
    raise TypeError(f"{name}: no made-up value for {annotation}; write the golden file by hand")
