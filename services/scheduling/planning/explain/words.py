"""What can be given up, and rounds and schools by name, in both languages. No solver is imported here."""

from __future__ import annotations

from services.scheduling.planning.explain.relax import Relaxation
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import RoundWanted
from shared.said import Said, say


def rounds_told(count: int) -> Said:
    return say("collisions.rounds", count=count)


def instead(was: int) -> Said:
    """The end of a relaxation's sentence: of several about the same thing it is told anew, from where they began."""
    return say("collisions.instead", was=was)


def more_a_day(most: int, by: int) -> Relaxation:
    sentence = say("collisions.more_a_day", rounds=rounds_told(most + by), instead=instead(most))
    return Relaxation(kind="rounds_per_day", say=sentence, cost=30.0 * by, to=most + by, was=most)


def more_in_a_region(each: int, by: int) -> Relaxation:
    sentence = say("collisions.more_in_a_region", rounds=rounds_told(each + by), instead=instead(each))
    return Relaxation(kind="rounds_per_day_region", say=sentence, cost=30.0 * by, to=each + by, was=each)


def nearer(view: Indexed, s: int, gap: int, by: int) -> Relaxation:
    what = say("collisions.nearer", school=school_name(view, s), gap=gap - by, instead=instead(gap))
    return Relaxation(kind="gap", say=what, cost=4.0 * by, school=view.schools[s].id, to=gap - by, was=gap)


def lead_more(most: int, to: int, cost: float) -> Relaxation:
    sentence = say("collisions.lead_more", rounds=rounds_told(to), instead=instead(most))
    return Relaxation(kind="facilitator_rounds", say=sentence, cost=cost, to=to, was=most)


def given_up(view: Indexed, r: int) -> Relaxation:
    sentence = say("collisions.give_up", round=named(view, r))
    return Relaxation(kind="drop_round", say=sentence, cost=2000, round=view.rounds[r].id)


def named(view: Indexed, r: int) -> Said:
    return say("collisions.round", number=view.rounds[r].number, school=school_name(view, int(view.host[r])))


def school_name(view: Indexed, s: int) -> str:
    return view.schools[s].name or view.schools[s].id


def between_days(wanted: RoundWanted) -> Said:
    """When it may be held, and what keeps it from the days before and after."""
    parts = []
    for limit, day, other in (("not_before", wanted.first, wanted.held_before), ("by", wanted.last, wanted.held_after)):
        if day is not None:
            when = say(f"collisions.{limit}", day=day)
            parts.append(say("collisions.too_near", when=when, day=other) if other else when)
    return parts[0] if len(parts) == 1 else say("collisions.both", first=parts[0], last=parts[1])
