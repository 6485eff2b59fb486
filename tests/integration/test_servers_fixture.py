"""The servers that all other tests rely on."""

from __future__ import annotations

import asyncpg
import nats

from shared.testing.servers import Servers


async def test_every_unnamed_database_is_new_and_a_named_one_is_found_again(servers: Servers) -> None:
    first, second, named = servers.postgres_url(), servers.postgres_url(), servers.postgres_url("found_again")

    assert first != second
    assert servers.postgres_url("found_again") == named
    connection = await asyncpg.connect(first)
    assert await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    await connection.close()
    for url in (first, second, named):
        servers.drop_database(url)


async def test_committed_rows_survive_a_crash_of_postgresql(servers: Servers) -> None:
    with servers.extra_postgres() as postgres:
        connection = await asyncpg.connect(postgres.url())
        await connection.execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
        postgres.kill()
        postgres.start()
        connection = await asyncpg.connect(postgres.url())
        assert await connection.fetchval("SELECT id FROM kept") == 7
        await connection.close()


async def test_acknowledged_messages_survive_a_kill_of_nats_and_not_a_wipe(servers: Servers) -> None:
    with servers.extra_nats() as server:
        connection = await nats.connect(server.url)
        stream = connection.jetstream()
        await stream.add_stream(name="kept", subjects=["kept.>"])
        await stream.publish("kept.one", b"1")
        server.kill()
        server.start()
        again = await nats.connect(server.url)
        assert (await again.jetstream().stream_info("kept")).state.messages == 1
        server.kill()
        server.wipe()
        server.start()
        third = await nats.connect(server.url)
        assert (await third.jetstream().account_info()).streams == 0
        for opened in (connection, again, third):
            await opened.close()
