"""A first rotation at once: every room is some team's, each team's rooms are matched to slots, then gaps are filled."""

from __future__ import annotations

from services.scheduling.planning.visit_day.tasks import Room, Visit, VisitDay

Taken = dict[tuple[str, str], Room]
"""By team and slot."""


def first_rotation(day: VisitDay, teams: list[str], within: dict[str, frozenset[str]] | None = None) -> list[Visit]:
    """`within`: the wings that each team keeps to. Rooms that fit nowhere lack visits."""
    slots = [s.id for s in day.slots if not s.lunch]
    taken: Taken = {}
    left: list[Room] = []
    for team, rooms in _shared_out(day, teams, within).items():
        for room in rooms:
            if not _place(taken, slots, team, room, set()):
                left.append(room)
    for room in left:
        fitting = [t for t in teams if not _has(taken, slots, t, room) and (within is None or room.wing in within[t])]
        any(_place(taken, slots, team, room, set()) for team in fitting)
    for team in teams:
        _fill(day, taken, slots, team, within[team] if within else None)
    return [Visit(team=team, slot=slot, room=room.id) for (team, slot), room in taken.items()]


def _shared_out(day: VisitDay, teams: list[str], within: dict[str, frozenset[str]] | None) -> dict[str, list[Room]]:
    """Each room to as many teams as it must have visits, neighbours to one team."""
    rooms = sorted(day.rooms, key=lambda r: (len(r.wing), r.wing, r.id))
    shares: dict[str, list[Room]] = {t: [] for t in teams}
    seats = [room for turn in range(max((r.least for r in rooms), default=0)) for room in rooms if room.least > turn]
    for n, room in enumerate(seats):
        fitting = [t for t in teams if (within is None or room.wing in within[t]) and room not in shares[t]]
        if within is None and (one := teams[n * len(teams) // len(seats)]) in fitting:
            shares[one].append(room)
        elif fitting:
            shares[min(fitting, key=lambda t: len(shares[t]))].append(room)
    return shares


def _has(taken: Taken, slots: list[str], team: str, room: Room) -> bool:
    return any(taken.get((team, s)) == room for s in slots)


def _place(taken: Taken, slots: list[str], team: str, room: Room, tried: set[str]) -> bool:
    """Gives the room a slot of the team, moving the team's other rooms where that helps."""
    others = {s for (t, s), r in taken.items() if r == room and t != team}
    for free_only in (True, False):
        for slot in slots:
            if slot not in room.open_slots or slot in others or slot in tried:
                continue
            held = taken.get((team, slot))
            if free_only and held is not None:
                continue
            if held is not None:
                tried.add(slot)
                if not _place(taken, slots, team, held, tried):
                    continue
            taken[team, slot] = room
            return True
    return False


def _fill(day: VisitDay, taken: Taken, slots: list[str], team: str, wings: frozenset[str] | None) -> None:
    wing = next((taken[team, s].wing for s in slots if (team, s) in taken), "")
    seen = {taken[team, s].id for s in slots if (team, s) in taken}
    for slot in slots:
        if (held := taken.get((team, slot))) is not None:
            wing = held.wing
            continue
        full = {r.id for (_, s), r in taken.items() if s == slot}
        free = [
            r
            for r in day.rooms
            if slot in r.open_slots and r.id not in full | seen and (wings is None or r.wing in wings)
        ]
        if free:
            room = taken[team, slot] = min(free, key=lambda r: (r.wing != wing, r.id))
            wing = room.wing
            seen.add(room.id)
