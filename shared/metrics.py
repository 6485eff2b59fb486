"""What is measured, in Prometheus' words; `/metrics` serves it. Durations are in seconds."""

from __future__ import annotations

from collections.abc import Sequence

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

_FAST = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

APPEND_SECONDS = Histogram("rondo_append_seconds", "From append to durable", ["service"], buckets=_FAST)
CONFLICTS = Counter("rondo_append_conflicts_total", "Appends refused for a wrong expected version", ["service"])
STREAM_LENGTH = Histogram(
    "rondo_stream_length_events",
    "Version of a stream after an append: streams are short by design",
    ["service"],
    buckets=(1, 5, 10, 50, 100, 500, 1_000, 5_000),
)
RELAY_PUBLISHED = Counter("rondo_relay_published_total", "Events published to JetStream", ["service"])
RELAY_LAG_EVENTS = Gauge("rondo_relay_lag_events", "Stamped events that JetStream does not hold yet", ["service"])
RELAY_LAG_SECONDS = Histogram(
    "rondo_relay_lag_seconds",
    "From recorded to acknowledged by JetStream (last of a batch)",
    ["service"],
    buckets=_FAST,
)
RELAY_REWINDS = Counter("rondo_relay_rewinds_total", "JetStream had lost events and got them again", ["service"])
RELAY_SINGLES = Counter("rondo_relay_single_publishes_total", "Batches that were published one by one", ["service"])
RELAY_FAILURES = Counter("rondo_relay_failures_total", "Failed rounds of the relay, by kind", ["service", "kind"])
RELAY_LEADING = Gauge("rondo_relay_leading", "1 where this process is the service's active relay", ["service"])
REFILLED = Counter("rondo_refilled_events_total", "Events fetched from their owner's log", ["consumer", "source"])
REFILL_SERVED = Counter("rondo_refill_served_total", "Events handed out from the owner's log", ["service"])
PROJECTION_LAG_EVENTS = Gauge(
    "rondo_projection_lag_events", "Published events that the projection has not applied", ["projection", "source"]
)
PROJECTION_LAG_SECONDS = Histogram(
    "rondo_projection_lag_seconds",
    "From recorded to committed in the read model (last of a batch)",
    ["projection"],
    buckets=_FAST,
)
PROJECTION_APPLIED = Counter("rondo_projection_applied_total", "Events applied", ["projection", "source"])
PROJECTION_FAILURES = Counter("rondo_projection_failures_total", "Batches that raised", ["projection", "source"])
PROJECTION_SET_ASIDE = Counter(
    "rondo_projection_set_aside_total", "Entries that could not be applied and were set aside", ["projection", "source"]
)
PROJECTION_GAPS = Counter(
    "rondo_projection_gaps_total", "Holes in what JetStream brought, filled from the log", ["projection", "source"]
)
REBUILD_DONE = Gauge("rondo_rebuild_done_ratio", "How much of a running rebuild is done, 0 to 1", ["projection"])
REBUILD_STILL = Gauge(
    "rondo_rebuild_still_seconds", "Since the last step of a rebuild that should run; 0 when none does", ["projection"]
)
REACTIONS = Counter("rondo_reactions_total", "Events reacted to", ["service", "source"])
REACTION_FAILURES = Counter("rondo_reaction_failures_total", "Handlers that raised", ["service", "source"])
DEAD_LETTERS = Counter("rondo_dead_letters_total", "Events put aside after repeated failures", ["service", "source"])


def stand_at_zero(*counters: Counter, labels: Sequence[str]) -> None:
    """Told from the start: of a counter that comes into being at 1 Prometheus' increase() says 0, and the alert on the
    first thing that goes wrong would be silent."""
    for counter in counters:
        counter.labels(*labels)


def exposition() -> tuple[bytes, str]:
    """The body and the content type of `GET /metrics`."""
    return generate_latest(), CONTENT_TYPE_LATEST
