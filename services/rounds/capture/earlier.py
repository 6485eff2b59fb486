"""Answers that were given on a form which the round has changed since: counted, and read as that form worded them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.capture.events import Late, LookForRated
from services.rounds.capture.queries import RoundNotes, round_notes, shuffled
from services.rounds.capture.visibility import Key, Reading, visible
from services.rounds.deps import Deps
from services.rounds.instruments.documents import Instrument
from services.rounds.rounds.queries import RoundFile
from shared.access import Actor


class EarlierAnswer(BaseModel):
    id: UUID
    slot_id: UUID
    room: str
    grade_band: str
    subject: str
    mine: bool
    look_for_id: str
    value: str
    late: Late | None


class EarlierForm(BaseModel):
    """A form that the round had before, whole, with the answers given on it in its own order."""

    instrument: Instrument
    answers: list[EarlierAnswer]


class EarlierAnswers(BaseModel):
    reading: Reading
    forms: list[EarlierForm] = Field(description="the newest first; none without an answer that the actor may read")
    unread: int = Field(description="answers on earlier forms that the actor may not read, or not yet")


@dataclass(frozen=True, slots=True)
class Earlier:
    key: Key
    rating: LookForRated
    form: Instrument


def given_on(look_for_id: str, value: str, told_version: int | None, forms: Sequence[Instrument]) -> Instrument | None:
    """The form that an answer was given on. `forms` are all that the round pinned, the newest last: of those whose
    look-for knows the answer the newest, and before all others one of the version that the device told."""
    knowing = [form for form in reversed(forms) if (item := form.by_id.get(look_for_id)) and item.answers(value)]
    told = [form for form in knowing if form.version == told_version]
    return next(iter(told or knowing), None)


async def earlier_ratings(deps: Deps, district_id: UUID, held: RoundNotes) -> list[Earlier]:
    """All of a round's, whoever gave them."""
    plan = held.file.plan
    forms = await deps.instruments.pinned(district_id, held.file.round.pinned)
    now = (plan.instrument, plan.instrument_version)
    found = [
        (key, r, given_on(r.look_for_id, r.value, r.instrument_version, forms))
        for key, notes in held.notes.items()
        for r in notes.ratings.values()
    ]
    return [Earlier(k, r, form) for k, r, form in found if form is not None and (form.key, form.version) != now]


async def earlier_answers(deps: Deps, actor: Actor, file: RoundFile) -> EarlierAnswers:
    """Without their writers, in an order that betrays none. Raises NotFound or Gone for who may read no evidence."""
    held = await round_notes(deps, actor.district_id, file)
    shown = visible(actor, file, held.submitted)
    every = await earlier_ratings(deps, actor.district_id, held)
    read = [e for e in every if e.key in shown.own or e.key in shown.others]
    forms = {(e.form.key, e.form.version): e.form for e in read}
    newest_first = [forms[pin] for pin in reversed(file.round.pinned) if pin in forms]
    return EarlierAnswers(
        reading=shown.reading,
        forms=[
            EarlierForm(instrument=form, answers=_in_order(form, [e for e in read if e.form is form], file, shown.own))
            for form in newest_first
        ],
        unread=len(every) - len(read),
    )


def _in_order(form: Instrument, read: Sequence[Earlier], file: RoundFile, own: frozenset[Key]) -> list[EarlierAnswer]:
    place = {item.id: n for n, item in enumerate(form.items)}
    ordered = sorted(
        read,
        key=lambda e: (place[e.rating.look_for_id], e.key not in own, shuffled(file.plan.round_id, e.rating.rating_id)),
    )
    return [_answer(e, file, mine=e.key in own) for e in ordered]


def _answer(earlier: Earlier, file: RoundFile, *, mine: bool) -> EarlierAnswer:
    slot, rating = file.round.slots[earlier.key[0]].slot, earlier.rating
    return EarlierAnswer(
        id=rating.rating_id,
        slot_id=slot.slot_id,
        room=slot.room,
        grade_band=slot.grade_band,
        subject=slot.subject,
        mine=mine,
        look_for_id=rating.look_for_id,
        value=rating.value,
        late=rating.receipt.late,
    )
