"""The rules of what is written in a cycle: notes, their versions, and the acts that show them to others."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.rounds.cycles import commands as c
from services.rounds.cycles import events as e
from services.rounds.cycles.state import CycleState, Written
from services.rounds.protocols.model import AUTHOR, Artefact, Protocol
from shared.errors import NotFound, Refused, Stale
from shared.messages import Event

MOST_ARTEFACTS = 500
MOST_REVISIONS = 200  # that somebody wrote as a whole
MOST_TAKEN = 1000  # besides, that a device handed in line by line


def standing(state: CycleState, artefact_id: UUID) -> Written:
    held = state.artefacts.get(artefact_id)
    if held is None or held.removed:
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    return held


def write(command: c.WriteArtefact, state: CycleState) -> Sequence[Event]:
    protocol, kind = command.protocol, command.protocol.artefact(command.artefact)
    if kind is None:
        raise NotFound("The protocol has no such artefact.")
    held = state.artefacts.get(command.artefact_id)
    if held is not None:
        return _rewrite(command, state, held, kind)
    stage = protocol.stage(state.at.stage) if state.at.stage else None
    if stage is None or kind.id not in stage.artefacts:
        raise Refused(
            "wrong_stage",
            f"“{kind.title.en}” is not written in this stage.",
            mend="Open the stage that it belongs to.",
        )
    if not state.may(protocol, command.by, kind.written_by):
        raise Refused("not_your_part", f"“{kind.title.en}” is for another part to write.")
    here = [w for w in state.standing_artefacts(kind.id) if w.first.turn == state.at.turn]
    if (kind.together and here) or (not kind.many and any(w.first.author_id == command.by for w in here)):
        raise Refused("already_written", f"“{kind.title.en}” is there already.", mend="Change that one.")
    if len(state.artefacts) >= MOST_ARTEFACTS:
        raise Refused("too_much_written", f"A cycle holds at most {MOST_ARTEFACTS} notes.", mend="Begin a new cycle.")
    if command.base_revision != 0:
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    return [_event(command, state.at.stage or "", state.at.turn, 1)]


def _rewrite(command: c.WriteArtefact, state: CycleState, held: Written, kind: Artefact) -> Sequence[Event]:
    now = held.newest
    if held.removed or now.artefact != kind.id or not _may_change(command.protocol, state, held, kind, command.by):
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    if command.base_revision != now.revision:
        raise Stale(
            f"You changed version {command.base_revision}, but version {now.revision} is the newest.",
            mend="Read it again, then repeat your change.",
        )
    if len(held.revisions) - held.delivered >= MOST_REVISIONS:
        raise Refused(
            "too_many_versions",
            f"A note has at most {MOST_REVISIONS} versions besides what devices handed in.",
            mend="Write a new one.",
        )
    return [_event(command, state.at.stage or held.first.stage, held.first.turn, now.revision + 1)]


def take(command: c.TakeNotes, state: CycleState) -> Sequence[Event]:
    """Late is not lost: the stage may be over, and the cycle finished, when a device comes back to a network.
    Raises Stale when somebody, or another device, was first: what is taken must be made anew on theirs."""
    protocol, kind = command.protocol, command.protocol.artefact(command.artefact)
    if state.ended:
        raise Refused("cycle_ended", "This cycle has ended.", mend="Begin a new one.")
    stage = protocol.stage(command.stage)
    if kind is None or kind.together or stage is None or kind.id not in stage.artefacts:
        raise Refused("unknown_note", "The protocol has no such note in this stage.", mend="Load the cycle again.")
    if any(item.client_id in state.taken for item in command.taken):
        raise Stale("Some of it was taken before.", mend="Read the note again, then repeat.")
    held = state.artefacts.get(command.artefact_id)
    if held is not None:
        now = held.newest
        if now.artefact != kind.id or held.first.author_id != command.by:
            raise Refused("unknown_note", "There is no such note in this cycle, or it is not yours to see.")
        if held.removed:
            raise Refused("note_removed", "You took this note out of the cycle.", mend="Write it into a new note.")
        if command.base_revision != now.revision:
            raise Stale("The note was changed meanwhile.", mend="Read it again, then repeat.")
        if held.delivered >= MOST_TAKEN:
            raise Refused(
                "too_many_versions", f"A device adds to a note at most {MOST_TAKEN} times.", mend="Write a new one."
            )
        at = (held.first.stage, held.first.turn)
        return [_event(command, *at, now.revision + 1, command.taken)]
    if not any((s.stage, s.turn) == (command.stage, command.turn) for s in state.stages):
        raise Refused("stage_not_open", "This stage was never open in that turn.", mend="Load the cycle again.")
    if not state.may(protocol, command.by, kind.written_by, command.turn):
        raise Refused("not_your_part", f"“{kind.title.en}” is for another part to write.")
    if not kind.many and own_note(state, kind, command.by, command.turn) is not None:
        raise Stale("There is such a note by now.", mend="Read it again, then repeat.")
    if len(state.artefacts) >= MOST_ARTEFACTS:
        raise Refused("too_much_written", f"A cycle holds at most {MOST_ARTEFACTS} notes.", mend="Begin a new cycle.")
    return [_event(command, command.stage, command.turn, 1, command.taken)]


def own_note(state: CycleState, kind: Artefact, by: UUID, turn: int) -> Written | None:
    """The person's newest note of a kind in a turn."""
    mine = [w for w in state.standing_artefacts(kind.id) if w.first.turn == turn and w.first.author_id == by]
    return mine[-1] if mine else None


def _may_change(protocol: Protocol, state: CycleState, held: Written, kind: Artefact, by: UUID) -> bool:
    """Its author; where it is one for all, everybody who may write it."""
    if kind.together:
        return state.may(protocol, by, kind.written_by, held.first.turn)
    return held.first.author_id == by


def _event(
    command: c.WriteArtefact | c.TakeNotes, stage: str, turn: int, revision: int, taken: tuple[e.TakenItem, ...] = ()
) -> e.ArtefactWritten:
    return e.ArtefactWritten(
        cycle_id=command.cycle_id,
        artefact_id=command.artefact_id,
        artefact=command.artefact,
        stage=stage,
        turn=turn,
        author_id=command.by,
        revision=revision,
        ready=command.ready,
        fields=command.fields,
        taken=taken,
    )


def remove(command: c.RemoveArtefact, state: CycleState) -> Sequence[Event]:
    held = state.artefacts.get(command.artefact_id)
    if held is not None and held.removed and held.first.author_id == command.by:
        return []
    held = standing(state, command.artefact_id)
    if held.first.author_id != command.by:
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    return [e.ArtefactRemoved(cycle_id=command.cycle_id, artefact_id=command.artefact_id, by=command.by)]


def share(command: c.ShareArtefact, state: CycleState) -> Sequence[Event]:
    held = standing(state, command.artefact_id)
    kind = command.protocol.artefact(held.artefact)
    if held.first.author_id != command.by:
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    if kind is None or not kind.shareable or AUTHOR not in kind.read_by:
        raise Refused("not_shareable", "The protocol does not let this be shown outside.")
    if command.with_person == command.by:
        raise Refused("share_with_self", "You read it already.", where="with_person")
    if command.with_person in held.shared_with:
        return []
    return [
        e.ArtefactShared(cycle_id=command.cycle_id, artefact_id=command.artefact_id, with_person=command.with_person)
    ]


def revoke_sharing(command: c.RevokeSharing, state: CycleState) -> Sequence[Event]:
    held = standing(state, command.artefact_id)
    if command.by not in (held.first.author_id, command.with_person):
        raise NotFound("There is no such note in this cycle, or it is not yours to see.")
    if command.with_person not in held.shared_with:
        return []
    return [
        e.SharingRevoked(cycle_id=command.cycle_id, artefact_id=command.artefact_id, with_person=command.with_person)
    ]


def agree_to_publish(command: c.AgreeToPublish, state: CycleState) -> Sequence[Event]:
    held = standing(state, command.artefact_id)
    kind = command.protocol.artefact(held.artefact)
    if kind is None or not kind.publishable:
        raise Refused("not_publishable", "The protocol does not let this be published.")
    if not held.newest.ready:
        raise Refused("not_ready", "It is still a draft.", mend="Say that it is ready first.")
    if command.revision != held.newest.revision:
        raise Stale("It was changed since you read it.", mend="Read it again, then agree.")
    if held.withheld == command.revision:
        raise Refused(
            "taken_back",
            "Somebody who had agreed to publish this version, and has left, took it back.",
            mend="Write a new version, without what was theirs, and agree to that.",
            say={
                "en": "Somebody who had agreed to publish this version, and has left, took it back. Write a new "
                "version, without what was theirs, and agree to that.",
                "es": "Alguien que había aceptado publicar esta versión, y se retiró, la retiró de la publicación. "
                "Escriba una versión nueva, sin lo que era suyo, y acepten esa.",
            },
        )
    if command.by in held.agreed:
        return []
    return [
        e.PublicationAgreed(
            cycle_id=command.cycle_id,
            artefact_id=command.artefact_id,
            revision=command.revision,
            person_id=command.by,
        )
    ]


def revoke_publication(command: c.RevokePublication) -> Sequence[Event]:
    return [e.PublicationRevoked(cycle_id=command.cycle_id, artefact_id=command.artefact_id, person_id=command.by)]
