"""Fixtures for every test. `servers` starts PostgreSQL and NATS when the first test asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from shared.testing.servers import Servers, open_servers

settings.register_profile("rondo", deadline=None)  # a busy machine is no failure
settings.load_profile("rondo")


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Real servers, shared by all tests: take a database of your own with `servers.postgres_url()`, and
    prefix names of streams; restart them only in tests that reconnect everything they opened."""
    opened = open_servers()
    yield opened
    opened.close()
