from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.testing.servers import Servers
from tests.integration.rounds.world import RoundsWorld


@pytest.fixture(scope="session")
async def rounds_world(servers: Servers) -> AsyncIterator[RoundsWorld]:
    """One service for all tests of this folder: each takes a district of its own."""
    world = await RoundsWorld.make(servers)
    yield world
    await world.close()
