"""What a service's log looks like from outside: private domain events translated into its contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from struct import unpack
from typing import Any, get_args, get_type_hints

import msgspec
from asyncpg import Connection
from asyncpg.pgproto.pgproto import UUID

from shared.log_page import Columns
from shared.messages import ContractEvent, Event, PublishedEvent, StoredEvent, read_meta
from shared.stored_words import body_sql

Publish = Mapping[str, Callable[[StoredEvent], ContractEvent]]
"""Domain event type -> its pure translation. Types that are not named stay private."""

ALL = 2**62
_encode = msgspec.json.Encoder().encode
_encode_lines = msgspec.json.Encoder().encode_lines
_OTHER_SHAPE = (KeyError, TypeError, msgspec.DecodeError)


@dataclass(frozen=True, slots=True)
class Picked:
    """A translation for a frequent type whose contract is a choice of the stored JSON's own fields.

    `pick` makes the contract's body of the body of `kind` at its present version, at a tenth of the price of
    `otherwise`, the translation through both models, which serves older and other shapes. That both give the
    same is under test; `pick` names every field that it takes, so that nothing private slips through.
    """

    kind: type[Event]
    contract: type[ContractEvent]
    pick: Callable[[Any], Any]  # of a `shape`, or of a JSON object where there is none; gives the contract's JSON
    otherwise: Callable[[StoredEvent], ContractEvent]
    shape: type[msgspec.Struct] | None = None
    _decoder: msgspec.json.Decoder[Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        decoder = msgspec.json.Decoder(Any if self.shape is None else self.shape)
        object.__setattr__(self, "_decoder", decoder)

    def __call__(self, stored: StoredEvent) -> ContractEvent:
        return self.otherwise(stored)

    @property
    def as_kind(self) -> tuple[str, int]:
        return self.contract.__name__, self.contract.schema_version

    def body(self, schema_version: int, data: bytes) -> bytes | None:
        """The contract's JSON; None when `data` is of another shape than `pick` knows."""
        if schema_version != self.kind.schema_version:
            return None
        try:
            return _encode(self.pick(self._decoder.decode(data)))
        except _OTHER_SHAPE:
            return None

    def bodies(self, schema_version: int, lines: str) -> Sequence[bytes | None]:
        """`body` of each line, all at once."""
        if schema_version == self.kind.schema_version:
            with suppress(*_OTHER_SHAPE):
                picked = [self.pick(stored) for stored in self._decoder.decode_lines(lines)]
                return _encode_lines(picked).split(b"\n")[:-1]
        return [self.body(schema_version, line.encode()) for line in lines.split("\n")]


class _Trail(msgspec.Struct):
    """What travels on of an event's meta."""

    correlation_id: str | None = None
    traceparent: str | None = None


_trail = msgspec.json.Decoder(_Trail).decode


def sql(name: str) -> str:
    return (files("shared") / "sql" / f"{name}.sql").read_text("utf-8")


class TranslationFailed(Exception):
    """An event of the log cannot be put into the contract's words. Nothing behind it may be published."""

    def __init__(self, service: str, row: Any, error: Exception) -> None:  # Any: asyncpg's Record is untyped
        super().__init__(
            f"{service}: {row['type']} v{row['schema_version']} ({row['event_id']}, log entry {row['log_seq']}) "
            f"cannot be published: {error!r}"
        )
        self.log_seq: int = row["log_seq"]
        self.event_type: str = row["type"]


def _contract_models(translation: Callable[[StoredEvent], ContractEvent]) -> list[type[ContractEvent]] | None:
    """The contract models that the translation's return annotation names; None when it does not say."""
    if isinstance(translation, Picked):
        return [translation.contract]
    try:
        answer = get_type_hints(translation).get("return")
    except (TypeError, NameError):
        return None
    kinds = get_args(answer) or (answer,)
    models = [k for k in kinds if isinstance(k, type) and issubclass(k, ContractEvent) and k is not ContractEvent]
    return models if len(models) == len(kinds) else None


def _contract_types(translation: Callable[[StoredEvent], ContractEvent]) -> set[str] | None:
    models = _contract_models(translation)
    return None if models is None else {m.event_type() for m in models}


def _stored(row: Any) -> StoredEvent:
    return StoredEvent(
        row["event_id"],
        row["stream"],
        row["version"],
        row["type"],
        row["schema_version"],
        row["district_id"],
        row["data"],
        read_meta(row["meta"]),
        row["recorded_at"],
        row["log_seq"],
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A page as read: complete through the entry `last`; `looked_at` entries were read for it. `failed`: why the
    entry behind it cannot be given."""

    columns: Columns = field(default_factory=Columns)
    bodies: list[bytes] = field(default_factory=list)
    looked_at: int = 0
    last: int = 0
    failed: TranslationFailed | None = None


class PublishedLog:
    """Reads and translates; owns no connection."""

    def __init__(self, service: str, publish: Publish) -> None:
        self.service = service
        self.types = sorted(publish)
        self._publish = publish
        self._becomes = {name: _contract_types(translation) for name, translation in publish.items()}
        body = body_sql(
            (t.kind.event_type(), t.kind.schema_version, t.shape)
            for t in publish.values()
            if isinstance(t, Picked) and t.shape is not None
        )
        self._columns, told = (sql(f"{which}_columns").replace(":body", body) for which in ("published", "told"))
        self._read_columns = self.sql("read_published_columns")
        self._read_told = sql("read_published_columns").replace(":columns", told)
        self._read_at = sql("read_published_at")

    def sql(self, name: str) -> str:
        """A read of the log, of which `row` and `read` make pages."""
        return sql(name).replace(":columns", self._columns)

    def translate(self, row: Any) -> PublishedEvent:
        """One row of the log in the contract's words. Raises TranslationFailed."""
        event_type, schema_version = row["type"], row["schema_version"]
        translation = self._publish.get(event_type)
        data = translation.body(schema_version, row["data"]) if isinstance(translation, Picked) else None
        if data is not None:
            assert isinstance(translation, Picked)
            kind = translation.contract
        else:
            try:
                contract = self._publish[event_type](_stored(row))
                data = contract.__pydantic_serializer__.to_json(contract)
            except Exception as error:
                raise TranslationFailed(self.service, row, error) from error
            kind = type(contract)
        trail = _trail(row["meta"])
        return PublishedEvent(
            self.service,
            row["log_seq"],
            row["event_id"],
            kind.event_type(),
            kind.schema_version,
            row["stream"],
            row["version"],
            row["district_id"],
            row["recorded_at"],
            data,
            UUID(trail.correlation_id) if trail.correlation_id else None,
            trail.traceparent,
        )

    async def page(
        self,
        conn: Connection,
        after: int,
        limit: int,
        *,
        upto: int = ALL,
        types: Sequence[str] | None = None,
        told: bool = False,
    ) -> Read:
        """At most `limit` events with after < log_seq <= upto, of the contract types `types`, in its words. `told`:
        without their ids, streams and trails."""
        return await self.read(conn, await self.row(conn, after, limit, upto=upto, types=types, told=told), types)

    async def row(
        self,
        conn: Connection,
        after: int,
        limit: int,
        *,
        upto: int = ALL,
        types: Sequence[str] | None = None,
        told: bool = False,
    ) -> Any:  # asyncpg's Record is untyped
        """What `read` makes the same page of."""
        domain = None if types is None else self._domain_types(types)
        return await conn.fetchrow(self._read_told if told else self._read_columns, after, upto, limit, domain)

    async def read(self, conn: Connection, row: Any, types: Sequence[str] | None = None) -> Read:
        """The page that `row`, of shared/sql/published_columns.sql, holds."""
        if not row["types"]:
            return Read()
        bodies, kinds, kind_of = self._picked(
            list(zip(row["types"], row["schema_versions"], strict=True)), row["bodies"]
        )
        failed = await self._translate_others(conn, row["log_seqs"], bodies, kinds, kind_of)
        columns = Columns(
            row["log_seqs"], row.get("event_ids", b""), row.get("versions", b""), row["districts"], row["times"],
            row.get("correlations", b""), row.get("streams", []), row.get("traces", []), list(kinds), kind_of,
            [len(b or b"") for b in bodies],
        )  # fmt: skip
        last = unpack(">q", columns.log_seqs[-8:])[0] if failed is None else failed.log_seq - 1
        whole = len(bodies) if failed is None else bodies.index(None)
        keep = [n for n in range(whole) if types is None or columns.kinds[kind_of[n]][0] in types]
        if len(keep) < len(bodies):
            columns = columns.chosen(keep)
        return Read(columns, [b for n in keep if (b := bodies[n]) is not None], len(bodies), last, failed)

    def _picked(
        self, stored: Sequence[tuple[str, int]], lines: str
    ) -> tuple[list[bytes | None], dict[tuple[str, int], int], list[int]]:
        """The bodies that a `Picked` can make, None for the others; the contract's kinds, and which each is of."""
        bodies: list[bytes | None] = [None] * len(stored)
        kinds: dict[tuple[str, int], int] = {}
        kind_of = [0] * len(stored)
        for type_, schema_version in dict.fromkeys(stored):
            translation = self._publish[type_]
            if not isinstance(translation, Picked):
                continue
            kind = kinds.setdefault(translation.as_kind, len(kinds))
            places: Sequence[int] = range(len(stored))
            chosen = lines
            if stored.count((type_, schema_version)) < len(stored):
                places = [n for n, s in enumerate(stored) if s == (type_, schema_version)]
                apart = lines.split("\n")
                chosen = "\n".join([apart[n] for n in places])
            for n, body in zip(places, translation.bodies(schema_version, chosen), strict=True):
                bodies[n], kind_of[n] = body, kind
        return bodies, kinds, kind_of

    async def _translate_others(
        self, conn: Connection, log_seqs: bytes, bodies: list[bytes | None], kinds: dict[tuple[str, int], int],
        kind_of: list[int],
    ) -> TranslationFailed | None:  # fmt: skip
        """Fills in those that no `Picked` could, through the models."""
        seqs = unpack(f">{len(bodies)}q", log_seqs)
        missing = [n for n, body in enumerate(bodies) if body is None]
        if not missing:
            return None
        rows = await conn.fetch(self._read_at, [seqs[n] for n in missing])
        for n, row in zip(missing, rows, strict=True):
            try:
                event = self.translate(row)
            except TranslationFailed as failed:
                return failed
            bodies[n] = event.data
            kind_of[n] = kinds.setdefault((event.type, event.schema_version), len(kinds))
        return None

    def _domain_types(self, contract_types: Sequence[str]) -> list[str]:
        """The domain types that may become one of these; one whose translation does not say is read along."""
        wanted = set(contract_types)
        return [t for t in self.types if self._becomes[t] is None or wanted & (self._becomes[t] or set())]

    async def head(self, conn: Connection) -> int:
        """The newest log_seq; 0 while nothing is published."""
        return int(await conn.fetchval("select coalesce(max(log_seq), 0) from event_log"))
