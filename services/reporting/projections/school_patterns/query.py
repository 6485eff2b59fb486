"""Reads of the school_patterns tables. Each wants a connection of the district whose rows it may see."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import Presence, Rating, RoundFacts, Statement, is_judgmental
from services.reporting.projections.school_patterns.rounds import Round
from services.reporting.projections.school_patterns.sql import sql
from services.rounds.contract import ProblemOfPracticeWritten, RoundOpened, RoundReplanned
from shared.errors import Unavailable
from shared.projections.builds import use_live
from shared.said import say

NAME = "school_patterns"
NOW = 2**62
"""A place behind every log: the facts as they are."""
ALWAYS = datetime.max.replace(tzinfo=UTC)
"""A moment behind every event: what is known now."""


async def find_round(conn: Connection, round_id: UUID) -> Round | None:
    await use_live(conn, NAME)
    row = await conn.fetchrow("select * from round where round_id = $1 and not withdrawn", round_id)
    return Round(**dict(row)) if row else None


async def read_facts(conn: Connection, round_id: UUID, upto: int = NOW) -> RoundFacts | None:
    """The round's facts as of `upto` in the log of rounds; None when it was not opened by then."""
    await use_live(conn, NAME)
    opened = await conn.fetchval(
        sql("read_plan"), round_id, [RoundOpened.event_type(), RoundReplanned.event_type()], upto
    )
    if opened is None:
        return None
    plan = RoundOpened.model_validate(opened)
    written = await conn.fetchval(sql("read_plan"), round_id, [ProblemOfPracticeWritten.event_type()], upto)
    questions = ProblemOfPracticeWritten.model_validate(written).focus_question_ids if written else ()
    visits = await conn.fetch(sql("read_visits"), round_id, upto)
    rooms = {r["slot_id"]: r["classroom_id"] for r in visits}
    verdicts = await read_verdicts(conn, round_id, upto)
    return RoundFacts(
        round_id=round_id,
        school_id=plan.school_id,
        day=plan.day,
        instrument=plan.instrument,
        instrument_version=plan.instrument_version,
        focus_question_ids=questions,
        presences=tuple(Presence(r["slot_id"], r["classroom_id"], r["observer_id"]) for r in visits),
        statements=tuple(
            Statement(
                r["slot_id"],
                rooms[r["slot_id"]],
                r["observer_id"],
                r["core_element"],
                tuple(r["focus_question_ids"]),
                tuple(r["look_for_ids"]),
                is_judgmental(r["judgmental"], verdicts.get(r["statement_id"]) if verdicts else None),
                r["statement_id"],
            )
            for r in await conn.fetch(sql("read_statements"), round_id, upto)
        ),
        ratings=tuple(
            Rating(r["slot_id"], rooms[r["slot_id"]], r["observer_id"], r["look_for_id"], r["kind"], r["value"])
            for r in await conn.fetch(sql("read_ratings"), round_id, upto)
        ),
        patterns=tuple(frozenset(r["statement_ids"]) for r in await conn.fetch(sql("read_patterns"), round_id, upto)),
    )


async def facts_of(conn: Connection, round_id: UUID, place: int) -> RoundFacts:
    """What is known of a round that was released there. Raises Unavailable where the tables, complete so far, have not
    even its opening: it was set aside, and figures without it would be none."""
    found = await read_facts(conn, round_id, place)
    if found is None:
        raise Unavailable(
            say("reporting.not_opened", round=str(round_id), place=place),
            mend=say("reporting.rebuild_tables"),
        )
    return found


async def read_verdicts(conn: Connection, round_id: UUID, upto: int = NOW) -> dict[UUID, str]:
    """What the team said of each statement that it screened: "admitted" or "challenged"."""
    return {r["statement_id"]: r["verdict"] for r in await conn.fetch(sql("read_verdicts"), round_id, upto)}


async def read_rule(conn: Connection, district_id: UUID) -> Rule:
    """The district's thresholds, never below the platform's."""
    await use_live(conn, NAME)
    row = await conn.fetchrow(
        "select min_visits, min_classrooms, min_observers from district where district_id = $1 "
        "order by log_seq desc limit 1",
        district_id,
    )
    return Rule.of_district(*row) if row else Rule()


async def school_name(conn: Connection, school_id: UUID, at: datetime = ALWAYS) -> str | None:
    """The name of a school of the district that was listed at `at`, or None."""
    await use_live(conn, NAME)
    row = await conn.fetchrow(
        "select name, listed from school where school_id = $1 and recorded_at < $2 order by log_seq desc limit 1",
        school_id,
        at,
    )
    return str(row["name"]) if row and row["listed"] else None


async def schools_by_name(
    conn: Connection, after: tuple[str, UUID] | None, limit: int, at: datetime = ALWAYS
) -> list[tuple[UUID, str]]:
    await use_live(conn, NAME)
    name, school_id = after or (None, None)
    return [(r["school_id"], r["name"]) for r in await conn.fetch(sql("read_schools"), name, school_id, limit, at)]


async def end_of(conn: Connection, district_id: UUID, day: date | None) -> datetime:
    """The moment at which `day` ends in the district's time zone; without a day, a moment behind all."""
    if day is None:
        return ALWAYS
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(await zone_of(conn, district_id)))
    return midnight.astimezone(UTC)


async def zone_of(conn: Connection, district_id: UUID) -> str:
    """The district's time zone; UTC while it is not known."""
    await use_live(conn, NAME)
    zone = await conn.fetchval(
        "select timezone from district where district_id = $1 order by log_seq desc limit 1", district_id
    )
    return zone or "UTC"


async def applied(conn: Connection) -> dict[str, int]:
    """The place in the log of each source through which the live tables are complete."""
    rows = await conn.fetch(
        "select c.source, c.log_seq from projections.live as l join projections.checkpoints as c using (schema) "
        "where l.name = $1",
        NAME,
    )
    return {r["source"]: r["log_seq"] for r in rows}
