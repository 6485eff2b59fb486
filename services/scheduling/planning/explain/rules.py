"""The rules that decide whether there is any plan, as CP-SAT literals: one guard per rule that a leader knows by name.

Staff are counted, not named: what a day, a month, the year can give at most. So whatever these rules forbid is
forbidden; what they allow may still leave a seat empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from services.scheduling.calendar.reasons import in_both
from services.scheduling.planning.explain.counting import Places
from services.scheduling.planning.explain.relax import Relaxation, Rule
from services.scheduling.planning.explain.words import (
    between_days,
    given_up,
    lead_more,
    more_a_day,
    more_in_a_region,
    named,
    nearer,
    rounds_told,
    school_name,
)
from services.scheduling.planning.indexed import NO_CAP, Bools, Indexed
from services.scheduling.planning.instance import STANDS
from shared.said import Said, say, together

_KINDS = ("early_release", "testing")


@dataclass(slots=True)
class Soft:
    """In the elastic model: how much of a rule is given up, and how to say it."""

    amount: Any  # an IntVar or a literal: or-tools' own types
    price: int
    said: Any  # Callable[[int], Relaxation]


class Rules:
    """Of these rounds alone. `elastic`: rules may be given up at a price; else each holds while its guard is true.

    `places`: the same rules for counting, by the index of their guard; `complete` first, before a model is solved.
    """

    def __init__(self, view: Indexed, rounds: list[int], *, elastic: bool) -> None:
        self.view, self.elastic, self.rounds = view, elastic, rounds
        self.by_host = {s: [r for r in own if r in set(rounds)] for s, own in view.by_host.items()}
        self.model = cp_model.CpModel()
        self.guards: list[tuple[Any, Rule]] = []
        self.soft: list[Soft] = []
        self.y: dict[int, dict[int, Any]] = {}
        self.at: dict[int, Any] = {}
        self.dropped: dict[int, Any] = {}
        self._apart_later: list[tuple[int, int, int, Any]] = []
        self._places()
        region = {r: int(view.region[view.host[r]]) for r in rounds}
        self.places = Places(len(self.dates), {r: self._days(r) for r in rounds}, region)
        self._forbidden()
        self._gaps()
        self._per_day()
        self._staff()
        if elastic:
            self.model.minimize(sum(s.price * s.amount for s in self.soft))

    def complete(self) -> None:
        """What keeps rounds of a school apart: most of the model, and of no use where counting says it all."""
        for earlier, later, gap, guard in self._apart_later:
            self._apart(earlier, later, gap, guard)
        self._apart_later.clear()

    def _days(self, r: int) -> Bools:
        own = np.zeros(len(self.dates), dtype=bool)
        own[list(self.y[r])] = True
        return own

    def guard(self, rule: Rule) -> Any:
        literal = self.model.new_bool_var(f"g{len(self.guards)}")
        self.guards.append((literal, rule))
        return literal

    def give_up(self, most: int, price: int, said: Any) -> Any:
        amount = self.model.new_int_var(0, most, f"s{len(self.soft)}")
        self.soft.append(Soft(amount, price, said))
        return amount

    def name(self, r: int) -> Said:
        return named(self.view, r)

    def school(self, s: int) -> str:
        return school_name(self.view, s)

    def _places(self) -> None:
        """Each round has a school day (or, elastic, is dropped at a high price)."""
        view, every = self.view, {d.date: d for d in self.view.instance.days}
        self.dates = sorted(d for d in every if "no_school" not in every[d].kinds)
        self.kinds = [set(every[d].kinds) & set(view.instance.limits.closed_kinds) for d in self.dates]
        published = {p.round: p for p in view.instance.published.rounds} if view.instance.published else {}
        today = view.instance.published.today if view.instance.published else date.min
        for r in self.rounds:
            wanted = view.rounds[r]
            before = published.get(wanted.id)
            days = [d for d, at in enumerate(self.dates) if not (before and at < today and before.day >= today)]
            if before and before.day < today:
                days = [d for d in days if self.dates[d] == before.day]
            if self.elastic and (stays := view.stays_on.get(r)) in self.dates:
                days = [self.dates.index(stays)]  # no way out takes it from there
            own = {d: self.model.new_bool_var(f"y{r}_{d}") for d in days}
            at = self.model.new_int_var(-NO_CAP if self.elastic else 0, NO_CAP, f"at{r}")
            out = self.model.new_bool_var(f"out{r}")
            if not self.elastic or view.stays[r]:
                self.model.add(out == 0)
            else:

                def drop(_: int, r: int = r) -> Relaxation:
                    return given_up(self.view, r)

                self.soft.append(Soft(out, 2000, drop))
            self.model.add_exactly_one([*own.values(), out])
            self.model.add(at == sum(d * v for d, v in own.items())).only_enforce_if(~out)
            self.y[r] = own
            self.at[r] = at
            self.dropped[r] = out

    def _forbid(self, r: int, days: list[int], guard: Any) -> None:
        self.places.barred.setdefault(guard.index, []).append((r, days))
        for d in days:
            if d in self.y[r]:
                self.model.add_implication(self.y[r][d], ~guard)

    def _once(self, r: int, days: list[int], price: int, said: Any) -> None:
        """Elastic: each of these days may be had at a price."""
        for d in days:
            if d in self.y[r]:
                self.soft.append(Soft(self.y[r][d], price, lambda _, d=d: said(self.dates[d])))

    def _forbidden(self) -> None:
        view, free = self.view, [r for r in self.rounds if not self.view.begun[r]]
        for kind in _KINDS:
            days = [d for d, kinds in enumerate(self.kinds) if kind in kinds]
            if not days:
                continue
            what = say(f"collisions.{kind}")
            sentence = say("collisions.open_day", what=what, days=say("collisions.days", count=len(days)))
            rule = Rule(rule="open_day", say=sentence, number=len(days))
            if self.elastic:
                for d in days:
                    used = self.model.new_bool_var(f"open{d}")
                    for r in free:
                        if d in self.y[r]:
                            self.model.add_implication(self.y[r][d], used)

                    def opened(_: int, d: int = d, what: Said = what) -> Relaxation:
                        sentence = say("collisions.closed_day", day=self.dates[d], what=what)
                        return Relaxation(kind="closed_day", say=sentence, cost=60, day=self.dates[d])

                    self.soft.append(Soft(used, 60, opened))
            else:
                guard = self.guard(rule)
                for r in free:
                    self._forbid(r, days, guard)
        for s, rounds in self.by_host.items():
            self._blackouts(s, [r for r in rounds if not view.begun[r]])
        for r in free:
            self._window(r)
        for r in self.rounds:
            self._begun(r)
        for pin in view.instance.pins:
            r = view.round_of[pin.round]
            if pin.day is not None and r in self.y and not view.begun[r]:
                days = [d for d, at in enumerate(self.dates) if (at == pin.day) == pin.ban]
                how = "pin_ban" if pin.ban else "pin_stands" if pin.by == STANDS else "pin_to"
                sentence = say(f"collisions.{how}", round=self.name(r), day=pin.day).begin()
                if self.elastic and pin.by != STANDS:
                    held = self.model.new_bool_var(f"pin{pin.id}")
                    for d in days:
                        if d in self.y[r]:
                            self.model.add_implication(self.y[r][d], held)

                    def unpin(_: int, pin: Any = pin, r: int = r) -> Relaxation:
                        what = say("collisions.unpin", round=self.name(r), day=pin.day)
                        return Relaxation(kind="pin", say=what, cost=50, pin=pin.id, round=pin.round)

                    self.soft.append(Soft(held, 50, unpin))
                elif not self.elastic:
                    guard = self.guard(Rule(rule="pin", say=sentence, round=pin.round, pin=pin.id, day=pin.day))
                    self._forbid(r, days, guard)

    def _blackouts(self, s: int, rounds: list[int]) -> None:
        school = self.view.schools[s]
        days = [d for d, at in enumerate(self.dates) if at in school.blackouts]
        if not days or not rounds:
            return
        if self.elastic:
            for r in rounds:

                def lift(day: date) -> Relaxation:
                    why = in_both(school.blackouts[day]) or say("collisions.closed")
                    sentence = say("collisions.lift", school=self.school(s), day=day, why=why)
                    return Relaxation(kind="blackout", say=sentence, cost=40, school=school.id, day=day)

                self._once(r, days, 40, lift)
            return
        number, first, last = say("collisions.days", count=len(days)), self.dates[days[0]], self.dates[days[-1]]
        if len(days) > 1:
            sentence = say("collisions.blackout_days", school=self.school(s), days=number, first=first, last=last)
        else:
            sentence = say("collisions.blackout_day", school=self.school(s), days=number, first=first)
        guard = self.guard(Rule(rule="blackout", say=sentence, school=school.id, number=len(days)))
        for r in rounds:
            self._forbid(r, days, guard)

    def _window(self, r: int) -> None:
        wanted = self.view.rounds[r]
        if wanted.first is None and wanted.last is None:
            return
        days = [
            d
            for d, at in enumerate(self.dates)
            if (wanted.first and at < wanted.first) or (wanted.last and at > wanted.last)
        ]
        between = between_days(wanted)
        sentence = say("collisions.window", round=self.name(r), between=between).begin()
        if len(days) == len(self.dates) and days:
            planned = say("collisions.days_planned", first=self.dates[0], last=self.dates[-1])
            sentence = together([sentence, planned])
        if self.elastic:
            outside = self.model.new_bool_var(f"window{r}")
            for d in days:
                if d in self.y[r]:
                    self.model.add_implication(self.y[r][d], outside)

            def widen(_: int) -> Relaxation:
                what = say("collisions.widen", round=self.name(r), between=between)
                return Relaxation(kind="window", say=what, cost=80, round=wanted.id)

            self.soft.append(Soft(outside, 80, widen))
        else:
            self._forbid(r, days, self.guard(Rule(rule="window", say=sentence, round=wanted.id)))

    def _begun(self, r: int) -> None:
        """A visit that has begun stays: that is said, and not to be given up."""
        wanted = self.view.rounds[r]
        if wanted.begun is None or self.elastic:
            return
        sentence = say("collisions.begun", school=self.school(int(self.view.host[r])), day=wanted.begun)
        guard = self.guard(Rule(rule="begun", say=sentence, round=wanted.id, day=wanted.begun))
        self._forbid(r, [d for d, at in enumerate(self.dates) if at != wanted.begun], guard)

    def _gaps(self) -> None:
        for s, rounds in self.by_host.items():
            if len(rounds) < 2:
                continue
            gap = max(self.view.rounds[r].gap for r in rounds[1:])
            if self.elastic:

                def shorten(by: int, s: int = s, gap: int = gap) -> Relaxation:
                    return nearer(self.view, s, gap, by)

                less = self.give_up(max(gap - 1, 0), 4, shorten)
            else:
                school, own = self.view.schools[s].id, rounds_told(len(rounds))
                sentence = say("collisions.gap", school=self.school(s), gap=gap, rounds=own)
                guard = self.guard(Rule(rule="gap", say=sentence, school=school, number=gap))
                self.places.least[guard.index] = (rounds, [max(self.view.rounds[r].gap, 1) for r in rounds])
            for n, later in enumerate(rounds):
                for earlier in rounds[:n]:
                    wanted = max(self.view.rounds[later].gap, 1)
                    if self.elastic:
                        apart = self.at[later] - self.at[earlier]
                        both = [~self.dropped[later], ~self.dropped[earlier]]
                        self.model.add(apart >= 1).only_enforce_if(both)
                        self.model.add(apart >= wanted - less).only_enforce_if(both)
                    else:
                        self._apart_later += [(earlier, later, 1, None), (earlier, later, wanted, guard)]

    def _apart(self, earlier: int, later: int, gap: int, guard: Any) -> None:
        """As clauses, which propagate: whoever is held on a day has the earlier one behind it."""
        before = sorted(self.y[earlier].items())
        for d, literal in self.y[later].items():
            clause = [v for at, v in before if at <= d - gap] + [~literal]
            self.model.add_bool_or(clause if guard is None else [*clause, ~guard])

    def _limit(self, rule: Rule, sums: list[tuple[list[Any], int]], price: int, said: Any) -> None:
        """Each sum stays within its limit; elastic: all limits may rise by the same number."""
        sums = [(terms, limit) for terms, limit in sums if terms]
        if not sums:
            return
        if self.elastic:
            more = self.give_up(200, price, said)
            for terms, limit in sums:
                self.model.add(sum(terms) <= limit + more)
            return
        guard = self.guard(rule)
        self.places.most[guard.index] = (sums[0][1], rule.rule == "rounds_per_day_region")
        for terms, limit in sums:
            self.model.add(sum(terms) <= limit).only_enforce_if(guard)

    def _on(self, d: int, rounds: list[int]) -> list[Any]:
        return [self.y[r][d] for r in rounds if d in self.y[r]]

    def _per_day(self) -> None:
        view, limits = self.view, self.view.instance.limits
        if (most := limits.rounds_per_day) is not None:
            rule = Rule(rule="rounds_per_day", say=say("collisions.per_day", rounds=rounds_told(most)), number=most)
            days = range(len(self.dates))
            self._limit(rule, [(self._on(d, self.rounds), most) for d in days], 30, partial(more_a_day, most))
        if (each := limits.rounds_per_day_region) is not None:
            sentence = say("collisions.per_day_region", rounds=rounds_told(each))
            rule = Rule(rule="rounds_per_day_region", say=sentence, number=each)
            sums = []
            for region in range(len(view.regions)):
                own = [r for r in self.rounds if view.region[view.host[r]] == region]
                sums += [(self._on(d, own), each) for d in range(len(self.dates))]
            self._limit(rule, sums, 30, partial(more_in_a_region, each))

    def _staff(self) -> None:
        """What facilitators can lead in all, where every round is asked for."""
        view = self.view
        leaders = int(view.facilitates.sum())
        most = view.instance.limits.facilitator_rounds
        if most is None or leaders * most >= len(self.rounds):
            return
        missing = len(self.rounds) - leaders * most
        if not self.elastic:
            sentence = say("collisions.leaders", count=leaders, most=most, all=leaders * most)
            guard = self.guard(Rule(rule="facilitator_rounds", say=sentence, number=most))
            self.places.alone.add(guard.index)
            self.model.add_bool_or([~guard])
            return
        if leaders:
            more = self.model.new_bool_var("lead_more")
            each = most + int(np.ceil(missing / leaders))

            def lead(_: int) -> Relaxation:
                return lead_more(most, each, 20.0 * missing)

            self.soft.append(Soft(more, 20 * missing, lead))
            self.model.add(sum(self.dropped.values()) >= missing).only_enforce_if(~more)
        else:
            self.model.add(sum(self.dropped.values()) >= missing)
