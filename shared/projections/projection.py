"""What a projection is. One folder per projection: project.py (this), schema.sql, query.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from asyncpg import Connection

from shared.messages import PublishedEvent


class Projection(Protocol):
    """Folds published events into tables.

    The tables of version N live in the PostgreSQL schema `<name>_v<N>`; `schema_sql` creates them with
    unqualified names (the runner sets search_path). `apply` gets a batch of one `source` service's
    events, dense and in log order, each exactly once as far as the committed tables know, inside the
    transaction that also moves the checkpoint; it must not commit. Between sources there is no order:
    a projection that joins them stores what it has and joins when asked.

    One may name sources in `folds_columns`, of whose batches it reads `shared.batch.columns` and nothing else: then a
    rebuild has their events without ids, streams and trails.
    """

    name: str
    version: int
    sources: tuple[str, ...]
    schema_sql: str

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None: ...
