"""What can be given up, each as one change of the planning data: said, priced and applied by one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.scheduling.planning.instance import Instance
from shared.said import Said, say, together

Kind = Literal[
    "gap",
    "rounds_per_day",
    "rounds_per_day_region",
    "blackout",
    "closed_day",
    "window",
    "pin",
    "facilitator_rounds",
    "min_observers",
    "month_cap",
    "term_cap",
    "year_cap",
    "drop_round",
]

UNSAID = Said("", "")
"""Of what was kept before there were two languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """`was` and `to`: the number now and then (gap in school days, rounds, observers, days out); which others are set
    says `kind`. `cost` ranks options; it is no part of a plan's cost."""

    kind: Kind
    say: Said = UNSAID
    cost: float
    school: str | None = None
    round: str | None = None
    region: str | None = None
    day: date | None = None
    pin: str | None = None
    to: int | None = None
    was: int | None = None

    @property
    def sentence(self) -> str:
        return self.say.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by name, with what it is about."""

    rule: str
    say: Said
    school: str | None = None
    round: str | None = None
    region: str | None = None
    day: date | None = None
    pin: str | None = None
    number: int | None = None

    @property
    def sentence(self) -> str:
        return self.say.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`possible`: the rules leave room for every round (then `rules` is empty). `minimal`: no rule of the core could
    be left out. `options`: each a set of relaxations that together make it possible, the cheapest first."""

    possible: bool
    rules: tuple[Rule, ...] = ()
    minimal: bool = True
    options: tuple[tuple[Relaxation, ...], ...] = ()


def in_words(option: Sequence[Relaxation]) -> Said:
    """A set of relaxations as few sentences: what is asked of many schools or rounds is told once."""
    by_kind: dict[Kind, list[Relaxation]] = {}
    for one in option:
        by_kind.setdefault(one.kind, []).append(one)
    return together(sentence for held in by_kind.values() for sentence in _few(held))


def _few(alike: list[Relaxation]) -> list[Said]:
    rounds, first = say("collisions.rounds", count=len(alike)), alike[0].say
    if alike[0].kind == "window" and len(alike) > 1:
        return [say("collisions.windows_many", rounds=rounds, first=first)]
    if len(alike) <= MANY:
        return [one.say for one in alike]
    to, was = (_span([one.to or 0 for one in alike]), _span([one.was or 0 for one in alike]))
    if alike[0].kind == "gap":
        instead = say("collisions.instead", was=was)
        return [say("collisions.nearer_many", schools=len(alike), gap=to, instead=instead)]
    if alike[0].kind == "min_observers":
        instead = say("collisions.instead_of_least", was=was)
        return [say("collisions.fewer_people_many", rounds=rounds, seats=to, instead=instead)]
    if alike[0].kind == "drop_round":
        return [say("collisions.give_up_many", rounds=rounds, first=first)]
    return [*(one.say for one in alike[:MANY]), say("collisions.more_alike", count=len(alike) - MANY)]


def _span(numbers: list[int]) -> Said | int:
    low, high = min(numbers), max(numbers)
    return low if low == high else say("collisions.span", low=low, high=high)


MANY = 4
"""Relaxations of one kind that are told one by one."""
_CAPS = {"month_cap": "max_month", "term_cap": "max_term", "year_cap": "max_year"}


def apply(instance: Instance, relaxations: list[Relaxation]) -> Instance:
    """The instance with all of these given up."""
    for one in relaxations:
        instance = _apply(instance, one)
    return instance


def _apply(instance: Instance, one: Relaxation) -> Instance:
    limits = instance.limits
    if one.kind in ("gap", "window", "min_observers"):
        changed = []
        for r in instance.rounds:
            if one.kind == "gap" and r.host == one.school:
                r = replace(r, gap=min(r.gap, one.to or 0))
            elif r.id == one.round and one.kind == "window":
                r = replace(r, first=None, last=None)
            elif r.id == one.round and one.kind == "min_observers":
                r = replace(r, min_observers=one.to or 0)
            changed.append(r)
        return replace(instance, rounds=tuple(changed))
    if one.kind == "drop_round":
        return without_round(instance, one.round or "")
    if one.kind == "rounds_per_day":
        return replace(instance, limits=replace(limits, rounds_per_day=one.to))
    if one.kind == "rounds_per_day_region":
        return replace(instance, limits=replace(limits, rounds_per_day_region=one.to))
    if one.kind == "facilitator_rounds":
        return replace(instance, limits=replace(limits, facilitator_rounds=one.to))
    if one.kind == "pin":
        return replace(instance, pins=tuple(p for p in instance.pins if p.id != one.pin))
    if one.kind in _CAPS:
        field, by = _CAPS[one.kind], (one.to or 0) - (one.was or 0)
        return replace(
            instance,
            observers=tuple(
                o if (cap := getattr(o, field)) is None else replace(o, **{field: cap + by}) for o in instance.observers
            ),
        )
    if one.kind == "blackout":
        schools = (
            replace(s, blackouts={d: w for d, w in s.blackouts.items() if d != one.day}) if s.id == one.school else s
            for s in instance.schools
        )
        return replace(instance, schools=tuple(schools))
    return replace(instance, days=tuple(replace(d, kinds=()) if d.date == one.day else d for d in instance.days))


def without_round(instance: Instance, name: str) -> Instance:
    published = instance.published
    return replace(
        instance,
        rounds=tuple(r for r in instance.rounds if r.id != name),
        pins=tuple(p for p in instance.pins if p.round != name),
        published=replace(published, rounds=tuple(r for r in published.rounds if r.round != name))
        if published
        else None,
    )
