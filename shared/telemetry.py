"""Traces: one runs from the POST through append, relay and JetStream to the projection and the reaction.

Off, and next to free, until `set_up` is called with an OpenTelemetry collector's address (or an exporter).
An event carries its trace as a W3C `traceparent`, in its meta and in its JetStream headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from fastapi import FastAPI
from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExporter
from opentelemetry.trace import Span, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

_PROPAGATOR = TraceContextTextMapPropagator()
_MOST_LINKED = 64  # spans that one batch of events may give: a backlog is not worth a span per event
UNTRACED = r"health,metrics,/feeds/[^/]+\.ics"  # the link of a feed is a secret, and a span holds the whole address
_on = False


def enabled() -> bool:
    return _on


def set_up(service: str, endpoint: str | None, *, exporter: SpanExporter | None = None) -> None:
    """Turns tracing on for the process, once. `endpoint`: base URL of an OTLP/HTTP collector; with neither
    an endpoint nor an exporter nothing happens. `exporter` gets each span at once (tests)."""
    global _on
    if _on or (endpoint is None and exporter is None):
        return
    provider = TracerProvider(resource=Resource.create({"service.name": f"rondo-{service}"}))
    if exporter is not None:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    elif endpoint is not None:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint.rstrip("/") + "/v1/traces")))
    trace.set_tracer_provider(provider)
    AsyncPGInstrumentor().instrument(tracer_provider=provider)  # type: ignore[no-untyped-call]  # as it ships
    _on = True


def instrument_app(app: FastAPI) -> None:
    """Gives each request a server span, and hands its id to whoever reads the request's `traceparent`."""
    if not _on:
        return
    app.add_middleware(_OwnTraceparent)
    FastAPIInstrumentor.instrument_app(app, excluded_urls=UNTRACED, exclude_spans=["receive", "send"])


class _OwnTraceparent:
    """Inside the server span: what the request causes is that span's child, not its caller's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (own := traceparent()) is not None:
            MutableHeaders(scope=scope)["traceparent"] = own
        await self.app(scope, receive, send)


def traceparent() -> str | None:
    """The running span's W3C traceparent; None when there is none."""
    if not _on:
        return None
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")


@contextmanager
def span(
    name: str, parent: str | None = None, attributes: Mapping[str, str | int] | None = None
) -> Iterator[Span | None]:
    """Runs the block inside a span: a child of `parent` (a traceparent), else of the running span."""
    if not _on:
        yield None
        return
    context = _PROPAGATOR.extract({"traceparent": parent}) if parent else otel_context.get_current()
    with trace.get_tracer("rondo").start_as_current_span(name, context, attributes=dict(attributes or {})) as running:
        yield running


class BatchSpans:
    """The spans of a batch of events, each a child of its own event's trace; empty when tracing is off."""

    def __init__(self, name: str, traceparents: Sequence[str | None], kind: SpanKind = SpanKind.INTERNAL) -> None:
        self._spans: dict[str, Span] = {}
        self._own: dict[str, str] = {}
        if not _on:
            return
        tracer = trace.get_tracer("rondo")
        for parent in dict.fromkeys(traceparents):
            if parent is None or len(self._spans) == _MOST_LINKED:
                continue
            started = tracer.start_span(name, _PROPAGATOR.extract({"traceparent": parent}), kind)
            carrier: dict[str, str] = {}
            _PROPAGATOR.inject(carrier, trace.set_span_in_context(started))
            self._spans[parent] = started
            self._own[parent] = carrier.get("traceparent", parent)

    def own(self, parent: str | None) -> str | None:
        """The traceparent that goes on from here instead of `parent`."""
        return self._own.get(parent, parent) if parent is not None else None

    def end(self) -> None:
        for started in self._spans.values():
            started.end()
        self._spans.clear()


def shut_down() -> None:
    """Sends what waits."""
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        provider.force_flush()
