"""What a service has reacted to, in its own database: the truth behind the durable consumer."""

from __future__ import annotations

from shared.database import Database
from shared.messages import PublishedEvent
from shared.published_log import sql


class ReactionLog:
    def __init__(self, db: Database, source: str) -> None:
        self._db, self._source = db, source

    @staticmethod
    async def prepare(db: Database) -> None:
        async with db.system() as conn:
            await conn.execute("select pg_advisory_xact_lock(hashtext('rondo reactions schema'))")
            await conn.execute(sql("reactions_schema"))

    async def checkpoint(self) -> int:
        """Every event of our types through this log_seq is handled, or put aside."""
        async with self._db.connection() as conn:
            found = await conn.fetchval("select log_seq from reaction_checkpoints where source = $1", self._source)
        return int(found or 0)

    async def advance(self, log_seq: int) -> None:
        async with self._db.connection() as conn:
            await conn.execute(
                "insert into reaction_checkpoints (source, log_seq) values ($1, $2) on conflict (source) do update "
                "set log_seq = excluded.log_seq, failing = null, attempts = 0 "
                "where reaction_checkpoints.log_seq < excluded.log_seq",
                self._source,
                log_seq,
            )

    async def failed(self, log_seq: int) -> int:
        """Counts a failed try of the event, and returns how many there were."""
        async with self._db.connection() as conn:
            return int(
                await conn.fetchval(
                    "insert into reaction_checkpoints as c (source, failing, attempts) values ($1, $2, 1) "
                    "on conflict (source) do update set failing = excluded.failing, "
                    "attempts = case when c.failing = excluded.failing then c.attempts + 1 else 1 end "
                    "returning attempts",
                    self._source,
                    log_seq,
                )
            )

    async def put_aside(self, event: PublishedEvent, error: Exception) -> None:
        """Stores the dead letter and goes on behind it, in one transaction."""
        async with self._db.system() as conn:
            await conn.execute(
                "insert into dead_letters (source, log_seq, event_id, type, error) values ($1, $2, $3, $4, $5) "
                "on conflict do nothing",
                self._source,
                event.log_seq,
                event.event_id,
                event.type,
                repr(error)[:2000],
            )
            await conn.execute(
                "update reaction_checkpoints set log_seq = greatest(log_seq, $2), failing = null, attempts = 0 "
                "where source = $1",
                self._source,
                event.log_seq,
            )

    async def is_aside(self, log_seq: int) -> bool:
        async with self._db.connection() as conn:
            return bool(
                await conn.fetchval(
                    "select exists (select from dead_letters where source = $1 and log_seq = $2)", self._source, log_seq
                )
            )

    async def is_told(self, name: str) -> bool:
        """Whether what came later under this name was told of all before it."""
        async with self._db.connection() as conn:
            return bool(
                await conn.fetchval(
                    "select exists (select from reactions_told where source = $1 and name = $2)", self._source, name
                )
            )

    async def told(self, name: str) -> None:
        async with self._db.connection() as conn:
            await conn.execute(
                "insert into reactions_told (source, name) values ($1, $2) on conflict do nothing", self._source, name
            )

    async def settle(self, log_seq: int) -> bool:
        """It was reacted to after all, or given up. False when it was not aside."""
        async with self._db.connection() as conn:
            done = await conn.execute(
                "delete from dead_letters where source = $1 and log_seq = $2", self._source, log_seq
            )
        return bool(done == "DELETE 1")
