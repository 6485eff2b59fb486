"""The independent checker: every hard rule that a plan breaks, as a sentence, and the plan's cost counted anew.

Stands on nothing but the instance: no solver, and no code shared with the models. A plan is believed only after it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import combinations

from services.scheduling.calendar.reasons import in_both
from services.scheduling.planning.instance import Instance, Observer, RoundWanted, School
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.planning.recount import recount
from shared.said import Said, month, say, weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A hard rule broken. `rule` names it for machines; the sentence names people, schools, dates and numbers."""

    rule: str
    say: Said
    round: str | None = None
    observer: str | None = None
    school: str | None = None
    day: date | None = None

    @property
    def sentence(self) -> str:
        return self.say.en


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


_KINDS = ("early_release", "no_school", "testing")


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

    def round(self, wanted: RoundWanted) -> Said:
        return say("checks.round", number=wanted.number, school=self.school(wanted.host))

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
                yield Violation(rule="unknown", say=say("checks.unknown_round", name=name), round=name)
            elif count > 1:
                sentence = say("checks.twice", round=self.round(self.wanted[name]))
                yield Violation(rule="twice", say=sentence, round=name)
        for wanted in self.instance.rounds:
            if not times[wanted.id]:
                yield Violation(rule="no_day", say=say("checks.lacks", round=self.round(wanted)), round=wanted.id)
        for planned in self.planned:
            if planned.day is None and planned.round in self.wanted:
                sentence = say("checks.no_day", round=self.round(self.wanted[planned.round]))
                yield Violation(rule="no_day", say=sentence, round=planned.round)
            for name in (*planned.observers, *([planned.facilitator] if planned.facilitator else [])):
                if name not in self.people:
                    sentence = say("checks.unknown_person", name=name)
                    yield Violation(rule="unknown", say=sentence, round=planned.round)

    def _day(self, wanted: RoundWanted, day: date) -> Iterator[Violation]:
        def broken(rule: str, why: Said) -> Violation:
            sentence = say("checks.day", round=self.round(wanted), day=day, why=why)
            return Violation(rule=rule, say=sentence, round=wanted.id, school=wanted.host, day=day)

        if wanted.begun:  # whatever closes its day since
            if day != wanted.begun:
                yield broken("begun", say("checks.day.begun", day=wanted.begun))
            return
        if day not in self.kinds:
            weekend = day.weekday() > 4
            why = say("checks.day.weekday", weekday=weekday(day)) if weekend else say("checks.day.outside")
            yield broken("open_day", why)
        elif closed := self.kinds[day] & set(self.instance.limits.closed_kinds):
            first, *rest = (say(f"checks.{kind}") for kind in sorted(closed, key=_KINDS.index))
            what = reduce(lambda a, b: say("checks.day.both", first=a, last=b), rest, first)
            yield broken("open_day", say("checks.day.closed", what=what))
        if day in self.schools[wanted.host].blackouts:
            told = self.schools[wanted.host].blackouts[day]
            why = say("checks.day.blackout_why", why=in_both(told)) if told else say("checks.day.blackout")
            yield broken("blackout", why)
        if wanted.first and day < wanted.first:
            yield broken("window", self._kept(wanted, say("checks.day.before", day=wanted.first), wanted.held_before))
        if wanted.last and day > wanted.last:
            yield broken("window", self._kept(wanted, say("checks.day.after", day=wanted.last), wanted.held_after))
        held = self.before.get(wanted.id)
        if held and self.instance.published and held.day < self.instance.published.today and held.day != day:
            yield broken("held", say("checks.day.held", day=held.day))

    @staticmethod
    def _kept(wanted: RoundWanted, when: Said, other: date | None) -> Said:
        return say("checks.day.too_near", when=when, day=other, gap=wanted.gap) if other else when

    def _team(self, wanted: RoundWanted, planned: RoundPlan, day: date) -> Iterator[Violation]:
        def broken(rule: str, name: str, why: Said) -> Violation:
            sentence = say("checks.observes", person=self.person(name), round=self.round(wanted), day=day, why=why)
            return Violation(rule=rule, say=sentence, round=wanted.id, observer=name, day=day)

        for name, times in Counter(planned.observers).items():
            person = self.people.get(name)
            if person is None:
                continue
            if times > 1:
                yield broken("one_place_a_day", name, say("checks.who.times", times=times))
            if not person.observes:
                yield broken("not_an_observer", name, say("checks.who.no_observer"))
            if person.home == wanted.host:
                yield broken("own_school", name, say("checks.who.own_school"))
            if day in person.unavailable:
                yield broken("available", name, say("checks.who.away"))
            if wanted.network and wanted.network not in person.networks:
                yield broken("network", name, say("checks.who.network", network=wanted.network))
            if wanted.trained and not self._certified(person, wanted.protocol, day):
                yield broken("trained", name, say("checks.who.trained", protocol=wanted.protocol))
            if name == planned.facilitator:
                yield broken("one_place_a_day", name, say("checks.who.leads"))
        if len(planned.observers) > wanted.max_observers:
            found = len(planned.observers)
            sentence = say("checks.max_observers", round=self.round(wanted), found=found, most=wanted.max_observers)
            yield Violation(rule="max_observers", say=sentence, round=wanted.id, day=day)
        homes = Counter(h for n in planned.observers if n in self.people and (h := self.people[n].home))
        for home, count in homes.items():
            if count > self.instance.limits.from_one_school:
                sentence = say(
                    "checks.from_one_school",
                    count=self.instance.limits.from_one_school,
                    round=self.round(wanted),
                    found=count,
                    school=self.school(home),
                )
                yield Violation(rule="from_one_school", say=sentence, round=wanted.id, school=home, day=day)

    def _facilitator(self, wanted: RoundWanted, planned: RoundPlan, day: date) -> Iterator[Violation]:
        person = self.people.get(planned.facilitator or "")
        if person is None:
            return

        def broken(rule: str, why: Said) -> Violation:
            name = self.person(person.id)
            sentence = say("checks.facilitates", person=name, round=self.round(wanted), day=day, why=why)
            return Violation(rule=rule, say=sentence, round=wanted.id, observer=person.id, day=day)

        if not person.facilitates or (wanted.facilitators is not None and person.id not in wanted.facilitators):
            yield broken("facilitator_pool", say("checks.who.pool"))
        if not self._certified(person, wanted.protocol, day):
            yield broken("facilitator_certified", say("checks.who.certified", protocol=wanted.protocol))
        if person.home == wanted.host:
            yield broken("own_school", say("checks.who.own_school"))
        if day in person.unavailable:
            yield broken("available", say("checks.who.away"))

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
                sentence = say(
                    "checks.order" if b < a and a - b >= after.gap else "checks.gap",
                    first=before.number,
                    second=after.number,
                    school=self.school(host),
                    day=first,
                    other=second,
                    count=abs(b - a),
                    gap=after.gap,
                )
                yield Violation(rule="gap", say=sentence, round=after.id, school=host, day=second)

    def _per_day(self) -> Iterator[Violation]:
        limits = self.instance.limits
        per_day = Counter(day for _, _, day in self.dated)
        per_region = Counter((day, self.schools[w.host].region) for w, _, day in self.dated)
        for day, count in sorted(per_day.items()):
            if limits.rounds_per_day is not None and count > limits.rounds_per_day:
                sentence = say("checks.per_day", count=count, day=day, most=limits.rounds_per_day)
                yield Violation(rule="rounds_per_day", say=sentence, day=day)
        for (day, region), count in sorted(per_region.items()):
            if limits.rounds_per_day_region is not None and count > limits.rounds_per_day_region:
                at_most = limits.rounds_per_day_region
                sentence = say("checks.per_day_region", count=count, day=day, region=region or "", most=at_most)
                yield Violation(rule="rounds_per_day_region", say=sentence, day=day)

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

            for day, times in Counter(days).items():
                if times > 1:
                    sentence = say("checks.two_places", person=self.person(name), count=times, day=day)
                    yield Violation(rule="one_place_a_day", say=sentence, observer=name, day=day)
            for first, out in Counter(d.replace(day=1) for d in days).items():
                if person.max_month is not None and out > person.max_month:
                    yield self._out_too_often(name, "month", out, person.max_month, month=month(first))
            for term in self.instance.terms:
                out = sum(term.first <= d <= term.last for d in days)
                if person.max_term is not None and out > person.max_term:
                    yield self._out_too_often(name, "term", out, person.max_term, term=term.name)
            total = len(days) + person.out_before
            if person.max_year is not None and total > person.max_year:
                yield self._out_too_often(name, "year", total, person.max_year)
        led = Counter(p.facilitator for _, p, _ in self.dated if p.facilitator)
        at_most = self.instance.limits.facilitator_rounds
        for name, count in led.items():
            if at_most is not None and count > at_most:
                sentence = say("checks.leads", person=self.person(name), count=count, most=at_most)
                yield Violation(rule="facilitator_rounds", say=sentence, observer=name)

    def _out_too_often(self, name: str, span: str, count: int, most: int, **when: Said | str) -> Violation:
        sentence = say(f"checks.out.{span}", person=self.person(name), count=count, most=most, **when)
        return Violation(rule=f"{span}_cap", say=sentence, observer=name)

    def _cover(self) -> Iterator[Violation]:
        out = Counter((h, d) for n, days in self._out().items() for d in days if (h := self.people[n].home))
        for (home, day), count in out.items():
            school = self.schools[home]
            cover = school.cover_on.get(day, school.cover)
            if count > cover:
                sentence = say("checks.cover", count=count, school=self.school(home), day=day, cover=cover)
                yield Violation(rule="cover", say=sentence, school=home, day=day)

    def _pins(self) -> Iterator[Violation]:
        planned = {r.round: r for r in self.planned}
        for pin in self.instance.pins:
            found = planned.get(pin.round)
            if found is None:
                continue
            if pin.day is not None:
                told: dict[str, str | date] = {"day": pin.day}
                holds, what = found.day == pin.day, "day"
            elif pin.facilitator is not None:
                holds, what = found.facilitator == pin.facilitator, "facilitator"
                told = {"person": self.person(pin.facilitator)}
            else:
                holds, what, told = (
                    pin.observer in found.observers,
                    "person",
                    {"person": self.person(pin.observer or "")},
                )
            if holds == pin.ban:
                rule = "ban" if pin.ban else "pin"
                sentence = say(f"checks.{rule}.{what}", round=self.round(self.wanted[pin.round]), **told)
                yield Violation(rule=rule, say=sentence, round=pin.round)

    def _pairs(self) -> Iterator[Violation]:
        for pair in self.instance.pairs:
            for wanted, planned, day in self.dated:
                both = (pair.a in planned.observers) + (pair.b in planned.observers)
                if (both == 2 and pair.kind == "apart") or (both == 1 and pair.kind == "together"):
                    names = {"a": self.person(pair.a), "b": self.person(pair.b)}
                    sentence = say(f"checks.{pair.kind}", round=self.round(wanted), day=day, **names)
                    yield Violation(rule=pair.kind, say=sentence, round=wanted.id, observer=pair.a, day=day)
