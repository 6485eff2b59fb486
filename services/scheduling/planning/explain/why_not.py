"""Where there is no plan: the few rules that collide, and the cheapest things to give up, several ways.

The core comes from assumptions with presolve off (a presolved core can be wrong: or-tools issue 5141); members that
are not needed are deleted one by one. The elastic model is a second one: it asks what, not why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from services.scheduling.planning.document import from_json
from services.scheduling.planning.explain.relax import Explanation, Relaxation, Rule, apply
from services.scheduling.planning.explain.rules import Rules, Soft
from services.scheduling.planning.explain.words import given_up, instead, more_a_day, more_in_a_region, nearer
from services.scheduling.planning.greedy import place
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.worker import Told
from shared.said import Said, say, together

OPTIONS = 3
FEW_ROUNDS = 60
"""Of so many the cheapest way for all of the district together is worth its time."""
TOLD = 3
"""Rules that are told while the ways out are searched for."""
FEW_GIVEN_UP = 2
"""Rounds that an option may give up where another does not give up more."""
BRIEFLY = 0.5
"""Of the solver's own seconds for one more way beside one that is known."""
KEPT = 0.3
"""Of the time, for ways out that need no search: whatever the machine does beside, there is one to offer."""
_DISTRICT = say("collisions.district")
MANY = 12
"""Of so many rules each is tried whether the collision needs it."""


def explain(task: bytes, told: Told) -> Explanation:
    view = Indexed(from_json(task))
    every = list(range(len(view.rounds)))
    for group in _groups(view):
        if len(group) < len(every) and _fits(view, group):
            continue
        told.doing("core", view.schools[view.host[group[0]]].name if len(group) < len(every) else _DISTRICT)
        if (core := _core(view, group, told)) is not None:
            rules, minimal = core
            told.doing("relaxations", _in_short(rules))
            host = int(view.host[group[0]]) if len(group) < len(every) else None
            known = _more_at_once(view, told) if host is None else (near,) if (near := _nearer(view, host)) else None
            found = _options(view, group, told, known)
            elsewhere = None if host is None else _at_schools(view, told, host)
            options = _ranked([_whole(view, option, elsewhere, told) for option in found])
            if not options and (last := _fewer(view)):
                options = (last,)
            return Explanation(possible=False, rules=tuple(rules), minimal=minimal, options=options)
    return Explanation(possible=True)


def _in_short(rules: list[Rule]) -> Said:
    """The rules for whoever waits for the ways out."""
    more = [say("collisions.more_rules", count=len(rules) - TOLD)] if len(rules) > TOLD else []
    return together([*(rule.say for rule in rules[:TOLD]), *more])


def _groups(view: Indexed) -> list[list[int]]:
    """Where to look: at schools by themselves first, for their collisions are the easiest to tell; then at all."""
    hard = [list(own) for _, own in sorted(view.by_host.items())]
    every = list(range(len(view.rounds)))
    return [*hard, every] if not (place(view) >= 0).all() or _too_few_leaders(view) else []


def _too_few_leaders(view: Indexed) -> bool:
    most = view.instance.limits.facilitator_rounds
    return most is not None and int(view.facilitates.sum()) * most < len(view.rounds)


def _whole(
    view: Indexed, option: tuple[Relaxation, ...], elsewhere: tuple[Relaxation, ...] | None, told: Told
) -> tuple[Relaxation, ...]:
    """The option, with what else the district must give up then; nothing where that was not found in time.

    `elsewhere`: what all other schools must give up by themselves, which an option about one school leaves as it is.
    """
    if elsewhere is None or any(one.kind in _DISTRICTS for one in option):
        elsewhere = _at_schools(Indexed(apply(view.instance, list(option))), told)
    if elsewhere is None:
        return ()
    given = [*option, *elsewhere]
    rest = Indexed(apply(view.instance, given))
    if not _groups(rest):
        return tuple(_merged(given))
    way = _more_at_once(rest, told)
    if way is None or len(rest.rounds) <= FEW_ROUNDS:
        cheaper = None if way is None else sum(r.cost for r in way)
        way = _least(rest, list(range(len(rest.rounds))), told, 10 if way is None else BRIEFLY, cheaper) or way
    return () if way is None else tuple(_merged([*given, *way]))


def _more_at_once(view: Indexed, told: Told) -> tuple[Relaxation, ...] | None:
    """So many more rounds on one day, in the district and in a region, that a first plan has room; None where room on
    a day is not what lacks, or time ran out."""
    limits = view.instance.limits

    def more(by: int) -> tuple[Relaxation, ...]:
        day, region = limits.rounds_per_day, limits.rounds_per_day_region
        found = [] if day is None else [more_a_day(day, by)]
        return (*found, *([] if region is None else [more_in_a_region(region, by)]))

    def room(by: int) -> bool:
        return not _groups(Indexed(apply(view.instance, list(more(by)))))

    least, most = 1, len(view.rounds)
    if not more(1) or told.stopping or not room(most):
        return None
    while least < most and not told.stopping:
        by = (least + most) // 2
        least, most = (least, by) if room(by) else (by + 1, most)
    return more(most)


_DISTRICTS = ("closed_day", "rounds_per_day", "rounds_per_day_region", "facilitator_rounds")


def _at_schools(view: Indexed, told: Told, but: int | None = None) -> tuple[Relaxation, ...] | None:
    """What each school must give up for its own rounds; None where time ran out."""
    given: list[Relaxation] = []
    for host, own in sorted(view.by_host.items()):
        if host == but or _fits(view, own):
            continue
        near = _nearer(view, host)
        more = _least(view, list(own), told, BRIEFLY, near.cost) or (near,) if near else _least(view, list(own), told)
        if more is None:
            return None
        given += more
    return tuple(given)


def _nearer(view: Indexed, host: int) -> Relaxation | None:
    """The school's rounds nearer to each other by as little as gives each a day; None where that does not."""
    own = view.by_host[host]
    gap = max(view.rounds[r].gap for r in own[1:]) if len(own) > 1 else 0

    def fit(by: int) -> bool:
        return _fits(Indexed(apply(view.instance, [nearer(view, host, gap, by)])), list(own))

    least, most = 1, gap - 1
    if most < 1 or not fit(most):
        return None
    while least < most:
        by = (least + most) // 2
        least, most = (least, by) if fit(by) else (by + 1, most)
    return nearer(view, host, gap, most)


def _fewer(view: Indexed) -> tuple[Relaxation, ...] | None:
    """The rounds that a first plan finds no day for are given up: a way that needs no search, where none was found in
    time; None where it is leaders that lack."""
    given = [given_up(view, int(r)) for r in np.flatnonzero((place(view) < 0) & ~view.stays)]
    return tuple(given) if given and not _groups(Indexed(apply(view.instance, given))) else None


def _fits(view: Indexed, rounds: list[int]) -> bool:
    """Whether a school's rounds have days by themselves, each on the earliest that the one before leaves it."""
    most = view.instance.limits.facilitator_rounds
    if most is not None and int(view.facilitates.sum()) * most < len(rounds):
        return False
    reached = np.iinfo(np.int64).min
    for turn, r in enumerate(rounds):
        room = (view.day_left > 0) & (view.region_left[view.region[view.host[r]]] > 0)
        days = np.flatnonzero(view.day_ok[r] & room & (view.school_day >= reached))
        if len(days) == 0:
            return False
        if turn + 1 < len(rounds):
            reached = int(view.school_day[days[0]]) + max(view.rounds[rounds[turn + 1]].gap, 1)
    return True


def _least(
    view: Indexed, rounds: list[int], told: Told, seconds: float = 10, cheaper: float | None = None
) -> tuple[Relaxation, ...] | None:
    """The cheapest set that makes these rounds possible, empty where they are; None where none was found in time, or
    none is `cheaper` than what is known already: then the search is soon at its end."""
    if told.left <= told.limit * KEPT:
        return None
    rules = Rules(view, rounds, elastic=True)
    if cheaper is not None:
        rules.model.add(sum(soft.price * soft.amount for soft in rules.soft) <= int(np.ceil(cheaper)) - 1)
    solver = _solver(told, seconds, presolve=True)
    return _said(_used(rules, solver)) if solver.solve(rules.model) in _SOLVED else None


_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _used(rules: Rules, solver: cp_model.CpSolver) -> list[tuple[Soft, int]]:
    return [(soft, amount) for soft in rules.soft if (amount := int(solver.value(soft.amount))) > 0]


def _said(used: list[tuple[Soft, int]]) -> tuple[Relaxation, ...]:
    return tuple(_merged([soft.said(amount) for soft, amount in used]))


def _solver(told: Told, seconds: float, *, presolve: bool) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.cp_model_presolve = presolve
    solver.parameters.max_deterministic_time = seconds  # the solver's own measure: a busy machine answers the same
    solver.parameters.max_time_in_seconds = max(0.05, told.left - told.limit * KEPT)
    return solver


def _core(view: Indexed, rounds: list[int], told: Told, *, reduced: bool = True) -> tuple[list[Rule], bool] | None:
    """None where the rules do not collide."""
    rules = Rules(view, rounds, elastic=False)
    literals = [guard for guard, _ in rules.guards]
    by_index = {guard.index: (guard, rule) for guard, rule in rules.guards}

    def solve(assumed: list[Any], seconds: float) -> tuple[int, list[int]]:
        rules.model.clear_assumptions()
        rules.model.add_assumptions(assumed)
        solver = _solver(told, seconds, presolve=False)
        status = solver.solve(rules.model)
        found = list(solver.sufficient_assumptions_for_infeasibility()) if status == cp_model.INFEASIBLE else []
        return int(status), found

    if (few := rules.places.few()) is not None:
        core = [by_index[i] for i in few]
        if len(rounds) == len(view.rounds):
            guard, last = core[-1]
            core[-1] = guard, replace(last, say=together([last.say, _too_many(rules, few)]))
        told.doing("relaxations", _in_short([rule for _, rule in core]))
        if len(core) == 1:
            return [core[0][1]], True
        rules.complete()
        return _one_by_one(rules, core, told)
    rules.complete()
    if len(rounds) < len(view.rounds):
        status, found = solve(literals, 30)
        if status != cp_model.INFEASIBLE:
            return None
        core = [by_index[i] for i in found] if found else list(rules.guards)
    else:
        if _counted(rules, rules.guards, told, 10) != cp_model.INFEASIBLE:
            return None
        core = _kinds(rules, told)
        status, found = solve([guard for guard, _ in core], 1)
        if status != cp_model.INFEASIBLE:
            return _one_by_one(rules, core, told)
        core = [by_index[i] for i in found] if found else core
    minimal, n = True, 0
    while reduced and n < len(core):
        rest = core[:n] + core[n + 1 :]
        status, smaller = solve([guard for guard, _ in rest], 2)
        if status == cp_model.INFEASIBLE and (kept := [pair for pair in rest if pair[0].index in smaller]):
            core, n = kept, min(n, len(kept))
            continue
        minimal &= status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        n += 1
    return [rule for _, rule in core], minimal


def _too_many(rules: Rules, held: list[int]) -> Said:
    asked = len(rules.rounds)
    if not rules.places.alone.isdisjoint(held) or not rules.dates:
        return say("collisions.asked", count=asked)
    room = rules.places.room(held) or say("collisions.none")
    return say("collisions.asked_room", count=asked, first=rules.dates[0], last=rules.dates[-1], room=room)


def _counted(rules: Rules, guards: list[tuple[Any, Rule]], told: Told, seconds: float) -> int:
    """The status where these rules hold: fixed, not assumed, so that presolve and the relaxation count places, which a
    search by assumptions does not do in any time where there are more rounds than places for them."""
    model = rules.model.clone()
    model.clear_assumptions()
    model.add_bool_and([model.get_bool_var_from_proto_index(guard.index) for guard, _ in guards])
    solver = _solver(told, seconds, presolve=True)
    solver.parameters.linearization_level = 2
    return int(solver.solve(model))


def _kinds(rules: Rules, told: Told) -> list[tuple[Any, Rule]]:
    """The guards without whole kinds of rules that the collision does not need."""
    core = list(rules.guards)
    for kind in dict.fromkeys(rule.rule for _, rule in rules.guards):
        rest = [pair for pair in core if pair[1].rule != kind]
        if rest and len(rest) < len(core) and _counted(rules, rest, told, 2) == cp_model.INFEASIBLE:
            core = rest
    return core


def _one_by_one(rules: Rules, core: list[tuple[Any, Rule]], told: Told) -> tuple[list[Rule], bool]:
    """Up to MANY rules by counting; of more, none is left out, and the core is not known to be minimal."""
    minimal = len(core) <= MANY
    for pair in list(core) if minimal and len(core) > 1 else []:
        rest = [other for other in core if other is not pair]
        status = _counted(rules, rest, told, 2)
        if status == cp_model.INFEASIBLE:
            core = rest
        minimal &= status != cp_model.UNKNOWN
    return [rule for _, rule in core], minimal


def _options(
    view: Indexed, rounds: list[int], told: Told, known: tuple[Relaxation, ...] | None = None
) -> tuple[tuple[Relaxation, ...], ...]:
    """Up to OPTIONS sets; each later one leaves out something that every earlier one gave up. `known`: a way that need
    not be searched for. Then each search is for a cheaper or another one and soon at its end, and the first set is the
    cheapest found, not always the cheapest that there is."""
    rules = Rules(view, rounds, elastic=True)
    found: list[tuple[Relaxation, ...]] = []
    if known is not None:  # else it would be offered, and sorted out again, that many rounds be given up
        rules.model.add(sum(rules.dropped.values()) <= FEW_GIVEN_UP)
    for _ in range(OPTIONS):
        solver = _solver(told, 10 if known is None else BRIEFLY, presolve=True)
        if known is not None:
            solver.parameters.linearization_level = 2
        if solver.solve(rules.model) not in _SOLVED:
            break
        used = _used(rules, solver)
        option = _said(used)
        if not option or option in found:
            break
        found.append(option)
        dearest = max(used, key=lambda u: u[0].price * u[1])[0]
        rules.model.add(dearest.amount == 0)
    if known is not None and known not in found:
        found = [known, *found][:OPTIONS]
    return tuple(found)


def _merged(relaxations: list[Relaxation]) -> list[Relaxation]:
    """Each change once: the last of those about the same thing, told from where the first began."""
    found: dict[object, Relaxation] = {}
    for one in relaxations:
        key = _of_what(one)
        if (first := found.get(key)) and first.was is not None:
            told_anew = one.say.instead(instead(one.was or 0), instead(first.was))
            one = replace(one, was=first.was, cost=first.cost + one.cost, say=told_anew)
        found[key] = one
    return list(found.values())


def _of_what(one: Relaxation) -> tuple[object, ...]:
    return one.kind, one.school, one.round, one.region, one.day, one.pin


def _about(option: tuple[Relaxation, ...]) -> set[tuple[object, ...]]:
    return {_of_what(one) for one in option}


def _ranked(options: list[tuple[Relaxation, ...]]) -> tuple[tuple[Relaxation, ...], ...]:
    """The cheapest first; giving up many rounds is no option where another is, nor more of all that another does."""
    options = sorted((o for o in options if o), key=lambda o: (sum(r.cost for r in o), len(o)))
    options = [o for n, o in enumerate(options) if not any(_about(o) >= _about(cheaper) for cheaper in options[:n])]
    mild = [o for o in options if sum(r.kind == "drop_round" for r in o) <= FEW_GIVEN_UP]
    return tuple(mild or options)
