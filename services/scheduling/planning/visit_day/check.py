"""The visit day's own checker: no solver, no code shared with the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from services.scheduling.planning.visit_day.tasks import DayPlan, VisitDay
from shared.said import Said, say


@dataclass(frozen=True, slots=True, kw_only=True)
class DayViolation:
    rule: str
    say: Said
    team: str | None = None
    room: str | None = None
    slot: str | None = None

    @property
    def sentence(self) -> str:
        return self.say.en


def check_day(day: VisitDay, plan: DayPlan, *, begun: bool = False) -> list[DayViolation]:
    """Every hard rule that is broken. `begun`: the least visits of a room are a wish by then."""
    return [*_people(day, plan, begun), *_rooms(day, plan, begun), *_debrief(day, plan)]


def _people(day: VisitDay, plan: DayPlan, begun: bool) -> Iterator[DayViolation]:
    names = {v.id: v.name or v.id for v in day.visitors}
    times = Counter(m for t in plan.teams for m in t.members)
    for name in names:
        if times[name] != 1:
            yield DayViolation(rule="one_team", say=say("dayplans.one_team", person=names[name], count=times[name]))
    for name in times.keys() - names.keys():
        yield DayViolation(rule="unknown", say=say("dayplans.no_visitor", name=name))
    of = {m: t.id for t in plan.teams for m in t.members}
    for team in plan.teams:
        size = len(team.members)
        if not begun and not day.smallest <= size <= day.largest:
            sentence = say("dayplans.team_size", team=team.id, count=size, low=day.smallest, high=day.largest)
            yield DayViolation(rule="team_size", say=sentence, team=team.id)
        if team.timekeeper not in team.members:
            yield DayViolation(rule="timekeeper", say=say("dayplans.no_timekeeper", team=team.id), team=team.id)
    if not begun:
        for a, b in day.apart:
            if a in of and of[a] == of.get(b):
                sentence = say("dayplans.apart", a=names[a], b=names[b], team=of[a])
                yield DayViolation(rule="apart", say=sentence, team=of[a])
        for a, b in day.together:
            if a in of and b in of and of[a] != of[b]:
                sentence = say("dayplans.together", a=names[a], b=names[b], team=of[a], other=of[b])
                yield DayViolation(rule="together", say=sentence, team=of[a])


def _rooms(day: VisitDay, plan: DayPlan, begun: bool) -> Iterator[DayViolation]:
    rooms = {r.id: r for r in day.rooms}
    slots = {s.id: s for s in day.slots}
    teams = {t.id for t in plan.teams}
    for visit in plan.visits:
        if visit.room not in rooms or visit.slot not in slots or visit.team not in teams:
            sentence = say("dayplans.unknown_visit", team=visit.team, slot=visit.slot, room=visit.room)
            yield DayViolation(rule="unknown", say=sentence)
            continue
        room, start = rooms[visit.room].name or visit.room, slots[visit.slot].start
        where = {"team": visit.team, "room": visit.room, "slot": visit.slot}
        if slots[visit.slot].lunch:
            sentence = say("dayplans.lunch", team=visit.team, room=room, time=start)
            yield DayViolation(rule="lunch", say=sentence, **where)
        if visit.slot not in rooms[visit.room].open_slots:
            sentence = say("dayplans.room_closed", team=visit.team, room=room, time=start)
            yield DayViolation(rule="room_closed", say=sentence, **where)
    for (slot, room), count in Counter((v.slot, v.room) for v in plan.visits).items():
        if count > 1:
            sentence = say("dayplans.two_teams", count=count, room=room, slot=slot)
            yield DayViolation(rule="two_teams", say=sentence, room=room, slot=slot)
    for (slot, team), count in Counter((v.slot, v.team) for v in plan.visits).items():
        if count > 1:
            sentence = say("dayplans.two_rooms", team=team, count=count, slot=slot)
            yield DayViolation(rule="two_rooms", say=sentence, team=team, slot=slot)
    for (team, room), count in Counter((v.team, v.room) for v in plan.visits).items():
        if count > 1:
            sentence = say("dayplans.same_room", team=team, room=room, count=count)
            yield DayViolation(rule="same_room", say=sentence, team=team, room=room)
    visited = Counter(v.room for v in plan.visits)
    for wanted in day.rooms if not begun else ():
        if visited[wanted.id] < wanted.least:
            name = wanted.name or wanted.id
            sentence = say("dayplans.least", room=name, count=visited[wanted.id], least=wanted.least)
            yield DayViolation(rule="least", say=sentence, room=wanted.id)


def _debrief(day: VisitDay, plan: DayPlan) -> Iterator[DayViolation]:
    if not day.debrief_rooms:
        return
    if plan.debrief is None:
        yield DayViolation(rule="debrief", say=say("dayplans.no_debrief"))
        return
    room = next((r for r in day.debrief_rooms if r.id == plan.debrief.room), None)
    if room is None:
        yield DayViolation(rule="debrief", say=say("dayplans.no_such_room", room=plan.debrief.room))
        return
    people = sum(len(t.members) for t in plan.teams)
    if people > room.seats:
        yield DayViolation(rule="debrief", say=say("dayplans.room_small", people=people, room=room.name or room.id))
    ends = {s.id: s.end for s in day.slots}
    last = max((ends[v.slot] for v in plan.visits if v.slot in ends), default="00:00")
    if plan.debrief.start < max(last, room.free_from):
        sentence = say("dayplans.debrief_early", time=plan.debrief.start)
        yield DayViolation(rule="debrief", say=sentence)
