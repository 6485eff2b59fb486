"""Scheduling over HTTP: the same office as for imports."""

from tests.integration.imports.conftest import database, office, store

__all__ = ["database", "office", "store"]
