"""JetStream as we use it: connection rules and stream declarations (subjects and headers: `shared.wire`).

JetStream is a rebuildable copy of the owners' logs. Nothing here relies on it for keeping an event.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from nats.js import JetStreamContext
from nats.js.api import RetentionPolicy, StorageType, StreamConfig, StreamInfo
from nats.js.errors import APIError, NotFoundError

from shared.wire import WireClient

log = structlog.get_logger(__name__)
DEDUP_WINDOW = 5.0
"""seconds; it trims repeats and guarantees nothing. NATS keeps every id in memory for so long: at 20,000 events/s two
minutes of them are more than the server has"""
STREAM_EXISTS = 10058


class StreamDiffers(Exception):
    """The stream exists with a configuration that we must not overwrite. `differences` names each."""

    def __init__(self, stream: str, differences: list[str]) -> None:
        super().__init__(f"JetStream's {stream} is not configured as Rondo needs it: {'; '.join(differences)}")
        self.stream, self.differences = stream, differences


def stream_name(service: str) -> str:
    return f"RONDO_{service.upper()}"


def stream_config(service: str, *, replicas: int = 1) -> StreamConfig:
    """One file-backed stream per service, without limits: who drops events drops what readers still need."""
    return StreamConfig(
        name=stream_name(service),
        subjects=[f"evt.{service}.>"],
        storage=StorageType.FILE,
        retention=RetentionPolicy.LIMITS,
        duplicate_window=DEDUP_WINDOW,
        num_replicas=replicas,
        allow_atomic=True,
        allow_direct=True,
        max_age=0,
        max_msgs=-1,
        max_bytes=-1,
        max_msgs_per_subject=-1,
    )


_SAFE_TO_UPDATE = frozenset({"duplicate_window", "num_replicas", "allow_atomic", "allow_direct"})
_COMPARED = (
    "subjects",
    "storage",
    "retention",
    "duplicate_window",
    "num_replicas",
    "allow_atomic",
    "allow_direct",
    "max_age",
    "max_msgs",
    "max_bytes",
    "max_msgs_per_subject",
)


def _differences(wanted: StreamConfig, found: StreamConfig) -> dict[str, str]:
    def plain(value: object) -> object:
        return value or (0 if value is None or value is False else value)

    return {
        name: f"{name} is {getattr(found, name)!r}, needed {getattr(wanted, name)!r}"
        for name in _COMPARED
        if plain(getattr(wanted, name)) != plain(getattr(found, name))
    }


@dataclass(frozen=True, slots=True)
class StreamState:
    """`created` tells a stream from its successor of the same name; `last_log_seq` is 0 when empty."""

    last_log_seq: int
    last_seq: int
    created: str


def end_process() -> None:
    """A connection that is closed for good cannot be mended from inside: let the supervisor start us anew."""
    signal.raise_signal(signal.SIGTERM)


class Link:
    """One connection to NATS, kept by the rules: reconnect for ever; when it is closed for good
    nevertheless (credentials withdrawn), say so and end the process."""

    def __init__(self, url: str, name: str, on_closed: Callable[[], None] = end_process) -> None:
        self.url, self._name, self._on_closed = url, name, on_closed
        self.nc = WireClient()
        self.js: JetStreamContext = self.nc.jetstream(timeout=5)
        self.lost = False
        self._stopping = False
        self._begun = False
        self._reconnected: list[Callable[[], None]] = []

    @classmethod
    async def open(cls, url: str, name: str, *, on_closed: Callable[[], None] = end_process) -> Link:
        """A connected link. Raises TimeoutError when no server answers."""
        link = cls(url, name, on_closed)
        await link.connect()
        return link

    async def connect(self, patience: float = 30.0) -> None:
        """Connects, trying for `patience` seconds. Raises TimeoutError when no server answers by then."""
        self._begun = True
        async with asyncio.timeout(patience):
            await self.nc.connect(
                servers=self.url.split(","),
                name=self._name,
                max_reconnect_attempts=-1,
                reconnect_time_wait=0.2,  # type: ignore[arg-type]  # seconds; asyncio.sleep takes it
                ping_interval=10,
                max_outstanding_pings=2,
                pending_size=0,
                error_cb=self._error,
                closed_cb=self._closed,
                reconnected_cb=self._again,
                disconnected_cb=self._disconnected,
            )

    async def _error(self, error: Exception) -> None:
        log.warning("nats error", error=repr(error))

    async def _disconnected(self) -> None:
        if not self._stopping:
            log.warning("nats disconnected")

    async def _again(self) -> None:
        log.info("nats reconnected")
        for callback in self._reconnected:
            callback()

    async def _closed(self) -> None:
        if self._stopping:
            return
        self.lost = True
        log.critical("the NATS connection is closed for good; ending the process")
        self._on_closed()

    def on_reconnect(self, callback: Callable[[], None]) -> None:
        """`callback` runs after each reconnection: whatever the server held may be gone."""
        self._reconnected.append(callback)

    @property
    def connected(self) -> bool:
        return bool(self.nc.is_connected)

    def problems(self) -> list[str]:
        if self.lost:
            return ["nats: the connection is closed for good"]
        return [] if self.connected else ["nats: not connected"]

    async def close(self) -> None:
        self._stopping = True
        if self._begun:  # nats-py cannot close what was never opened
            await self.nc.close()

    async def declare(self, config: StreamConfig) -> StreamInfo:
        """Creates the stream, or makes sure that the one that exists is as needed. What can change
        without harm is updated and logged; anything else raises StreamDiffers and stays as it is."""
        assert config.name is not None
        try:
            info = await self.js.stream_info(config.name)
        except NotFoundError:
            try:
                return await self.js.add_stream(config)
            except APIError as error:
                if error.err_code != STREAM_EXISTS:
                    raise
                info = await self.js.stream_info(config.name)
        differences = _differences(config, info.config)
        if not differences:
            return info
        if not differences.keys() <= _SAFE_TO_UPDATE:
            raise StreamDiffers(config.name, sorted(differences.values()))
        log.warning("updating a stream", stream=config.name, differences=sorted(differences.values()))
        return await self.js.update_stream(info.config.evolve(**{n: getattr(config, n) for n in differences}))

    async def stream_state(self, stream: str) -> StreamState | None:
        """What JetStream holds of the stream; None when it does not exist."""
        try:
            info = await self.js.stream_info(stream)
        except NotFoundError:
            return None
        created = str(info.created)
        last = info.state.last_seq
        if info.state.messages == 0:
            return StreamState(0, last, created)
        try:
            message = await self.js.get_msg(stream, seq=last)
        except NotFoundError:
            return StreamState(0, last, created)
        return StreamState(int((message.headers or {}).get("Log-Seq", "0")), last, created)
