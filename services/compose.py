"""Finds each service's settings and composition root by name, and builds it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from shared.http import Verifier
from shared.service import Service
from shared.settings import ServiceSettings, load

SERVICES = ("identity", "scheduling", "rounds", "reporting")


def settings_class(name: str) -> type[ServiceSettings]:
    """`services/<name>/settings.py` defines exactly one."""
    module = import_module(f"services.{name}.settings")
    (found,) = (
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, ServiceSettings) and kind.__module__ == module.__name__
    )
    return found


def settings_of(name: str, **given: Any) -> ServiceSettings:
    """The settings of `name` from the environment; those of `given` that it has come before. Ends the
    process with one line per wrong value."""
    kind = settings_class(name)
    return load(kind, **{key: value for key, value in given.items() if key in kind.model_fields})


def build(name: str, settings: ServiceSettings, verifier: Verifier) -> Service:
    """The service, not yet started."""
    service: Service = import_module(f"services.{name}.main").build(settings, verifier)
    return service
