"""What became of a round's commitments, as counts: who and what stay in the rounds service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel, ConfigDict

from services.reporting.projections.school_patterns.query import NAME
from shared.projections.builds import use_live

_DUE = {"next_week": timedelta(days=7), "next_month": timedelta(days=31)}


class Standing(BaseModel):
    """One commitment of the next level of work by its place in the list. `status`: null until somebody looked again."""

    model_config = ConfigDict(frozen=True)
    number: int
    by_when: str
    status: str | None


class FollowThrough(BaseModel):
    """How many commitments a round made, how many are due by now, and what became of them. `checked`: the check that
    was agreed on took place. `open`: nobody has said yet."""

    model_config = ConfigDict(frozen=True)
    made: int
    due: int
    kept: int
    partly: int
    not_yet: int
    given_up: int
    open: int
    checked: bool


async def commitments_of(
    conn: Connection, round_ids: Sequence[UUID], at: datetime
) -> dict[UUID, tuple[tuple[Standing, ...], bool]]:
    """By round: its commitments, and whether the check took place."""
    await use_live(conn, NAME)
    sql = (files(__package__) / "commitments.sql").read_text("utf-8")
    rows = await conn.fetch(sql, list(round_ids), at)
    return {r["round_id"]: (_standing(r["body"]), bool(r["body"].get("held"))) for r in rows}


def _standing(body: dict[str, Any]) -> tuple[Standing, ...]:
    return tuple(Standing.model_validate(c) for c in body.get("commitments", ()))


def follow_through(commitments: Iterable[Standing], checked: bool, day: date, today: date) -> FollowThrough:
    """`day`: the round's. "End of year" is due when the year is over, which no figure knows."""
    held = list(commitments)
    counts = {status: sum(c.status == status for c in held) for status in ("kept", "partly", "not_yet", "given_up")}
    return FollowThrough(
        made=len(held),
        due=sum(c.by_when in _DUE and day + _DUE[c.by_when] <= today for c in held),
        open=sum(c.status is None for c in held),
        checked=checked,
        **counts,
    )
