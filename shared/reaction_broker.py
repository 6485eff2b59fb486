"""Reactions in FastStream's words: one durable subscriber per source, one typed handler per event type."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from faststream.nats.annotations import NatsMessage as InjectedMessage
from faststream.specification import AsyncAPI
from nats.js.api import ConsumerConfig

from shared.jetstream import stream_name
from shared.messages import ContractEvent, PublishedEvent

E = TypeVar("E", bound=ContractEvent)
Handler = Callable[[E, PublishedEvent], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Registered:
    model: type[ContractEvent]
    handler: Handler[Any]  # Any: each handler takes its own model
    later: str | None = None  # the name of what came with a later version of the product


def document(
    service: str, handlers: Mapping[str, dict[str, Registered]], published: Iterable[type[ContractEvent]]
) -> dict[str, Any]:
    """The AsyncAPI 3 document of a service: what it publishes, and what it reacts to."""
    broker = NatsBroker("nats://nats:4222")
    for model in published:
        name = model.event_type()
        broker.publisher(f"evt.{service}.*.{name}.*", schema=model, title=name, description=model.__doc__ or name)
    for source, types in handlers.items():
        subscribe(broker, service, source, types, _never)
    described = AsyncAPI(broker, title=f"Rondo {service}", version="1", schema_version="3.0.0")
    return dict(described.to_specification().to_jsonable())


async def _never(message: NatsMessage) -> None:
    raise RuntimeError("this broker is for documents only")


def durable_name(service: str, source: str) -> str:
    return f"{service}-reactions-{source}"


def filters(source: str, types: dict[str, Registered]) -> list[str]:
    return [f"evt.{source}.*.{name}.>" for name in sorted(types)]


def subscribe(
    broker: NatsBroker,
    service: str,
    source: str,
    types: dict[str, Registered],
    arrived: Callable[[NatsMessage], Awaitable[None]],
) -> None:
    """One FastStream subscriber per source, with one typed handler per event type."""
    subscriber = broker.subscriber(
        f"evt.{source}.>",
        stream=JStream(stream_name(source), declare=False),  # FastStream overwrites a stream that differs
        durable=durable_name(service, source),
        pull_sub=PullSub(1, timeout=5.0),
        ack_policy=AckPolicy.NACK_ON_ERROR,  # the default drops an event whose handler raised
        config=ConsumerConfig(filter_subjects=filters(source, types)),
        title=f"{source} to {service}",
    )
    for name, registered in types.items():
        subscriber(_typed(registered.model, arrived), filter=_is(name))


def _is(name: str) -> Callable[[NatsMessage], Awaitable[bool]]:
    async def fits(message: NatsMessage) -> bool:
        return bool(message.headers.get("ce-type") == name)

    return fits


def _typed(model: type[ContractEvent], arrived: Callable[[NatsMessage], Awaitable[None]]) -> Callable[..., Any]:
    async def react(event: Any, message: Any) -> None:  # Any: annotated with the model below
        await arrived(message)

    react.__annotations__ = {"event": model, "message": InjectedMessage, "return": None}
    react.__name__ = react.__qualname__ = model.event_type()
    react.__doc__ = model.__doc__
    return react
