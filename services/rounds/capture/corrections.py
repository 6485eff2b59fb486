"""A statement's history, and the erasure of a withdrawn statement's words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel

from services.rounds.capture.events import (
    CoreElement,
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceRecorded,
    EvidenceWithdrawn,
    WordsErased,
    WordsKeyTurned,
)
from services.rounds.capture.queries import RoundNotes, round_notes
from services.rounds.capture.repeats import sealed_words
from services.rounds.capture.state import Notes
from services.rounds.capture.streams import notes_stream, words_subject
from services.rounds.capture.visibility import Key, every_key, visible
from services.rounds.deps import Deps
from services.rounds.rounds.queries import RoundFile, round_file
from shared.access import Actor
from shared.election import Election
from shared.errors import NotFound, Refused
from shared.eventstore.port import ANY_VERSION, NewEvent
from shared.messages import CommandContext
from shared.said import say

_BEGIN = """
insert into word_erasures (statement_id, district_id, round_id, observer_id) values ($1, $2, $3, $4)
on conflict do nothing
"""


class Version(BaseModel):
    """One thing that happened to a statement. Its time is the server's; who wrote it is told to nobody here."""

    what: Literal["recorded", "amended", "kept_beside", "withdrawn"]
    revision: int | None = None
    words: str | None = None
    core_element: CoreElement | None = None
    minute: int | None = None
    why: str | None = None
    late: str | None = None
    received_at: datetime


class History(BaseModel):
    statement_id: UUID
    withdrawn: bool
    erased: bool
    versions: list[Version]


def _held(held: RoundNotes, statement_id: UUID) -> tuple[Key, Notes]:
    for key, notes in held.notes.items():
        if any(s.recorded.statement_id == statement_id for s in notes.statements.values()):
            return key, notes
    raise NotFound(say("rounds.no_evidence"))


async def history(deps: Deps, actor: Actor, file: RoundFile, statement_id: UUID) -> History:
    """For who may read the statement now; a withdrawn one is its writer's alone."""
    held = await round_notes(deps, actor.district_id, file)
    shown = visible(actor, file, held.submitted)
    key, notes = _held(held, statement_id)
    statement = next(s for s in notes.statements.values() if s.recorded.statement_id == statement_id)
    if key not in shown.own and (key not in shown.others or statement.withdrawn):
        raise NotFound(say("rounds.no_evidence"))
    events = [
        e
        for some in notes.received.values()
        for e in some
        if isinstance(e, EvidenceRecorded | EvidenceAmended | EvidenceConflictKept | EvidenceWithdrawn)
        and e.statement_id == statement_id
    ]
    events.sort(key=lambda e: e.receipt.received_at)
    boxes = [box for e in events if (box := sealed_words(e)) is not None]
    subject = words_subject(file.plan.round_id, key[1])
    opened = (await deps.words.reveal(actor.district_id, {subject: boxes}))[subject]
    words = dict(zip(boxes, opened, strict=True))
    return History(
        statement_id=statement_id,
        withdrawn=statement.withdrawn,
        erased=statement_id in notes.erased,
        versions=[_version(e, words) for e in events],
    )


def _version(
    event: EvidenceRecorded | EvidenceAmended | EvidenceConflictKept | EvidenceWithdrawn, words: dict[str, str | None]
) -> Version:
    base = {"late": event.receipt.late, "received_at": event.receipt.received_at}
    if isinstance(event, EvidenceWithdrawn):
        return Version(what="withdrawn", why=event.why, **base)
    content = event.content
    told = {"words": words[content.words], "core_element": content.core_element, "minute": content.minute}
    if isinstance(event, EvidenceAmended):
        return Version(what="amended", revision=event.revision, why=event.why, **told, **base)
    if isinstance(event, EvidenceConflictKept):
        return Version(what="kept_beside", **told, **base)
    return Version(what="recorded", revision=0, **told, **base)


async def erase_words(deps: Deps, actor: Actor, file: RoundFile, statement_id: UUID, context: CommandContext) -> None:
    """Destroys the words of a withdrawn statement of one's own, in every version; counts and tags stay as they are.

    The observer's key of the round is destroyed, in every process. It is barred from all of their notes first; then
    what else it sealed is sealed again, the tombstone is stored, and the key goes. What a crash interrupts is gone on
    with at the next start."""
    held = await round_notes(deps, actor.district_id, file)
    key, notes = _held(held, statement_id)
    if key[1] != actor.person_id:
        raise NotFound(say("rounds.no_evidence"))
    statement = next(s for s in notes.statements.values() if s.recorded.statement_id == statement_id)
    if not statement.withdrawn:
        raise Refused("not_withdrawn", say("rounds.not_withdrawn"), mend=say("rounds.withdraw_first"))
    async with deps.db.writer(actor.district_id) as conn:
        await conn.execute(_BEGIN, statement_id, actor.district_id, file.plan.round_id, actor.person_id)
    await _erase(deps, file, actor.person_id, statement_id, context)


async def resume_erasures(deps: Deps) -> None:
    """Goes on with the erasures that a crash interrupted."""
    async with deps.db.system() as conn:
        rows = await conn.fetch("select district_id, round_id, observer_id, statement_id from word_erasures")
    for row in rows:
        file = await round_file(deps, row["district_id"], row["round_id"])
        context = CommandContext(row["district_id"], None)
        await _erase(deps, file, row["observer_id"], row["statement_id"], context)


@asynccontextmanager
async def _turning(deps: Deps, subject: str) -> AsyncIterator[None]:
    """One erasure of an observer's round at a time, in all processes."""
    turn = Election(deps.db)
    try:
        await turn.win(f"erase {subject}")
        yield
    finally:
        await turn.close()


async def _erase(deps: Deps, file: RoundFile, observer_id: UUID, statement_id: UUID, context: CommandContext) -> None:
    """Once or several times over; nothing where another has done it, or the person was erased meanwhile."""
    district_id, subject = context.district_id, words_subject(file.plan.round_id, observer_id)
    async with _turning(deps, subject):
        async with deps.db.reader(district_id) as conn:
            asked = await conn.fetchval(
                "select exists (select from word_erasures where statement_id = $1)", statement_id
            )
        if not asked:
            return
        generation = await deps.words.next_key(district_id, subject)
        file = await round_file(deps, district_id, file.plan.round_id)  # with the slots of all that is on its way
        await _bar_before(deps, file, observer_id, generation, context)
        held = await round_notes(deps, district_id, file)
        await deps.words.reseal(district_id, subject, generation, _others(held, observer_id, statement_id))
        key, notes = _held(held, statement_id)
        if statement_id not in notes.erased:
            statement = next(s for s in notes.statements.values() if s.recorded.statement_id == statement_id)
            event = WordsErased(statement_id=statement_id, visit=statement.recorded.visit, by=observer_id)
            new = [NewEvent.of(event, uuid5(statement_id, f"erased {generation}"))]
            await deps.store.append(notes_stream(*key), new, expected=ANY_VERSION, context=context)
        await deps.words.turn(district_id, subject, generation)
        async with deps.db.writer(district_id) as conn:
            await conn.execute("delete from word_erasures where statement_id = $1", statement_id)


async def _bar_before(deps: Deps, file: RoundFile, observer_id: UUID, generation: int, context: CommandContext) -> None:
    """Has every stream of the observer's notes in the round, also those with nothing in them yet, refuse what was
    sealed under an earlier key: a post names the version that it saw, and that is no longer the newest."""
    turned = WordsKeyTurned(generation=generation)
    for slot_id, who in every_key(file):
        if who != observer_id:
            continue
        stream = notes_stream(slot_id, who)
        new = [NewEvent.of(turned, uuid5(slot_id, f"key {generation} of {who}"))]
        await deps.store.append(stream, new, expected=ANY_VERSION, context=context)


def _others(held: RoundNotes, observer_id: UUID, but: UUID) -> list[str]:
    """The sealed words of the observer that must stay readable: all but those of withdrawn-and-erased statements
    and of the one at hand."""
    return [
        box
        for key, notes in held.notes.items()
        if key[1] == observer_id
        for some in notes.received.values()
        for e in some
        if (box := sealed_words(e)) is not None and getattr(e, "statement_id", None) not in (*notes.erased, but)
    ]


async def erase_person(deps: Deps, district_id: UUID, person_id: UUID) -> int:
    """Destroys every key of the person's notes; answers over how many rounds."""
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(_ROUNDS_OF, f"%-{person_id}")
    for row in rows:
        round_id = UUID(row["round_id"])
        subject = words_subject(round_id, person_id)
        async with _turning(deps, subject):
            async with deps.db.writer(district_id) as conn:  # one that was interrupted must not make a new key
                await conn.execute(
                    "delete from word_erasures where round_id = $1 and observer_id = $2", round_id, person_id
                )
            await deps.words.forget_all(district_id, subject)
    return len(rows)


_ROUNDS_OF = """
select distinct data #>> '{visit,round_id}' as round_id from events
where type = 'EvidenceRecorded' and stream like 'notes-%' and stream like $1
"""
