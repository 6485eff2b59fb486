"""What a principal reads first: what was seen, how sure that is, what changed; and what to ask next.

Made of released cells alone, of this round and of the round before, so that it tells nothing more. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.reporting.figures.tables import RATED
from services.reporting.follow_through.counts import FollowThrough
from services.reporting.releases.changes import Change, changes
from services.reporting.releases.sentences import percent, say
from services.reporting.releases.snapshot import Cell, ReleasedTable, Sentence, Snapshot

FEW_VISITS = 0.5
"""A focus question that fewer visits than this speak to is asked about."""
MOST_QUESTIONS = 4


def lead(snapshot: Snapshot, before: Snapshot | None) -> tuple[Sentence, ...]:
    """Three sentences; one alone when the round is too small to be told."""
    if snapshot.base is None:
        return snapshot.sentences
    return snapshot.sentences[1], _sure(snapshot), _changed(snapshot, before)


def _sure(snapshot: Snapshot) -> Sentence:
    base = snapshot.base
    assert base is not None
    told = [c for _, c in _by_core(snapshot) if c.state == "told"]
    on = {"visits": base.visits, "classrooms": base.classrooms, "observers": base.observers}
    if not told:
        return say("sure.bounds", **on)
    widest = max(told, key=lambda c: (c.high or 0.0) - (c.low or 0.0))
    points = round(100 * ((widest.high or 0.0) - (widest.low or 0.0)))
    return say(f"sure.{widest.certainty or 'rough'}", points=points, **on)


def _changed(snapshot: Snapshot, before: Snapshot | None) -> Sentence:
    if before is None:
        return say("changed.first")
    day = before.day.isoformat()
    found = [c for c in changes(before, snapshot) if c.definition == "core_element.visits"]
    told = [c for c in found if c.state == "told"]
    if not told:
        return say("changed.cannot_say", day=day)
    clear = [c for c in told if c.verdict != "no_clear_change"]
    if not clear:
        return say("changed.none", day=day)
    most = max(clear, key=lambda c: (abs(c.difference or 0.0), c.subject or ""))
    return say(
        f"changed.{most.verdict}",
        day=day,
        element=most.subject or "",
        before=percent(most.before),
        after=percent(most.after),
        low=percent(most.low),
        high=percent(most.high),
    )


def ask_next(
    snapshot: Snapshot, before: Snapshot | None, promised: FollowThrough | None = None
) -> tuple[Sentence, ...]:
    """Questions that the figures and the commitments leave open, at most `MOST_QUESTIONS`."""
    asked = [*_of_commitments(promised), *_questions(snapshot, before)]
    return tuple(asked[:MOST_QUESTIONS])


def _of_commitments(promised: FollowThrough | None) -> Iterator[Sentence]:
    if promised is None:
        return
    if promised.open and promised.due:
        yield say("ask.commitments_open", open=promised.open, made=promised.made)
    elif promised.not_yet:
        yield say("ask.commitments_not_yet", not_yet=promised.not_yet, made=promised.made)


def _questions(snapshot: Snapshot, before: Snapshot | None) -> Iterator[Sentence]:
    if snapshot.base is None:
        yield say("ask.more_rooms", n=snapshot.rule.classrooms)
        return
    clear = [c for c in _clear(snapshot, before) if c.definition == "core_element.visits"]
    if clear and before is not None:
        yield say("ask.changed", element=clear[0].subject or "", day=before.day.isoformat())
    for table in snapshot.tables:
        if table.definition == "focus_question.visits" and _few(table):
            yield say("ask.focus", focus_question=table.subject or "")
    for table in snapshot.tables:
        if table.definition in RATED and (table.not_rated or 0) > (table.n or 0) > 0:
            yield say("ask.not_rated", look_for=table.subject or "")
    for element, cell in _by_core(snapshot):
        if cell.at_most is not None or (cell.state == "told" and (cell.share or 0.0) < FEW_VISITS):
            yield say("ask.element", element=element)
    if any(c.certainty == "too_few_to_say" for _, c in _by_core(snapshot)):
        yield say("ask.more_visits")


def _clear(snapshot: Snapshot, before: Snapshot | None) -> Sequence[Change]:
    if before is None:
        return ()
    return [c for c in changes(before, snapshot) if c.verdict in ("more", "less")]


def _few(table: ReleasedTable) -> bool:
    return any(c.at_most is not None or (c.state == "told" and (c.share or 0.0) < FEW_VISITS) for c in table.cells)


def _by_core(snapshot: Snapshot) -> list[tuple[str, Cell]]:
    return [(t.subject or "", t.cells[0]) for t in snapshot.tables if t.definition == "core_element.visits" and t.cells]
