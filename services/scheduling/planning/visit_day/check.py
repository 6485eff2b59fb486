"""The visit day's own checker: no solver, no code shared with the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from services.scheduling.planning.visit_day.tasks import DayPlan, VisitDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DayViolation:
    rule: str
    sentence: str
    team: str | None = None
    room: str | None = None
    slot: str | None = None


def check_day(day: VisitDay, plan: DayPlan, *, begun: bool = False) -> list[DayViolation]:
    """Every hard rule that is broken. `begun`: the least visits of a room are a wish by then."""
    return [*_people(day, plan, begun), *_rooms(day, plan, begun), *_debrief(day, plan)]


def _people(day: VisitDay, plan: DayPlan, begun: bool) -> Iterator[DayViolation]:
    names = {v.id: v.name or v.id for v in day.visitors}
    times = Counter(m for t in plan.teams for m in t.members)
    for name in names:
        if times[name] != 1:
            yield DayViolation(rule="one_team", sentence=f"{names[name]} is in {times[name]} teams, not in one.")
    for name in times.keys() - names.keys():
        yield DayViolation(rule="unknown", sentence=f"{name!r} is no visitor of this day.")
    of = {m: t.id for t in plan.teams for m in t.members}
    for team in plan.teams:
        size = len(team.members)
        if not begun and not day.smallest <= size <= day.largest:
            sentence = f"Team {team.id} has {size} people; {day.smallest} to {day.largest} are wanted."
            yield DayViolation(rule="team_size", sentence=sentence, team=team.id)
        if team.timekeeper not in team.members:
            yield DayViolation(rule="timekeeper", sentence=f"Team {team.id} has no timekeeper.", team=team.id)
    if not begun:
        for a, b in day.apart:
            if a in of and of[a] == of.get(b):
                sentence = f"{names[a]} and {names[b]} must not be together but are both in team {of[a]}."
                yield DayViolation(rule="apart", sentence=sentence, team=of[a])
        for a, b in day.together:
            if a in of and b in of and of[a] != of[b]:
                sentence = f"{names[a]} and {names[b]} must be together but are in teams {of[a]} and {of[b]}."
                yield DayViolation(rule="together", sentence=sentence, team=of[a])


def _rooms(day: VisitDay, plan: DayPlan, begun: bool) -> Iterator[DayViolation]:
    rooms = {r.id: r for r in day.rooms}
    slots = {s.id: s for s in day.slots}
    teams = {t.id for t in plan.teams}
    for visit in plan.visits:
        if visit.room not in rooms or visit.slot not in slots or visit.team not in teams:
            yield DayViolation(rule="unknown", sentence=f"A visit names what is not there: {visit}.")
            continue
        told = f"team {visit.team} in {rooms[visit.room].name or visit.room} at {slots[visit.slot].start}"
        where = {"team": visit.team, "room": visit.room, "slot": visit.slot}
        if slots[visit.slot].lunch:
            yield DayViolation(rule="lunch", sentence=f"The plan has {told}, during lunch.", **where)
        if visit.slot not in rooms[visit.room].open_slots:
            sentence = f"The plan has {told}, a prep period, lunch or absence there."
            yield DayViolation(rule="room_closed", sentence=sentence, **where)
    for (slot, room), count in Counter((v.slot, v.room) for v in plan.visits).items():
        if count > 1:
            sentence = f"{count} teams are in {room} in slot {slot}."
            yield DayViolation(rule="two_teams", sentence=sentence, room=room, slot=slot)
    for (slot, team), count in Counter((v.slot, v.team) for v in plan.visits).items():
        if count > 1:
            sentence = f"Team {team} is in {count} rooms in slot {slot}."
            yield DayViolation(rule="two_rooms", sentence=sentence, team=team, slot=slot)
    for (team, room), count in Counter((v.team, v.room) for v in plan.visits).items():
        if count > 1:
            sentence = f"Team {team} visits {room} {count} times."
            yield DayViolation(rule="same_room", sentence=sentence, team=team, room=room)
    visited = Counter(v.room for v in plan.visits)
    for wanted in day.rooms if not begun else ():
        if visited[wanted.id] < wanted.least:
            sentence = (
                f"{wanted.name or wanted.id} has {visited[wanted.id]} visits; at least {wanted.least} are wanted."
            )
            yield DayViolation(rule="least", sentence=sentence, room=wanted.id)


def _debrief(day: VisitDay, plan: DayPlan) -> Iterator[DayViolation]:
    if not day.debrief_rooms:
        return
    if plan.debrief is None:
        yield DayViolation(rule="debrief", sentence="The day has no debrief.")
        return
    room = next((r for r in day.debrief_rooms if r.id == plan.debrief.room), None)
    if room is None:
        yield DayViolation(rule="debrief", sentence=f"{plan.debrief.room} is no room for a debrief.")
        return
    people = sum(len(t.members) for t in plan.teams)
    if people > room.seats:
        yield DayViolation(rule="debrief", sentence=f"{people} people do not fit into {room.name or room.id}.")
    ends = {s.id: s.end for s in day.slots}
    last = max((ends[v.slot] for v in plan.visits if v.slot in ends), default="00:00")
    if plan.debrief.start < max(last, room.free_from):
        sentence = f"The debrief at {plan.debrief.start} begins before the last visit ends or its room is free."
        yield DayViolation(rule="debrief", sentence=sentence)
