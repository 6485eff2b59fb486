"""Three plain sentences above the figures. They are made of released cells alone."""

from __future__ import annotations

from collections.abc import Sequence

from services.reporting.disclosure.rule import Hidden
from services.reporting.releases.snapshot import Base, Cell, ParamValue, ReleasedTable, Sentence
from shared.wording import whole_percent

TEXTS = {
    "base.told": "This round drew on {visits} visits to {classrooms} classrooms by {observers} observers.",
    "base.fewer_than_classrooms": "Too few to say: fewer than {n} classrooms were visited.",
    "base.fewer_than_visits": "Too few to say: fewer than {n} visits took place.",
    "base.fewer_than_observers": "Too few to say: fewer than {n} observers took part.",
    "most.told": "Statements about the {element} were most common: in {count} of {n} visits "
    "({percent}%; the likely range is {low} to {high}%).",
    "most.coded": "Statements about the {element} were recorded in at least {bound} of {n} visits.",
    "most.alike": "No core element stands out: what was seen differs by less than chance would explain.",
    "most.none": "No core element was recorded in enough classrooms to be told.",
    "look_for.told": "For look-for {look_for} the most common answer was {answer}: {count} of {n} "
    "({percent}%; the likely range is {low} to {high}%).",
    "look_for.coded": "For look-for {look_for} the answer was {answer} in at least {bound} of {n}.",
    "least.told": "Statements about the {element} were least common: in {count} of {n} visits ({percent}%).",
    "least.coded": "Statements about the {element} were recorded in at most {bound} of {n} visits.",
    "least.none": "Nothing else is based on enough classrooms to be told.",
    "sure.fair": "This rests on {visits} visits to {classrooms} classrooms by {observers} observers: fairly sure, "
    "likely ranges are at most {points} points wide.",
    "sure.rough": "This rests on {visits} visits to {classrooms} classrooms by {observers} observers: a rough picture, "
    "likely ranges are up to {points} points wide.",
    "sure.too_few_to_say": "This rests on {visits} visits to {classrooms} classrooms by {observers} observers: too few "
    "to be sure, likely ranges are up to {points} points wide.",
    "sure.bounds": "This rests on {visits} visits to {classrooms} classrooms by {observers} observers; only bounds can "
    "be told, to protect people.",
    "changed.first": "This is the first released round of the school: there is no change to tell yet.",
    "changed.cannot_say": "What changed since the round of {day} cannot be said: too little is told of both rounds.",
    "changed.none": "Nothing changed since the round of {day} by more than chance would explain.",
    "changed.more": "Since the round of {day}, statements about the {element} were recorded in more visits: {before}% "
    "then, {after}% now (the difference is likely {low} to {high} points).",
    "changed.less": "Since the round of {day}, statements about the {element} were recorded in fewer visits: "
    "{before}% then, {after}% now (the difference is likely {low} to {high} points).",
    "ask.more_rooms": "Could at least {n} classrooms be visited next time, so that there is something to tell?",
    "ask.changed": "What was done differently about the {element} since the round of {day}, and who could tell?",
    "ask.focus": "What would let the next visit see more of “{focus_question}”? Few visits spoke to it.",
    "ask.not_rated": "“{look_for}” could mostly not be observed: does it fit a short visit?",
    "ask.element": "What would be seen and heard about the {element} if the theory of action worked?",
    "ask.commitments_open": "Of {made} commitments, {open} without a word yet: who could tell what became of them?",
    "ask.commitments_not_yet": "Of {made} commitments, {not_yet} not kept yet: what would it take?",
    "ask.more_visits": "Which classrooms were not visited, and what would one more team change?",
}


def say(key: str, **params: ParamValue) -> Sentence:
    return Sentence(key=key, params=params, text=TEXTS[key].format(**params))


def sentences(base: Base | None, why: Hidden | None, tables: Sequence[ReleasedTable]) -> tuple[Sentence, ...]:
    """What the round stands on, what was seen most, and one thing more. One sentence alone when the whole
    round is too small."""
    if base is None:
        if why is None:
            raise ValueError("a round without a base says why")
        return (say(f"base.{why.key}", n=why.n),)
    first = say("base.told", visits=base.visits, classrooms=base.classrooms, observers=base.observers)
    return first, _most(tables), _more(tables)


def _elements(tables: Sequence[ReleasedTable]) -> list[tuple[str, int, Cell]]:
    return [
        (t.subject or "", t.n or 0, t.cells[0])
        for t in tables
        if t.definition == "core_element.visits" and t.hidden is None and t.cells
    ]


def _most(tables: Sequence[ReleasedTable]) -> Sentence:
    elements = _elements(tables)
    top = [e for e in elements if e[2].at_least is not None]
    if len(top) == 1:
        name, n, cell = top[0]
        return say("most.coded", element=name, bound=cell.at_least or 0, n=n)
    told = sorted((e for e in elements if e[2].state == "told"), key=lambda e: (-(e[2].count or 0), e[0]))
    if not told and not top:
        return say("most.none")
    if top or _alike(told):
        return say("most.alike")
    name, n, cell = told[0]
    return say("most.told", element=name, n=n, **_numbers(cell))


def _alike(told: Sequence[tuple[str, int, Cell]]) -> bool:
    """Whether the interval of the commonest reaches over the share of the next: no order is claimed then."""
    return len(told) > 1 and (told[1][2].share or 0.0) >= (told[0][2].low or 0.0)


def _more(tables: Sequence[ReleasedTable]) -> Sentence:
    """The surest answer to a look-for, else the least common core element."""
    answers = [(t, c) for t in tables if t.definition == "look_for.answers" for c in t.cells]
    told = [(t, c) for t, c in answers if c.state == "told" and c.certainty != "too_few_to_say"]
    if told:
        table, cell = min(told, key=lambda a: (-(a[1].share or 0.0), a[0].subject or ""))
        return say(
            "look_for.told", look_for=table.subject or "", answer=cell.category, n=table.n or 0, **_numbers(cell)
        )
    coded = [(t, c) for t, c in answers if c.at_least is not None]
    if coded:
        table, cell = coded[0]
        return say(
            "look_for.coded",
            look_for=table.subject or "",
            answer=cell.category,
            bound=cell.at_least or 0,
            n=table.n or 0,
        )
    elements = _elements(tables)
    few = [e for e in elements if e[2].at_most is not None]
    if few:
        name, n, cell = few[0]
        return say("least.coded", element=name, bound=cell.at_most or 0, n=n)
    shown = sorted((e for e in elements if e[2].state == "told"), key=lambda e: (e[2].count or 0, e[0]))
    if len(shown) < 2:
        return say("least.none")
    name, n, cell = shown[0]
    return say("least.told", element=name, n=n, count=cell.count or 0, percent=percent(cell.share))


def _numbers(cell: Cell) -> dict[str, ParamValue]:
    return {
        "count": cell.count or 0,
        "percent": percent(cell.share),
        "low": percent(cell.low),
        "high": percent(cell.high),
    }


def percent(share: float | None) -> int:
    """A share 0-1, none being 0, in whole percent."""
    return whole_percent(share or 0.0)
