"""What a repair is called. It names no person, for names stand in the roster alone."""

from __future__ import annotations

from services.scheduling.calendar.reasons import words_of
from services.scheduling.plans.events import DisruptionReported
from shared.said import Said, say, short_day, together


def repair_called(what: DisruptionReported, school: str | None) -> Said:
    """By what happened; `school`: the name of the one that it names, None when that is not known any more."""
    days = together([short_day(d) for d in sorted(what.days)[:3]], ", ")
    if len(what.days) > 3:
        days = together([days, say("publishing.and_later")])
    match what.kind:
        case "school_out":
            return say("publishing.repair.school_out", school=school or say("publishing.a_school"))
        case "days_lost" if what.school_id is not None:
            where = school or say("publishing.a_school")
            return say("publishing.repair.days_lost_there", why=words_of(what.reason), days=days, school=where)
        case "days_lost":
            return say("publishing.repair.days_lost", why=words_of(what.reason), days=days)
    return say(f"publishing.repair.{what.kind}", days=days)
