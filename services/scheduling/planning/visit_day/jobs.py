"""The worker's jobs of a visit day: planned anew, or repaired while it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import msgspec

from services.scheduling.planning.messages import Progress
from services.scheduling.planning.plan import gap_of
from services.scheduling.planning.visit_day.first import first_rotation
from services.scheduling.planning.visit_day.rotation import Found, Rotation, Solved, cheaper
from services.scheduling.planning.visit_day.tasks import (
    DayChange,
    DayPlan,
    DayRepair,
    DayRepairTask,
    Debrief,
    NoDayPlan,
    Team,
    Visit,
    VisitDay,
)
from services.scheduling.planning.visit_day.teams import count_of_teams, form
from services.scheduling.planning.visit_day.wings import Kept, keep
from services.scheduling.planning.worker import Told
from shared.said import Said, say

NEAR_SECONDS = 10.0
"""Of search at most for a day on which teams keep to a few wings: where the whole search begins."""
REPAIR_SECONDS = 0.8
"""After which no second search is begun, nor gone on with: the day is running."""


def plan_day(task: bytes, told: Told) -> DayPlan | NoDayPlan:
    day = msgspec.json.decode(task, type=VisitDay)
    formed = (day.formed, {}, 0.0) if day.formed else form(day, min(told.left, 3.0))
    if formed is None:
        words = say("dayplans.no_teams", people=len(day.visitors), count=count_of_teams(day))
        return NoDayPlan(sentences=[words])
    teams, costs, bound = formed
    names = [t.id for t in teams]
    if reasons := _too_few(day, len(names)):
        return NoDayPlan(sentences=reasons)
    kept = keep(day, len(names))
    least = kept.bound if kept else 0.0
    rotation = Rotation(day, names, bound=least)
    known = [list(k.visits) for k in day.known if len(k.teams) == len(names)]
    best: Solved | None = None
    for visits in (first_rotation(day, names), *known):
        best = cheaper(best, rotation.begin(visits))
    if best is not None:
        _hears(told, costs, bound, proved=least)(best.visits, best.parts, least)
    if kept is not None and (best is None or best.cost > least) and not told.stopping:
        near = _near(day, names, kept, min(NEAR_SECONDS, told.left / 2), told)
        best = cheaper(best, rotation.begin(near))
        if best is not None:
            _hears(told, costs, bound, proved=least)(best.visits, best.parts, least)
    if best is not None:
        rotation.begin(best.visits)
    if best is None or (best.cost > least and not told.stopping):
        found = rotation.solve(told.left, told, _hears(told, costs, bound))
        least = max(least, found.bound if found else 0.0)
        best = cheaper(best, found)
    if best is None:
        why = say("dayplans.no_plan" if rotation.impossible else "dayplans.no_plan_in_time")
        return NoDayPlan(sentences=[why, _scarce(day)])
    return _plan(day, teams, best.visits, best.parts | costs, least + bound)


def _near(day: VisitDay, names: list[str], kept: Kept, seconds: float, told: Told) -> list[Visit]:
    """A rotation in which each team keeps to its wings, looked for by groups of teams that share wings."""
    visits: list[Visit] = []
    until = told.seconds + seconds
    groups = kept.groups()
    for n, (wings, teams) in enumerate(groups):
        part = replace(day, rooms=tuple(r for r in day.rooms if r.wing in wings))
        within = {names[t]: kept.sets[t] for t in teams}
        search = Rotation(part, list(within), within=within)
        first = first_rotation(part, list(within), within)
        search.begin(first)
        share = min(told.left, (until - told.seconds) / (len(groups) - n))
        found = search.solve(share, told, enough=sum(kept.costs[t] for t in teams))
        visits += found.visits if found else first
    return visits


def repair_day(task: bytes, told: Told) -> DayRepair | NoDayPlan:
    given = msgspec.json.decode(task, type=DayRepairTask)
    day = _after(given)
    order = [s.id for s in day.slots]
    begun = set(order[: order.index(given.now)]) if given.now is not None else set()
    old = list(given.plan.visits)
    teams = tuple(_without(t, given.visitors_out) for t in given.plan.teams)
    teams = tuple(t for t in teams if t.members)
    names = [t.id for t in teams]
    old = [v for v in old if v.team in names]
    open_slots = {r.id: set(r.open_slots) for r in day.rooms}
    ahead = [v for v in old if v.slot not in begun]
    broken = [v for v in ahead if v.slot not in open_slots.get(v.room, set())]
    hit = {v.team for v in broken}
    found = None
    stays = [v for v in ahead if v not in broken]
    past = [v for v in old if v.slot in begun]
    for held in (stays, [v for v in stays if v.team not in hit]):
        rotation = Rotation(day, names, fixed=past, begun=begun, old=old, held=held, soft=True)
        rotation.begin(found.visits if found else [*past, *stays])
        left = REPAIR_SECONDS - told.seconds if found else told.left
        found = cheaper(found, rotation.solve(min(told.left, left), told))
        if (found is not None and len(found.visits) >= len(old)) or told.seconds > REPAIR_SECONDS:
            break  # nobody stands in the corridor: no other visit need move
    if found is None:
        return NoDayPlan(sentences=[say("dayplans.not_repaired_in_time")])
    visits = found.visits
    plan = _plan(day, teams, visits, found.parts, found.bound)
    few = [t for t in teams if len(t.members) < day.smallest]
    notes = [say("dayplans.people_left", team=t.id, count=len(t.members)) for t in few]
    plan = replace(plan, notes=(*plan.notes, *notes))
    before = {(v.team, v.slot): v.room for v in given.plan.visits}
    after = {(v.team, v.slot): v.room for v in visits}
    changes = tuple(
        DayChange(team=t, slot=s, before=before.get((t, s)), after=after.get((t, s)))
        for t, s in sorted({*before, *after}, key=lambda k: (order.index(k[1]), k[0]))
        if before.get((t, s)) != after.get((t, s))
    )
    return DayRepair(plan=plan, changes=changes, teams_told=tuple(sorted({c.team for c in changes})))


def _after(given: DayRepairTask) -> VisitDay:
    out = {o.room: set(o.slots) for o in given.rooms_out}
    order = [s.id for s in given.day.slots]
    past = set(order[: order.index(given.now)]) if given.now is not None else set()
    rooms = tuple(
        replace(r, open_slots=tuple(s for s in r.open_slots if s in past or (out[r.id] and s not in out[r.id])))
        if r.id in out
        else r
        for r in given.day.rooms
    )
    visitors = tuple(v for v in given.day.visitors if v.id not in given.visitors_out)
    return replace(given.day, rooms=rooms, visitors=visitors)


def _without(team: Team, out: tuple[str, ...]) -> Team:
    members = tuple(m for m in team.members if m not in out)
    keeper = team.timekeeper if team.timekeeper in members else next(iter(members), "")
    return replace(team, members=members, timekeeper=keeper)


def _hears(told: Told, costs: dict[str, float], bound: float, *, proved: float | None = None) -> Found:
    """`proved`: what is known of all rotations, where the search is of some."""

    def hear(visits: list[Visit], parts: dict[str, float], rotation_bound: float) -> None:
        parts = {k: v for k, v in (parts | costs).items() if v}
        cost, least = sum(parts.values()), (max(rotation_bound, 0.0) if proved is None else proved) + bound
        told.say(
            Progress(
                seconds=round(told.seconds, 3), doing="rotation", cost=cost, parts=parts, bound=least,
                gap=gap_of(cost, least),
            )
        )  # fmt: skip

    return hear


def _plan(
    day: VisitDay, teams: tuple[Team, ...], visits: list[Visit], parts: dict[str, float], bound: float
) -> DayPlan:
    order = {s.id: n for n, s in enumerate(day.slots)}
    visits = sorted(visits, key=lambda v: (order[v.slot], v.team))
    debrief, notes = _debrief(day, teams, visits)
    parts = {k: v for k, v in sorted(parts.items()) if v}
    return DayPlan(
        teams=teams,
        visits=tuple(visits),
        debrief=debrief,
        parts=parts,
        cost=sum(parts.values()),
        bound=bound,
        notes=notes,
    )


def _debrief(day: VisitDay, teams: tuple[Team, ...], visits: list[Visit]) -> tuple[Debrief | None, tuple[Said, ...]]:
    """The earliest time in a room that holds everybody, after the last visit; the smallest such room."""
    if not day.debrief_rooms:
        return None, ()
    people = sum(len(t.members) for t in teams)
    ends = {s.id: s.end for s in day.slots}
    last = max((ends[v.slot] for v in visits), default="00:00")
    fitting = [r for r in day.debrief_rooms if r.seats >= people]
    if not fitting:
        return None, (say("dayplans.no_debrief_room", people=people),)
    room = min(fitting, key=lambda r: (max(last, r.free_from), r.seats, r.id))
    start = max(last, room.free_from)
    minutes = int(start[:2]) * 60 + int(start[3:]) + day.debrief_minutes
    return Debrief(room=room.id, start=start, end=f"{minutes // 60:02}:{minutes % 60:02}"), ()


def _too_few(day: VisitDay, teams: int) -> list[Said]:
    """Rooms that cannot have their least visits, whatever the rotation."""
    slots = {s.id for s in day.slots if not s.lunch}
    found = [
        say("dayplans.room_few", room=r.name or r.id, slots=n, least=r.least)
        for r in day.rooms
        if (n := min(len(slots & set(r.open_slots)), teams)) < r.least
    ]
    wanted, seats = sum(r.least for r in day.rooms), len(slots) * teams
    if wanted > seats:
        found.append(say("dayplans.seats_few", teams=teams, seats=seats, slots=len(slots), wanted=wanted))
    return found


def _scarce(day: VisitDay) -> Said:
    slots = Counter(s for r in day.rooms for s in r.open_slots)
    least = min((s for s in day.slots if not s.lunch), key=lambda s: slots[s.id])
    return say("dayplans.scarcest", time=least.start, count=slots[least.id])
