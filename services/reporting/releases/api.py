"""Released figures: of a round, of a school, of all schools; JSON and CSV."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from services.reporting.deps import Deps
from services.reporting.disclosure.rule import Hidden
from services.reporting.follow_through.counts import FollowThrough, commitments_of, follow_through
from services.reporting.projections.school_patterns.query import (
    end_of,
    find_round,
    read_rule,
    school_name,
    schools_by_name,
    zone_of,
)
from services.reporting.releases.changes import METHOD, Change, changes
from services.reporting.releases.export import MEDIA_TYPE, to_csv
from services.reporting.releases.lead import ask_next, lead
from services.reporting.releases.queries import (
    BlockedRelease,
    ReleaseLine,
    blocked_of_school,
    find_release,
    line_of,
    newest_between,
    newest_of_rounds,
    newest_of_schools,
    of_school,
    round_before,
)
from services.reporting.releases.snapshot import ReleasedTable, Sentence, Snapshot
from shared.access import Actor, Role
from shared.errors import Invalid, NotFound
from shared.http import page_key, page_token, requires
from shared.said import Said, say, together
from shared.wording import Language, Wording

RELEASED, DISTRICT = "figures.released.read", "figures.district.read"
PAGE = 100
Spoken = Annotated[Language, Field(description="of what is told in words; columns and codes stay")]


class TrendPoint(BaseModel):
    """A round's shares of visits by core element, as released."""

    model_config = ConfigDict(frozen=True)
    snapshot_id: UUID
    round_id: UUID
    release: int
    day: date
    hidden: Hidden | None
    core: tuple[ReleasedTable, ...]


class SchoolSummary(BaseModel):
    """`latest`: the newest release of the newest round; null when nothing was released yet. `lead` says in three
    sentences what was seen, how sure that is and what changed; `ask` what to ask next. `changes` compares with the
    school's round before (`before`). `trend`: each round's newest release, oldest first. All as it was known at the
    end of `as_of` (a day of the district); null: now."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID
    name: str | None
    as_of: date | None
    lead: tuple[Sentence, ...] = ()
    ask: tuple[Sentence, ...] = ()
    before: ReleaseLine | None = None
    changes: tuple[Change, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    blocked: tuple[BlockedRelease, ...] = ()
    latest: Snapshot | None
    releases: tuple[ReleaseLine, ...]


class Difference(BaseModel):
    """What a school's page told at the end of two days, and what changed between the two: the rounds released
    meanwhile, and each share of the newer state against the older."""

    model_config = ConfigDict(frozen=True)
    school_id: UUID
    name: str | None
    from_day: date
    to_day: date
    before: ReleaseLine | None
    after: ReleaseLine | None
    released_between: tuple[ReleaseLine, ...]
    method: str = METHOD
    changes: tuple[Change, ...]


class SchoolPatterns(BaseModel):
    model_config = ConfigDict(frozen=True)
    school_id: UUID
    name: str
    latest: Snapshot | None


class DistrictPatterns(BaseModel):
    """Schools by name. There is no other order: schools are not ranked."""

    model_config = ConfigDict(frozen=True)
    items: tuple[SchoolPatterns, ...]
    next: str | None


class AsOf(BaseModel):
    model_config = ConfigDict(extra="forbid")
    as_of: date | None = Field(default=None, description="as it was known when this day of the district ended")


class Term(AsOf):
    since: date | None = Field(default=None, description="rounds from this day on: a term's first day")
    until: date | None = Field(default=None, description="rounds until this day: a term's last day")

    @property
    def words(self) -> Said:
        """The filter, as the foot of a file says it."""
        days = (("from", self.since), ("until", self.until))
        ends = [say(f"reporting.csv.{word}", day=day.isoformat()) for word, day in days if day]
        return say("reporting.csv.rounds", ends=together(ends)) if ends else say("reporting.csv.none")


class WhichRelease(AsOf):
    release: int | None = Field(default=None, ge=1, le=1_000_000, description="without it, the newest")


class FileOfRelease(WhichRelease):
    language: Spoken = "en"


class FileAsOf(AsOf):
    language: Spoken = "en"


class FileOfTerm(Term):
    language: Spoken = "en"


class WhichPage(AsOf):
    after: str | None = Field(default=None, max_length=1000)
    limit: int = Field(default=50, ge=1, le=PAGE)


class Between(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    from_day: date = Field(alias="from", description="the earlier day")
    to_day: date = Field(alias="to", description="the later day")

    def in_order(self) -> None:
        """Raises Invalid."""
        if self.to_day < self.from_day:
            raise Invalid(say("reporting.days_backwards"), where="to", mend=say("reporting.earlier_first"))


def router(deps: Deps) -> APIRouter:
    api = APIRouter()

    @api.get("/rounds/{round_id}/released", response_model=Snapshot)
    async def released(
        round_id: UUID, which: Annotated[WhichRelease, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Response:
        """A release of a round, as it was frozen."""
        async with deps.db.reader(actor.district_id) as conn:
            body = await released_body(conn, round_id, which, actor)
        return same_bytes(body)

    @api.get("/rounds/{round_id}/released.csv", response_class=Response, responses=_csv_docs())
    async def released_csv(
        round_id: UUID, which: Annotated[FileOfRelease, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Response:
        """The same as CSV."""
        async with deps.db.reader(actor.district_id) as conn:
            snapshot = Snapshot.model_validate_json(await released_body(conn, round_id, which, actor))
            name = await school_name(conn, snapshot.school_id)
            words = Wording(which.language, await zone_of(conn, actor.district_id))
        text = "".join(to_csv([(name or "", snapshot)], snapshot.rule, words=words))
        return _csv(name or str(snapshot.school_id), snapshot, text)

    @api.get("/schools/{school_id}/summary", response_model=SchoolSummary)
    async def school_summary(
        school_id: UUID, known: Annotated[AsOf, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Response:
        """What was released of a school's rounds: the newest figures, and which releases there are."""
        async with deps.db.reader(actor.district_id) as conn:
            found = await _summary(conn, school_id, actor, known.as_of, deps.today())
        return same_bytes(found.as_json())

    @api.get("/schools/{school_id}/summary.csv", response_class=Response, responses=_csv_docs())
    async def school_summary_csv(
        school_id: UUID, known: Annotated[FileAsOf, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Response:
        """The newest release as CSV; without one, the same columns and a line that says so."""
        async with deps.db.reader(actor.district_id) as conn:
            found = await _summary(conn, school_id, actor, known.as_of, deps.today())
            rule = await read_rule(conn, actor.district_id)
            words = Wording(known.language, await zone_of(conn, actor.district_id))
        name, filters = found.name or str(school_id), filters_of("reporting.csv.newest_of_school", known.as_of)
        return _csv(name, found.latest, "".join(to_csv([(name, found.latest)], rule, filters, words)))

    @api.get("/schools/{school_id}/difference")
    async def school_difference(
        school_id: UUID, days: Annotated[Between, Query()], actor: Annotated[Actor, requires(RELEASED)]
    ) -> Difference:
        """What changed of a school's released figures between the ends of two days."""
        days.in_order()
        async with deps.db.reader(actor.district_id) as conn:
            then = await _summary(conn, school_id, actor, days.from_day, deps.today())
            now = await _summary(conn, school_id, actor, days.to_day, deps.today())
        old = {line.snapshot_id for line in then.releases}
        both = then.latest is not None and now.latest is not None
        return Difference(
            school_id=school_id,
            name=now.name,
            from_day=days.from_day,
            to_day=days.to_day,
            before=then.releases[0] if then.releases else None,
            after=now.releases[0] if now.releases else None,
            released_between=tuple(line for line in now.releases if line.snapshot_id not in old),
            changes=changes(then.latest, now.latest) if both and then.latest and now.latest else (),
        )

    @api.get("/district/patterns")
    async def district_patterns(
        page: Annotated[WhichPage, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> DistrictPatterns:
        """Every school's newest released figures, by the schools' names."""
        actor.require(DISTRICT, what="district")
        key = page_key(page.after, str, UUID)
        async with deps.db.reader(actor.district_id) as conn:
            at = await end_of(conn, actor.district_id, page.as_of)
            schools = await schools_by_name(conn, (key[0], key[1]) if key else None, page.limit + 1, at)
            shown = schools[: page.limit]
            newest = await newest_of_schools(conn, [school_id for school_id, _ in shown], at)
        more = page_token(shown[-1][1], shown[-1][0]) if len(schools) > page.limit else None
        return DistrictPatterns(
            items=tuple(SchoolPatterns(school_id=i, name=name, latest=newest.get(i)) for i, name in shown), next=more
        )

    @api.get("/district/patterns.csv", response_class=StreamingResponse, responses=_csv_docs())
    async def district_patterns_csv(
        term: Annotated[FileOfTerm, Query()], actor: Annotated[Actor, requires(DISTRICT)]
    ) -> StreamingResponse:
        """The same for all schools as CSV; of the rounds of a term where one is named."""
        actor.require(DISTRICT, what="district")
        async with deps.db.reader(actor.district_id) as conn:
            rule = await read_rule(conn, actor.district_id)
            at = await end_of(conn, actor.district_id, term.as_of)
            entries = [entry async for entry in all_schools(conn, at, term)]
            words = Wording(term.language, await zone_of(conn, actor.district_id))
        return StreamingResponse(
            to_csv(entries, rule, filters_of("reporting.csv.newest_of_every", term.as_of, term.words), words),
            media_type=MEDIA_TYPE,
            headers={"Content-Disposition": 'attachment; filename="district-patterns.csv"'},
        )

    return api


async def released_body(conn: Connection, round_id: UUID, which: WhichRelease, actor: Actor) -> str:
    """The JSON of a release that the actor may read. Raises NotFound."""
    found = await find_round(conn, round_id)
    body = await find_release(conn, round_id, which.release, await end_of(conn, actor.district_id, which.as_of))
    people = {Role.FACILITATOR: [found.facilitator_id] if found and found.facilitator_id else []}
    actor.require(RELEASED, what="round", school_id=found.school_id if found else None, people=people)
    if body is None:
        raise NotFound(say("errors.not_yours.round"))
    return body


@dataclass(frozen=True, slots=True)
class _Found:
    """A school's summary with the newest snapshot as it was frozen."""

    school_id: UUID
    name: str | None
    as_of: date | None
    body: str | None
    latest: Snapshot | None
    before: Snapshot | None
    trend: tuple[Snapshot, ...]
    releases: tuple[ReleaseLine, ...]
    blocked: tuple[BlockedRelease, ...]
    promised: FollowThrough | None

    def as_json(self) -> str:
        """The JSON of a SchoolSummary; the snapshot's own bytes stand in it."""
        told = self.latest
        around = SchoolSummary(
            school_id=self.school_id,
            name=self.name,
            as_of=self.as_of,
            lead=lead(told, self.before) if told else (),
            ask=ask_next(told, self.before, self.promised) if told else (),
            before=line_of(self.before) if self.before else None,
            changes=changes(self.before, told) if told and self.before else (),
            trend=tuple(_point(s) for s in self.trend),
            blocked=self.blocked,
            latest=None,
            releases=self.releases,
        )
        return around.model_dump_json(exclude={"latest"})[:-1] + f',"latest":{self.body or "null"}}}'


async def _summary(conn: Connection, school_id: UUID, actor: Actor, as_of: date | None, today: date) -> _Found:
    actor.require(RELEASED, what="school", school_id=school_id)
    at = await end_of(conn, actor.district_id, as_of)
    name = await school_name(conn, school_id, at)
    releases = await of_school(conn, school_id, at)
    own = any(school_id in actor.schools(role) for role in actor.roles)
    if name is None and not releases and not own and await school_name(conn, school_id) is None:
        raise NotFound(say("errors.not_yours.school"))
    body = await find_release(conn, releases[0].round_id, releases[0].release) if releases else None
    latest = Snapshot.model_validate_json(body) if body else None
    before = await round_before(conn, latest) if latest else None
    trend = await newest_of_rounds(conn, school_id, at) if releases else []
    blocked = tuple(await blocked_of_school(conn, school_id, at))
    promised = await promised_by(conn, latest, actor, as_of, today) if latest else None
    return _Found(school_id, name, as_of, body, latest, before, tuple(trend), tuple(releases), blocked, promised)


async def promised_by(
    conn: Connection, snapshot: Snapshot, actor: Actor, as_of: date | None, today: date
) -> FollowThrough | None:
    """What became of the round's commitments by the end of `as_of`, or by now."""
    found = await commitments_of(conn, [snapshot.round_id], await end_of(conn, actor.district_id, as_of))
    told = found.get(snapshot.round_id)
    return follow_through(told, snapshot.day, as_of or today) if told else None


def _point(snapshot: Snapshot) -> TrendPoint:
    return TrendPoint(
        snapshot_id=snapshot.snapshot_id,
        round_id=snapshot.round_id,
        release=snapshot.release,
        day=snapshot.day,
        hidden=snapshot.hidden,
        core=tuple(t for t in snapshot.tables if t.definition == "core_element.visits"),
    )


def filters_of(key: str, as_of: date | None, filters: Said | None = None) -> Said:
    """How a file says which figures it holds."""
    what = say("reporting.csv.filtered", filters=filters or say("reporting.csv.none"), what=say(key))
    return say("reporting.csv.known_on", what=what, day=as_of.isoformat()) if as_of else what


async def all_schools(
    conn: Connection, at: datetime, term: Term | None = None
) -> AsyncIterator[tuple[str, Snapshot | None]]:
    """Each school by name with its newest release, of the rounds of a term where one is named."""
    after: tuple[str, UUID] | None = None
    of_term = None
    if term is not None and (term.since or term.until):
        of_term = {s.school_id: s for s in await newest_between(conn, term.since, term.until, at)}
    while schools := await schools_by_name(conn, after, PAGE, at):
        ids = [school_id for school_id, _ in schools]
        newest = await newest_of_schools(conn, ids, at) if of_term is None else of_term
        for school_id, name in schools:
            yield name, newest.get(school_id)
        after = schools[-1][1], schools[-1][0]


def same_bytes(body: str) -> Response:
    """The same figures are the same bytes for everybody who may read them; the ETag lets a reader check it."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    return Response(body, media_type="application/json", headers={"Cache-Control": "private, no-cache", "ETag": tag})


def file_name(name: str, snapshot: Snapshot | None, kind: str) -> str:
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name).strip("-").lower() or "school"
    part = f"-{snapshot.day.isoformat()}-release-{snapshot.release}" if snapshot else ""
    return f'attachment; filename="{plain}{part}.{kind}"'


def _csv(name: str, snapshot: Snapshot | None, text: str) -> Response:
    return Response(text, media_type=MEDIA_TYPE, headers={"Content-Disposition": file_name(name, snapshot, "csv")})


def _csv_docs() -> dict[int | str, dict[str, object]]:
    return {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
