"""A service's log, its relay and a reader's database, on real servers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.testing.servers import Servers
from tests.integration.transport.world import World


@pytest.fixture
async def world(servers: Servers) -> AsyncIterator[World]:
    """On the session's servers: nothing here may kill them."""
    made = await World.make(servers, servers.nats_url)
    yield made
    await made.close()
