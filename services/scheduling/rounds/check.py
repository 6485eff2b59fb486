"""Is this plan possible? Every rule that forbids it, each as a sentence at its place, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

from services.scheduling.calendar.reasons import in_both
from services.scheduling.rounds.check_entered import entered_findings
from services.scheduling.rounds.commands import Begun, Facts, Plan, PlannedSlot
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.finding import Finding, finding, on_day
from shared.access import Role
from shared.said import say

SLOT_MINUTES = (15, 35)  # domain.md, "classroom slot"
TEAM_SIZE = (3, 5)  # domain.md, "team"


def findings(plan: Plan, facts: Facts) -> list[Finding]:
    """All that is wrong with `plan`, the forbidding first; empty when nothing is."""
    found = [
        *_school_and_day(plan, facts),
        *_instrument(plan, facts),
        *visit_begun(plan, facts.begun),
        *_people(plan, facts),
        *_teams(plan),
        *_slots(plan, facts),
        *_debrief(plan),
    ]
    return sorted(found, key=lambda f: not f.refuses)


def at(day: date, clock: time, timezone: str) -> datetime:
    """`clock` on `day` in the district's time zone, aware."""
    return datetime.combine(day, clock, ZoneInfo(timezone))


def _school_and_day(plan: Plan, facts: Facts) -> Iterator[Finding]:
    if facts.school_name is None:
        yield finding("unknown_school", "school_id")
        return
    day = on_day(plan.day)
    if facts.closed:
        yield finding("no_school_day", "day", day=day, why=facts.closed)
    if facts.hosting:
        yield finding("already_hosting", "day", school=facts.school_name, day=day)
    if facts.forbidden:
        yield finding("day_forbidden", "day", day=day, school=facts.school_name)
    if facts.pinned is not None and facts.pinned != plan.day:
        yield finding("round_pinned", "day", day=on_day(facts.pinned))
    if facts.early_release:
        yield finding("early_release", "day", refuses=False, day=day, why=in_both(facts.early_release))
    if facts.shortened:
        kind, why = facts.shortened
        yield finding(
            "testing_day" if kind == "testing" else "late_start",
            "day",
            code="special_day",
            refuses=False,
            day=day,
            why=in_both(why),
        )
    if plan.day < facts.today:
        yield finding("past_day", "day", refuses=False, day=day)


def _instrument(plan: Plan, facts: Facts) -> Iterator[Finding]:
    if not facts.instrument_known:
        yield finding("unknown_instrument", "instrument", name=plan.instrument, version=plan.instrument_version)


def visit_begun(plan: Plan | RoundPlanned, begun: Begun | None) -> Iterator[Finding]:
    """Where the plan leaves what its observers were told: rounds keeps to that from the visit on."""
    if begun is None:
        return
    if (plan.instrument, plan.instrument_version) != (begun.instrument, begun.instrument_version):
        name, version = begun.instrument, begun.instrument_version
        yield finding("begun_instrument", "instrument", code="visit_begun", name=name, version=version)
    if plan.day != begun.day:
        yield finding("begun_day", "day", code="visit_begun", day=on_day(begun.day))


def _people(plan: Plan, facts: Facts) -> Iterator[Finding]:
    named: list[tuple[UUID, str, Role]] = [(plan.facilitator_id, "facilitator_id", Role.FACILITATOR)]
    for t, team in enumerate(plan.teams):
        named += [(p, f"teams/{t}/observer_ids/{n}", Role.OBSERVER) for n, p in enumerate(team.observer_ids)]
    for person_id, where, role in named:
        person = facts.people.get(person_id)
        if person is None:
            yield finding("unknown_person", where)
            continue
        if plan.school_id in person.school_ids:
            school = facts.school_name or say("findings.host_school")
            yield finding("own_school", where, person=person.name, school=school)
        if person_id in facts.booked:
            day = on_day(plan.day)
            yield finding("double_booking", where, person=person.name, school=facts.booked[person_id], day=day)
        if role.value not in person.granted:
            as_what = say(f"findings.role.{role.value}")
            yield finding("no_sign_in", where, refuses=False, person=person.name, role=as_what)
    yield from entered_findings(plan, facts, named)
    times = Counter(person_id for person_id, _, _ in named)
    for person_id, where, _ in named:
        if times[person_id] > 1 and where != "facilitator_id":
            person = facts.people.get(person_id)
            yield finding("named_twice", where, person=person.name if person else say("findings.this_person"))


def _teams(plan: Plan) -> Iterator[Finding]:
    names = Counter(team.name.strip().casefold() for team in plan.teams)
    low, high = TEAM_SIZE
    for t, team in enumerate(plan.teams):
        where = f"teams/{t}"
        if names[team.name.strip().casefold()] > 1:
            yield finding("team_name_taken", f"{where}/name", team=team.name)
        if not team.observer_ids:
            yield finding("empty_team", where, team=team.name)
        elif not low <= len(team.observer_ids) <= high:
            size = len(team.observer_ids)
            yield finding("team_size", where, refuses=False, team=team.name, count=size, low=low, high=high)
        if team.timekeeper_id is not None and team.timekeeper_id not in team.observer_ids:
            yield finding("timekeeper_outside", f"{where}/timekeeper_id", team=team.name)
    if not plan.teams:
        yield finding("no_teams", "teams", refuses=False)


def _slots(plan: Plan, facts: Facts) -> Iterator[Finding]:
    if not plan.slots:
        yield finding("no_slots", "slots", refuses=False)
    sound: list[tuple[int, PlannedSlot]] = []
    for n, slot in enumerate(plan.slots):
        where = f"slots/{n}"
        if slot.team >= len(plan.teams):
            yield finding("unknown_team", f"{where}/team")
        elif slot.classroom_id not in facts.classrooms:
            yield finding("unknown_classroom", f"{where}/classroom_id")
        elif slot.ends_at <= slot.starts_at:
            yield finding("slot_backwards", f"{where}/ends_at", time=_clock(slot.ends_at))
        else:
            minutes = (at(plan.day, slot.ends_at, "UTC") - at(plan.day, slot.starts_at, "UTC")).seconds // 60
            low, high = SLOT_MINUTES
            if not low <= minutes <= high:
                begins = _clock(slot.starts_at)
                yield finding("slot_length", where, time=begins, minutes=minutes, low=low, high=high)
            sound.append((n, slot))
    for (_, a), (n, b) in combinations(sorted(sound, key=lambda s: s[1].starts_at), 2):
        if b.starts_at >= a.ends_at:
            continue
        where, room, begins = f"slots/{n}", facts.classrooms[b.classroom_id].room, _clock(b.starts_at)
        team, other = plan.teams[a.team].name, plan.teams[b.team].name
        if a.classroom_id == b.classroom_id and a.team != b.team:
            yield finding("room_taken_by_two", where, code="room_taken", team=team, other=other, room=room, time=begins)
        elif a.classroom_id == b.classroom_id:
            yield finding("room_taken", where, team=team, room=room, time=begins)
        elif a.team == b.team:
            there = facts.classrooms[a.classroom_id].room
            yield finding("team_in_two_rooms", where, team=team, other=there, room=room, time=begins)


def _clock(of: time) -> str:
    return f"{of:%H:%M}"


def _debrief(plan: Plan) -> Iterator[Finding]:
    held = plan.debrief
    if held is None:
        return
    if held.ends_at <= held.starts_at:
        yield finding("debrief_backwards", "debrief/ends_at", time=_clock(held.ends_at))
    last = max((s.ends_at for s in plan.slots), default=None)
    if last is not None and held.starts_at < last:
        yield finding("debrief_early", "debrief/starts_at", time=_clock(held.starts_at), last=_clock(last))
