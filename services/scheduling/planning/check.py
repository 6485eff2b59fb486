"""The independent checker: every hard rule that a plan breaks, as a sentence, and the plan's cost counted anew.

Stands on nothing but the instance: no solver, and no code shared with the models. A plan is believed only after it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from services.scheduling.planning.instance import Instance, Observer, RoundWanted, School
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.planning.recount import recount


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A hard rule broken. `rule` names it for machines; the sentence names people, schools, dates and numbers."""

    rule: str
    sentence: str
    round: str | None = None
    observer: str | None = None
    school: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`parts`: points by soft rule, counted without the models."""

    violations: tuple[Violation, ...]
    parts: dict[str, float]

    @property
    def cost(self) -> float:
        return round(sum(self.parts.values()), 6)

    @property
    def sound(self) -> bool:
        return not self.violations


def check(instance: Instance, plan: Plan) -> Verdict:
    return Verdict(violations(instance, plan), recount(instance, plan))


def violations(instance: Instance, plan: Plan) -> tuple[Violation, ...]:
    """The rules alone; nothing is counted."""
    return tuple(_Checker(instance, plan).violations())


def _days(count: int) -> str:
    return "1 school day" if count == 1 else f"{count} school days"


def _told(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class _Checker:
    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.instance = instance
        self.schools: dict[str, School] = {s.id: s for s in instance.schools}
        self.people: dict[str, Observer] = {o.id: o for o in instance.observers}
        self.wanted: dict[str, RoundWanted] = {r.id: r for r in instance.rounds}
        self.planned = plan.rounds
        known = [r for r in plan.rounds if r.round in self.wanted]
        self.dated: list[tuple[RoundWanted, RoundPlan, date]] = [
            (self.wanted[r.round], r, r.day) for r in known if r.day is not None
        ]
        self.kinds = {d.date: set(d.kinds) for d in instance.days}
        school_days = sorted(d for d, kinds in self.kinds.items() if "no_school" not in kinds)
        self.number_of_day = {d: n for n, d in enumerate(school_days)}
        self.before = {p.round: p for p in instance.published.rounds} if instance.published else {}

    def person(self, name: str) -> str:
        known = self.people.get(name)
        return known.name or name if known else name

    def school(self, name: str) -> str:
        known = self.schools.get(name)
        return known.name or name if known else name

    def round(self, wanted: RoundWanted) -> str:
        return f"round {wanted.number} at {self.school(wanted.host)}"

    def violations(self) -> Iterator[Violation]:
        yield from self._shape()
        for wanted, planned, day in self.dated:
            yield from self._day(wanted, day)
            yield from self._team(wanted, planned, day)
            yield from self._facilitator(wanted, planned, day)
        yield from self._gaps()
        yield from self._per_day()
        yield from self._per_person()
        yield from self._cover()
        yield from self._pins()
        yield from self._pairs()

    def _shape(self) -> Iterator[Violation]:
        times = Counter(r.round for r in self.planned)
        for name, count in times.items():
            if name not in self.wanted:
                yield Violation(
                    rule="unknown", sentence=f"The plan has a round {name!r} that nobody wants.", round=name
                )
            elif count > 1:
                yield Violation(rule="twice", sentence=f"{self.round(self.wanted[name])} is planned twice.", round=name)
        for wanted in self.instance.rounds:
            if not times[wanted.id]:
                yield Violation(rule="no_day", sentence=f"The plan lacks {self.round(wanted)}.", round=wanted.id)
        for planned in self.planned:
            if planned.day is None and planned.round in self.wanted:
                sentence = f"No day was found for {self.round(self.wanted[planned.round])}."
                yield Violation(rule="no_day", sentence=sentence, round=planned.round)
            for name in (*planned.observers, *([planned.facilitator] if planned.facilitator else [])):
                if name not in self.people:
                    yield Violation(rule="unknown", sentence=f"Nobody has the id {name!r}.", round=planned.round)

    def _day(self, wanted: RoundWanted, day: date) -> Iterator[Violation]:
        def broken(rule: str, why: str) -> Violation:
            sentence = f"{self.round(wanted)} is on {_told(day)}, {why}."
            return Violation(rule=rule, sentence=sentence, round=wanted.id, school=wanted.host, day=day)

        if wanted.begun:  # whatever closes its day since
            if day != wanted.begun:
                yield broken("begun", f"but its visit has begun on {_told(wanted.begun)}: it stays there")
            return
        if day not in self.kinds:
            outside = "which is not among the days of the plan"
            yield broken("open_day", f"a {day:%A}" if day.weekday() > 4 else outside)
        elif closed := self.kinds[day] & set(self.instance.limits.closed_kinds):
            words = {"no_school": "no school", "early_release": "early release", "testing": "testing"}
            yield broken("open_day", f"a day of {' and '.join(sorted(words[k] for k in closed))}")
        if day in self.schools[wanted.host].blackouts:
            why = self.schools[wanted.host].blackouts[day]
            yield broken("blackout", "a day the school cannot host" + (f" ({why})" if why else ""))
        if wanted.first and day < wanted.first:
            yield broken("window", f"before {_told(wanted.first)}{self._kept_from(wanted, wanted.held_before)}")
        if wanted.last and day > wanted.last:
            yield broken("window", f"after {_told(wanted.last)}{self._kept_from(wanted, wanted.held_after)}")
        held = self.before.get(wanted.id)
        if held and self.instance.published and held.day < self.instance.published.today and held.day != day:
            yield broken("held", f"but was held on {_told(held.day)} already")

    @staticmethod
    def _kept_from(wanted: RoundWanted, other: date | None) -> str:
        return f", too near the school's round on {_told(other)}: {wanted.gap} school days are wanted" if other else ""

    def _team(self, wanted: RoundWanted, planned: RoundPlan, day: date) -> Iterator[Violation]:
        def broken(rule: str, name: str, why: str) -> Violation:
            sentence = f"{self.person(name)} observes {self.round(wanted)} on {_told(day)}, {why}."
            return Violation(rule=rule, sentence=sentence, round=wanted.id, observer=name, day=day)

        for name, times in Counter(planned.observers).items():
            person = self.people.get(name)
            if person is None:
                continue
            if times > 1:
                yield broken("one_place_a_day", name, f"{times} times at once")
            if not person.observes:
                yield broken("not_an_observer", name, "but is no observer")
            if person.home == wanted.host:
                yield broken("own_school", name, "their own school")
            if day in person.unavailable:
                yield broken("available", name, "when they are not available")
            if wanted.network and wanted.network not in person.networks:
                yield broken("network", name, f"but is not of the network {wanted.network}")
            if wanted.trained and not self._certified(person, wanted.protocol, day):
                yield broken("trained", name, f"but is not trained for {wanted.protocol} on that day")
            if name == planned.facilitator:
                yield broken("one_place_a_day", name, "and facilitates it as well")
        if len(planned.observers) > wanted.max_observers:
            sentence = f"{self.round(wanted)} has {len(planned.observers)} observers, at most {wanted.max_observers}."
            yield Violation(rule="max_observers", sentence=sentence, round=wanted.id, day=day)
        homes = Counter(h for n in planned.observers if n in self.people and (h := self.people[n].home))
        for home, count in homes.items():
            if count > self.instance.limits.from_one_school:
                sentence = (
                    f"{self.round(wanted)} has {count} observers from {self.school(home)}, "
                    f"at most {self.instance.limits.from_one_school} come from one school."
                )
                yield Violation(rule="from_one_school", sentence=sentence, round=wanted.id, school=home, day=day)

    def _facilitator(self, wanted: RoundWanted, planned: RoundPlan, day: date) -> Iterator[Violation]:
        person = self.people.get(planned.facilitator or "")
        if person is None:
            return

        def broken(rule: str, why: str) -> Violation:
            sentence = f"{self.person(person.id)} facilitates {self.round(wanted)} on {_told(day)}, {why}."
            return Violation(rule=rule, sentence=sentence, round=wanted.id, observer=person.id, day=day)

        if not person.facilitates or (wanted.facilitators is not None and person.id not in wanted.facilitators):
            yield broken("facilitator_pool", "but is not among those who may")
        if not self._certified(person, wanted.protocol, day):
            yield broken("facilitator_certified", f"but is not certified for {wanted.protocol} on that day")
        if person.home == wanted.host:
            yield broken("own_school", "their own school")
        if day in person.unavailable:
            yield broken("available", "when they are not available")

    @staticmethod
    def _certified(person: Observer, protocol: str, day: date) -> bool:
        return any(
            c.protocol == protocol and c.since <= day and (c.until is None or day <= c.until)
            for c in person.certifications
        )

    def _gaps(self) -> Iterator[Violation]:
        by_host: dict[str, list[tuple[RoundWanted, date]]] = defaultdict(list)
        for wanted, _, day in self.dated:
            by_host[wanted.host].append((wanted, day))
        for host, rounds in by_host.items():
            rounds.sort(key=lambda pair: pair[0].number)
            for (before, first), (after, second) in combinations(rounds, 2):
                a, b = self.number_of_day.get(first), self.number_of_day.get(second)
                if a is None or b is None or b - a >= max(after.gap, 1):
                    continue
                which = f"Rounds {before.number} and {after.number} at {self.school(host)} are on {_told(first)} and"
                apart = f"{_days(abs(b - a))} apart; at least {after.gap} are wanted."
                sentence = f"{which} {_told(second)}, {apart}"
                if b < a and a - b >= after.gap:
                    sentence = f"{which} {_told(second)}: a school's rounds keep their order."
                yield Violation(rule="gap", sentence=sentence, round=after.id, school=host, day=second)

    def _per_day(self) -> Iterator[Violation]:
        limits = self.instance.limits
        per_day = Counter(day for _, _, day in self.dated)
        per_region = Counter((day, self.schools[w.host].region) for w, _, day in self.dated)
        for day, count in sorted(per_day.items()):
            if limits.rounds_per_day is not None and count > limits.rounds_per_day:
                sentence = f"{count} rounds are on {_told(day)}, at most {limits.rounds_per_day} in the district."
                yield Violation(rule="rounds_per_day", sentence=sentence, day=day)
        for (day, region), count in sorted(per_region.items()):
            if limits.rounds_per_day_region is not None and count > limits.rounds_per_day_region:
                at_most = limits.rounds_per_day_region
                sentence = f"{count} rounds are on {_told(day)} in the region {region}, at most {at_most}."
                yield Violation(rule="rounds_per_day_region", sentence=sentence, day=day)

    def _out(self) -> dict[str, list[date]]:
        out: dict[str, list[date]] = defaultdict(list)
        for _, planned, day in self.dated:
            for name in {*planned.observers, planned.facilitator} - {None}:
                if name in self.people:
                    out[name].append(day)
        return out

    def _per_person(self) -> Iterator[Violation]:
        for name, days in self._out().items():
            person = self.people[name]

            def broken(rule: str, why: str, day: date | None = None, name: str = name) -> Violation:
                sentence = f"{self.person(name)} {why}."
                return Violation(rule=rule, sentence=sentence, observer=name, day=day)

            for day, times in Counter(days).items():
                if times > 1:
                    yield broken("one_place_a_day", f"is at {times} rounds on {_told(day)}", day)
            for month, out in Counter(f"{d:%B %Y}" for d in days).items():
                if person.max_month is not None and out > person.max_month:
                    yield broken("month_cap", f"is out {out} days in {month}, at most {person.max_month}")
            for term in self.instance.terms:
                out = sum(term.first <= d <= term.last for d in days)
                if person.max_term is not None and out > person.max_term:
                    yield broken("term_cap", f"is out {out} days in {term.name}, at most {person.max_term}")
            total = len(days) + person.out_before
            if person.max_year is not None and total > person.max_year:
                yield broken("year_cap", f"is out {total} days in the year, at most {person.max_year}")
        led = Counter(p.facilitator for _, p, _ in self.dated if p.facilitator)
        at_most = self.instance.limits.facilitator_rounds
        for name, count in led.items():
            if at_most is not None and count > at_most:
                sentence = f"{self.person(name)} facilitates {count} rounds, at most {at_most}."
                yield Violation(rule="facilitator_rounds", sentence=sentence, observer=name)

    def _cover(self) -> Iterator[Violation]:
        out = Counter((h, d) for n, days in self._out().items() for d in days if (h := self.people[n].home))
        for (home, day), count in out.items():
            school = self.schools[home]
            cover = school.cover_on.get(day, school.cover)
            if count > cover:
                sentence = f"{count} people of {self.school(home)} are out on {_told(day)}; it can cover {cover}."
                yield Violation(rule="cover", sentence=sentence, school=home, day=day)

    def _pins(self) -> Iterator[Violation]:
        planned = {r.round: r for r in self.planned}
        for pin in self.instance.pins:
            found = planned.get(pin.round)
            if found is None:
                continue
            if pin.day is not None:
                holds, what = found.day == pin.day, _told(pin.day)
            elif pin.facilitator is not None:
                holds, what = found.facilitator == pin.facilitator, f"{self.person(pin.facilitator)} as facilitator"
            else:
                holds, what = pin.observer in found.observers, self.person(pin.observer or "")
            if holds == pin.ban:
                told = self.round(self.wanted[pin.round])
                sentence = (
                    f"{what} is {'forbidden for' if pin.ban else 'pinned to'} {told}, but the plan says otherwise."
                )
                yield Violation(rule="ban" if pin.ban else "pin", sentence=sentence, round=pin.round)

    def _pairs(self) -> Iterator[Violation]:
        for pair in self.instance.pairs:
            for wanted, planned, day in self.dated:
                both = (pair.a in planned.observers) + (pair.b in planned.observers)
                if (both == 2 and pair.kind == "apart") or (both == 1 and pair.kind == "together"):
                    must = "must not be" if pair.kind == "apart" else "must be"
                    sentence = (
                        f"{self.person(pair.a)} and {self.person(pair.b)} {must} together; "
                        f"{self.round(wanted)} on {_told(day)} breaks it."
                    )
                    yield Violation(rule=pair.kind, sentence=sentence, round=wanted.id, observer=pair.a, day=day)
