"""One append as append.sql takes it and as its caller gets it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import asyncpg
from pydantic_core import to_json

from shared.errors import Invalid, KeyReused, RondoError, Unavailable
from shared.eventstore.port import NewEvent, WrongVersion
from shared.messages import AppendResult, CommandContext
from shared.said import say

APPEND = "SELECT outcome, version FROM append_events($1, $2, $3, $4, $5, $6, $7, $8, $9)"
APPEND_ONE = "SELECT append_one($1, $2, $3, $4, $5, $6, $7, $8)"
APPEND_JOINED = "SELECT numbers, heads FROM append_joined($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
PLANNING = "SET enable_seqscan = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan"
"""for all but append_events: a plan is cached, and must not remember that the table was small once"""
LOCK = "SELECT lock_streams($1)"
APPEND_EACH = "SELECT versions, kept FROM append_each($1, $2, $3, $4, $5, $6, $7, $8)"
_BETWEEN = "\x1e"


def sql(name: str) -> str:
    return (files("shared.eventstore") / name).read_text("utf-8")


class Append:
    """What a caller wants stored; `answer` is set by the group commit."""

    __slots__ = ("answer", "district_id", "events", "expected", "ids", "meta", "stream")

    def __init__(self, stream: str, events: Sequence[NewEvent], expected: int, context: CommandContext) -> None:
        if not events:
            raise ValueError("an append without events")
        self.stream = stream
        self.events = events
        self.expected = expected
        self.district_id = context.district_id
        self.ids = [e.event_id or context.event_id(n) for n, e in enumerate(events)]
        self.meta = meta_json(context)
        self.answer: asyncio.Future[AppendResult] | None = None

    def result(self, outcome: str, version: int) -> AppendResult:
        """The answer, or the refusal as an exception."""
        if outcome == "stored":
            return AppendResult(version, self.ids)
        if outcome == "duplicate":
            return AppendResult(version, self.ids, duplicate=True)
        if outcome == "conflict":
            raise WrongVersion(self.stream, self.expected, version)
        if outcome == "reused":
            raise self.reused()
        raise PermissionError(f"{self.stream} belongs to another district")

    @property
    def row(self) -> tuple[Any, ...]:
        """The arguments of append_one."""
        e = self.events[0]
        return (
            self.stream, self.expected, self.district_id, self.meta,
            self.ids[0], e.type, e.schema_version, e.data.decode(),
        )  # fmt: skip

    def reused(self) -> KeyReused:
        return KeyReused(say("errors.id_used"), mend=say("errors.new_id"))


def columns(appends: Sequence[Append]) -> tuple[list[Any], ...]:
    """The nine arrays of append_events."""
    rows = [
        (n, a.stream, a.expected, a.district_id, a.meta, i, e.type, e.schema_version, e.data.decode())
        for n, a in enumerate(appends, start=1)
        for i, e in zip(a.ids, a.events, strict=True)
    ]
    return tuple(map(list, zip(*rows, strict=True)))


def joined_columns(appends: Sequence[Append], single: bool) -> tuple[Any, ...] | None:
    """The ten arguments of append_joined, or where each is of a `single` event the eight of append_each; None where a
    text has the character that joins."""
    if single:
        events, ids = [a.events[0] for a in appends], [a.ids[0] for a in appends]
    else:
        events, ids = [e for a in appends for e in a.events], [i for a in appends for i in a.ids]
    texts = (
        _BETWEEN.join([a.stream for a in appends]),
        _BETWEEN.join([a.meta for a in appends]),
        b"\x1e".join([e.data for e in events]).decode(),
    )
    if sum(text.count(_BETWEEN) for text in texts) != 2 * len(appends) + len(events) - 3:
        return None
    of_appends = (
        texts[0],
        _once([a.expected for a in appends]),
        _once([a.district_id for a in appends]),
        texts[1],
    )
    whose: tuple[Any, ...] = ()
    if not single:
        whose = (
            [n for n, a in enumerate(appends, start=1) for _ in a.events],
            [nth for a in appends for nth in range(1, len(a.events) + 1)],
        )
    of_events = (
        _BETWEEN.join(map(str, ids)),
        _once([e.type for e in events]),
        _once([e.schema_version for e in events]),
        texts[2],
    )
    return of_appends + whose + of_events


def _once(column: list[Any]) -> list[Any]:
    return column[:1] if column.count(column[0]) == len(column) else column


def meta_json(context: CommandContext) -> str:
    command, actor = str(context.command_id), context.actor_id
    told = "" if actor is None else f',"actor_id":"{actor}"'
    meta = f'{{"correlation_id":"{context.correlation_id or command}","command_id":"{command}"{told}'
    if context.causation_id is not None:
        meta += f',"causation_id":"{context.causation_id}"'
    if context.device_time is not None:
        meta += f',"device_time":{to_json(context.device_time).decode()}'
    if context.traceparent is not None:
        meta += f',"traceparent":{to_json(context.traceparent).decode()}'
    return meta + "}"


def as_told(error: Exception, append: Append) -> Exception:
    """The error of a refused statement as the caller of this one append should see it."""
    if isinstance(error, RondoError):
        return error
    if isinstance(error, asyncpg.UniqueViolationError):
        return append.reused()
    if isinstance(error, asyncpg.InsufficientPrivilegeError):
        return PermissionError(str(error))
    if isinstance(error, asyncpg.DataError | asyncpg.CheckViolationError | UnicodeError):
        return Invalid(say("errors.text_unstorable", why=str(error)), mend=say("errors.remove_no_text"))
    if isinstance(error, asyncpg.InsufficientResourcesError):
        return Unavailable(say("errors.database_full"), mend=say("errors.try_later"))
    return error
