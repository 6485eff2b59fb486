"""Two services on their kernels: a command over HTTP in one becomes a row in the other, in one trace."""

from __future__ import annotations

import asyncio
import json
import sys
from uuid import UUID, uuid4

import httpx
from fastapi import Request

from shared import telemetry
from shared.access import Actor
from shared.eventstore.port import ANY_VERSION, NewEvent
from shared.http import command_context, create_app, public
from shared.kernel import Kernel
from shared.messages import PublishedEvent
from shared.settings import ServiceSettings
from shared.testing.servers import Servers
from tests.integration.transport.world import DISTRICT, PUBLISH, Counted, Totals
from tests.support.until import until


class Pair:
    """A service that counts over HTTP, and one that sums and reacts."""

    def __init__(self, servers: Servers) -> None:
        name = f"t{uuid4().hex[:8]}"
        self.counting = Kernel(name, self._settings(servers), PUBLISH)
        self.summing = Kernel(f"{name}s", self._settings(servers), {}, [Totals(name)])
        self.reacted: list[int] = []
        self.summing.reactions.on(name, Counted, self._react)
        self.app = create_app(name, None)  # type: ignore[arg-type]  # nothing here signs in

        @self.app.post("/count/{amount}", dependencies=[public("a test")])
        async def count(amount: int, request: Request) -> dict[str, int]:
            actor = Actor(UUID(int=1), DISTRICT, ())
            event = NewEvent("Counted", b'{"amount":%d}' % amount)
            result = await self.counting.store.append(
                "count-1", [event], expected=ANY_VERSION, context=command_context(actor, request)
            )
            return {"version": result.version}

    @staticmethod
    def _settings(servers: Servers) -> ServiceSettings:
        return ServiceSettings(database_url=servers.postgres_url(), nats_url=servers.nats_url)

    async def _react(self, event: Counted, published: PublishedEvent) -> None:
        self.reacted.append(event.amount)

    async def post(self, amount: int) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://test") as client:
            answer = await client.post(f"/count/{amount}")
            answer.raise_for_status()

    async def sum(self) -> int | None:
        async with self.summing.db.system() as conn:
            if await conn.fetchval("select to_regclass('totals_v1.totals')") is None:
                return None
            found = await conn.fetchval("select amount from totals_v1.totals")
            return None if found is None else int(found)


async def test_a_command_in_one_service_becomes_a_row_and_a_reaction_in_another(servers: Servers) -> None:
    pair = Pair(servers)
    assert await pair.counting.ready() != []
    await pair.summing.start()  # before the source exists: order of starting does not matter
    await pair.counting.start()
    try:
        await pair.post(2)
        await pair.post(3)

        async def summed() -> bool:
            return await pair.sum() == 5

        await until(summed)
        await until(lambda: pair.reacted == [2, 3])

        async def ready() -> bool:
            return await pair.counting.ready() == [] and await pair.summing.ready() == []

        await until(ready)
    finally:
        await pair.summing.stop()
        await pair.counting.stop()


_TRACE = '''
import asyncio, json, sys
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from shared import telemetry
from tests.integration.transport.test_kernel import Pair
from tests.support.until import until


class Given:
    """The servers of the test that started us."""

    nats_url = sys.argv[1]

    def __init__(self):
        self.urls = sys.argv[2:]

    def postgres_url(self):
        return self.urls.pop()


async def main():
    exporter = InMemorySpanExporter()
    telemetry.set_up("test", None, exporter=exporter)
    pair = Pair(Given())
    await pair.counting.start()
    await pair.summing.start()
    await pair.post(2)

    async def summed():
        return await pair.sum() == 2 and pair.reacted == [2]

    await until(summed)
    await pair.summing.stop()
    await pair.counting.stop()
    print(json.dumps([
        {"name": s.name, "trace": s.context.trace_id, "id": s.context.span_id, "parent": s.parent and s.parent.span_id}
        for s in exporter.get_finished_spans()
    ]))

asyncio.run(main())
'''


async def test_one_trace_runs_from_the_post_to_the_projection_and_the_reaction(servers: Servers) -> None:
    """In a process of its own: tracing is switched on for a whole process, and for good."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _TRACE, servers.nats_url, servers.postgres_url(), servers.postgres_url(),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode == 0
    spans = json.loads(out.decode().splitlines()[-1])
    (post,) = [s for s in spans if s["name"].startswith("POST")]
    trace = {s["id"]: s for s in spans if s["trace"] == post["trace"]}

    def ancestors(name: str) -> list[str]:
        (at,) = [s for s in trace.values() if s["name"] == name]
        line = [at["name"]]
        while at["parent"] is not None:
            at = trace[at["parent"]]
            line.append(at["name"])
        return line

    assert post["parent"] is None
    assert ancestors("append")[-1] == post["name"]
    assert ancestors("project totals") == ["project totals", "relay publish", post["name"]]
    assert ancestors("react Counted") == ["react Counted", "relay publish", post["name"]]


async def test_without_a_collector_nothing_is_traced(servers: Servers) -> None:
    telemetry.set_up("test", None)
    assert telemetry.enabled() is False
    assert telemetry.traceparent() is None
    spans = telemetry.BatchSpans("x", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])
    assert spans.own("kept") == "kept"
