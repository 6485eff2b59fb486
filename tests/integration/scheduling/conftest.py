"""Scheduling over HTTP: the same office as for imports."""

from tests.integration.imports.conftest import database, http, office, store

__all__ = ["database", "http", "office", "store"]
