"""Is this plan possible? Every rule that forbids it, each as a sentence at its place, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

from services.scheduling.rounds.check_entered import entered_findings
from services.scheduling.rounds.commands import Begun, Facts, Plan, PlannedSlot
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.finding import Finding, on_day
from shared.access import Role

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
        yield Finding(
            "unknown_school",
            "school_id",
            "The host school is not in the district's list.",
            "Choose a school from the list, or import the schools first.",
        )
        return
    if facts.closed:
        yield Finding(
            "no_school_day",
            "day",
            f"On {on_day(plan.day)} {facts.closed}.",
            "Choose a school day, or correct the calendar.",
        )
    if facts.hosting:
        yield Finding(
            "already_hosting",
            "day",
            f"{facts.school_name} hosts another round on {on_day(plan.day)}.",
            "Choose another day or another school.",
        )
    if facts.forbidden:
        yield Finding(
            "day_forbidden",
            "day",
            f"A planner keeps {on_day(plan.day)} free of rounds at {facts.school_name}.",
            "Choose another day, or free it on the planning board.",
        )
    if facts.pinned is not None and facts.pinned != plan.day:
        yield Finding(
            "round_pinned",
            "day",
            f"This round is pinned to {on_day(facts.pinned)}.",
            "Take the pin away on the planning board first.",
        )
    if facts.early_release:
        yield Finding(
            "early_release",
            "day",
            f"{on_day(plan.day)} is an early-release day ({facts.early_release}).",
            "Keep the slots to the morning.",
            refuses=False,
        )
    if facts.shortened:
        yield Finding("special_day", "day", f"{on_day(plan.day)} {facts.shortened}.", "Check the times.", refuses=False)
    if plan.day < facts.today:
        yield Finding("past_day", "day", f"{on_day(plan.day)} has passed.", "Check the year.", refuses=False)


def _instrument(plan: Plan, facts: Facts) -> Iterator[Finding]:
    if not facts.instrument_known:
        yield Finding(
            "unknown_instrument",
            "instrument",
            f"There is no published instrument “{plan.instrument}” in version {plan.instrument_version}: "
            "observers would have nothing to answer.",
            "Choose one from the list. One that was published just now is known in a moment: try again.",
        )


def visit_begun(plan: Plan | RoundPlanned, begun: Begun | None) -> Iterator[Finding]:
    """Where the plan leaves what its observers were told: rounds keeps to that from the visit on."""
    if begun is None:
        return
    if (plan.instrument, plan.instrument_version) != (begun.instrument, begun.instrument_version):
        yield Finding(
            "visit_begun",
            "instrument",
            f"The visit has begun with “{begun.instrument}” in version {begun.instrument_version}: the observers go "
            "on answering by it.",
            "Keep it in this round's plan, and take the other one with the next round.",
        )
    if plan.day != begun.day:
        yield Finding(
            "visit_begun",
            "day",
            f"The visit has begun on {on_day(begun.day)}: it stays there.",
            "Keep the day, and schedule a new round for the other one.",
        )


def _people(plan: Plan, facts: Facts) -> Iterator[Finding]:
    named: list[tuple[UUID, str, Role]] = [(plan.facilitator_id, "facilitator_id", Role.FACILITATOR)]
    for t, team in enumerate(plan.teams):
        named += [(p, f"teams/{t}/observer_ids/{n}", Role.OBSERVER) for n, p in enumerate(team.observer_ids)]
    for person_id, where, role in named:
        person = facts.people.get(person_id)
        if person is None:
            yield Finding(
                "unknown_person",
                where,
                "This person is not in the roster, or has left.",
                "Choose somebody from the roster.",
            )
            continue
        if plan.school_id in person.school_ids:
            yield Finding(
                "own_school",
                where,
                f"{person.name} works at {facts.school_name or 'the host school'}, and nobody visits their own school.",
                "Choose somebody from another school.",
            )
        if person_id in facts.booked:
            yield Finding(
                "double_booking",
                where,
                f"{person.name} is already at {facts.booked[person_id]} on {on_day(plan.day)}.",
                "Choose another day or another person.",
            )
        if role.value not in person.granted:
            yield Finding(
                "no_sign_in",
                where,
                f"{person.name} cannot sign in as {role.value} yet.",
                "Ask the district administrator to give the role before the visit.",
                refuses=False,
            )
    yield from entered_findings(plan, facts, named)
    times = Counter(person_id for person_id, _, _ in named)
    for person_id, where, _ in named:
        if times[person_id] > 1 and where != "facilitator_id":
            person = facts.people.get(person_id)
            yield Finding(
                "named_twice",
                where,
                f"{person.name if person else 'This person'} is named more than once in this round.",
                "Name each person once: as facilitator or in one team.",
            )


def _teams(plan: Plan) -> Iterator[Finding]:
    names = Counter(team.name.strip().casefold() for team in plan.teams)
    low, high = TEAM_SIZE
    for t, team in enumerate(plan.teams):
        where = f"teams/{t}"
        if names[team.name.strip().casefold()] > 1:
            yield Finding(
                "team_name_taken",
                f"{where}/name",
                f"Two teams are named {team.name}.",
                "Give each team a name of its own.",
            )
        if not team.observer_ids:
            yield Finding("empty_team", where, f"{team.name} has no observers.", "Add observers or drop the team.")
        elif not low <= len(team.observer_ids) <= high:
            yield Finding(
                "team_size",
                where,
                f"{team.name} has {len(team.observer_ids)} observers; teams of {low} to {high} work best.",
                "Move observers between the teams.",
                refuses=False,
            )
        if team.timekeeper_id is not None and team.timekeeper_id not in team.observer_ids:
            yield Finding(
                "timekeeper_outside",
                f"{where}/timekeeper_id",
                f"The timekeeper of {team.name} is not one of its observers.",
                "Choose a timekeeper from the team.",
            )
    if not plan.teams:
        yield Finding("no_teams", "teams", "No observers are named yet.", "Add at least one team.", refuses=False)


def _slots(plan: Plan, facts: Facts) -> Iterator[Finding]:
    if not plan.slots:
        yield Finding("no_slots", "slots", "No classroom slots are planned yet.", "Add classrooms.", refuses=False)
    sound: list[tuple[int, PlannedSlot]] = []
    for n, slot in enumerate(plan.slots):
        where = f"slots/{n}"
        if slot.team >= len(plan.teams):
            yield Finding(
                "unknown_team",
                f"{where}/team",
                "The slot names a team that the plan does not have.",
                "Choose one of the teams.",
            )
        elif slot.classroom_id not in facts.classrooms:
            yield Finding(
                "unknown_classroom",
                f"{where}/classroom_id",
                "The slot names a classroom that the host school does not have.",
                "Choose one of the school's classrooms, or add it first.",
            )
        elif slot.ends_at <= slot.starts_at:
            yield Finding(
                "slot_backwards",
                f"{where}/ends_at",
                f"The slot ends at {slot.ends_at:%H:%M}, before it starts.",
                "Correct the times.",
            )
        else:
            minutes = (at(plan.day, slot.ends_at, "UTC") - at(plan.day, slot.starts_at, "UTC")).seconds // 60
            low, high = SLOT_MINUTES
            if not low <= minutes <= high:
                yield Finding(
                    "slot_length",
                    where,
                    f"The slot at {slot.starts_at:%H:%M} lasts {minutes} minutes; a visit lasts {low} to {high}.",
                    "Correct the times.",
                )
            sound.append((n, slot))
    for (_, a), (n, b) in combinations(sorted(sound, key=lambda s: s[1].starts_at), 2):
        if b.starts_at >= a.ends_at:
            continue
        room = facts.classrooms[b.classroom_id].room
        if a.classroom_id == b.classroom_id:
            teams = (
                f"{plan.teams[a.team].name} and {plan.teams[b.team].name}"
                if a.team != b.team
                else plan.teams[a.team].name
            )
            yield Finding(
                "room_taken",
                f"slots/{n}",
                f"{teams} would be in {room} twice at {b.starts_at:%H:%M}.",
                "Move one of the slots.",
            )
        elif a.team == b.team:
            other = facts.classrooms[a.classroom_id].room
            yield Finding(
                "team_in_two_rooms",
                f"slots/{n}",
                f"{plan.teams[b.team].name} would be in {other} and {room} at {b.starts_at:%H:%M}.",
                "Move one of the slots.",
            )


def _debrief(plan: Plan) -> Iterator[Finding]:
    held = plan.debrief
    if held is None:
        return
    if held.ends_at <= held.starts_at:
        yield Finding(
            "debrief_backwards",
            "debrief/ends_at",
            f"The debrief ends at {held.ends_at:%H:%M}, before it starts.",
            "Correct the times.",
        )
    last = max((s.ends_at for s in plan.slots), default=None)
    if last is not None and held.starts_at < last:
        yield Finding(
            "debrief_early",
            "debrief/starts_at",
            f"The debrief begins at {held.starts_at:%H:%M}, before the last visit ends at {last:%H:%M}.",
            "Begin the debrief after the last visit.",
        )
