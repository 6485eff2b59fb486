"""What became of a round's commitments, as counts: who and what stay in the rounds service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Literal
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel, ConfigDict

from services.reporting.projections.school_patterns.query import NAME
from services.rounds.contract import CommitmentsRevisited, FollowUpSet
from shared.projections.builds import use_live

KINDS: dict[str, type[FollowUpSet | CommitmentsRevisited]] = {
    kind.event_type(): kind for kind in (FollowUpSet, CommitmentsRevisited)
}
_DUE = {"next_week": timedelta(days=7), "next_month": timedelta(days=31)}


class Standing(BaseModel):
    """One commitment of the next level of work by its place in the list. `status`: null until somebody looked again."""

    model_config = ConfigDict(frozen=True)
    number: int
    by_when: Literal["next_week", "next_month", "end_of_year"]
    status: Literal["kept", "partly", "not_yet", "given_up"] | None


@dataclass(frozen=True, slots=True)
class Commitments:
    """All of a round's. `check_on`: the day of the check that was set last, or took place (`checked`)."""

    commitments: tuple[Standing, ...]
    check_on: date | None
    checked: bool


class FollowThrough(BaseModel):
    """How many commitments a round made, and what became of them. `due`: neither kept nor given up, and their time has
    come. `checked`: the check that was agreed on took place. `open`: nobody has said yet."""

    model_config = ConfigDict(frozen=True)
    made: int
    due: int
    kept: int
    partly: int
    not_yet: int
    given_up: int
    open: int
    checked: bool


async def commitments_of(conn: Connection, round_ids: Sequence[UUID], at: datetime) -> dict[UUID, Commitments]:
    """By round, as it was known at `at`."""
    await use_live(conn, NAME)
    sql = (files(__package__) / "commitments.sql").read_text("utf-8")
    rows = await conn.fetch(sql, list(round_ids), at, list(KINDS))
    return {r["round_id"]: _read(r["type"], r["body"]) for r in rows}


def _read(kind: str, body: dict[str, Any]) -> Commitments:
    event = KINDS[kind].model_validate(body)
    return Commitments(
        tuple(Standing(number=c.number, by_when=c.by_when, status=c.status) for c in event.commitments),
        event.day,
        isinstance(event, CommitmentsRevisited) and event.held,
    )


def follow_through(told: Commitments, day: date, today: date) -> FollowThrough:
    """`day`: the round's. "End of year" is due when the year is over, which no figure knows."""
    held = told.commitments
    counts = {status: sum(c.status == status for c in held) for status in ("kept", "partly", "not_yet", "given_up")}
    return FollowThrough(
        made=len(held),
        due=sum(_is_due(c, day, today) for c in held),
        open=sum(c.status is None for c in held),
        checked=told.checked,
        **counts,
    )


def _is_due(commitment: Standing, day: date, today: date) -> bool:
    return (
        commitment.status not in ("kept", "given_up")
        and commitment.by_when in _DUE
        and day + _DUE[commitment.by_when] <= today
    )
