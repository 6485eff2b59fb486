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
from shared.said import say, together

MOST_ARTEFACTS = 500
MOST_REVISIONS = 200  # that somebody wrote as a whole
MOST_TAKEN = 1000  # besides, that a device handed in line by line


def standing(state: CycleState, artefact_id: UUID) -> Written:
    held = state.artefacts.get(artefact_id)
    if held is None or held.removed:
        raise NotFound(say("cycles.no_note"))
    return held


def write(command: c.WriteArtefact, state: CycleState) -> Sequence[Event]:
    protocol, kind = command.protocol, command.protocol.artefact(command.artefact)
    if kind is None:
        raise NotFound(say("cycles.no_artefact"))
    held = state.artefacts.get(command.artefact_id)
    if held is not None:
        return _rewrite(command, state, held, kind)
    stage = protocol.stage(state.at.stage) if state.at.stage else None
    if stage is None or kind.id not in stage.artefacts:
        raise Refused(
            "wrong_stage",
            say("cycles.not_this_stage", note=kind.title.said),
            mend=say("cycles.open_its_stage"),
        )
    if not state.may(protocol, command.by, kind.written_by):
        raise Refused("not_your_part", say("cycles.others_write", note=kind.title.said))
    here = [w for w in state.standing_artefacts(kind.id) if w.first.turn == state.at.turn]
    if (kind.together and here) or (not kind.many and any(w.first.author_id == command.by for w in here)):
        raise Refused(
            "already_written", say("cycles.already_written", note=kind.title.said), mend=say("cycles.change_that")
        )
    if len(state.artefacts) >= MOST_ARTEFACTS:
        raise Refused(
            "too_much_written", say("cycles.many_notes", most=MOST_ARTEFACTS), mend=say("cycles.begin_new_cycle")
        )
    if command.base_revision != 0:
        raise NotFound(say("cycles.no_note"))
    return [_event(command, state.at.stage or "", state.at.turn, 1)]


def _rewrite(command: c.WriteArtefact, state: CycleState, held: Written, kind: Artefact) -> Sequence[Event]:
    now = held.newest
    if held.removed or now.artefact != kind.id or not _may_change(command.protocol, state, held, kind, command.by):
        raise NotFound(say("cycles.no_note"))
    if command.base_revision != now.revision:
        raise Stale(
            say("errors.old_version", seen=command.base_revision, newest=now.revision),
            mend=say("errors.read_again"),
        )
    if len(held.revisions) - held.delivered >= MOST_REVISIONS:
        raise Refused(
            "too_many_versions",
            say("cycles.many_versions", most=MOST_REVISIONS),
            mend=say("cycles.write_new"),
        )
    return [_event(command, state.at.stage or held.first.stage, held.first.turn, now.revision + 1)]


def take(command: c.TakeNotes, state: CycleState) -> Sequence[Event]:
    """Late is not lost: the stage may be over, and the cycle finished, when a device comes back to a network.
    Raises Stale when somebody, or another device, was first: what is taken must be made anew on theirs."""
    protocol, kind = command.protocol, command.protocol.artefact(command.artefact)
    if state.ended:
        raise Refused("cycle_ended", say("cycles.ended"), mend=say("cycles.begin_new"))
    stage = protocol.stage(command.stage)
    if kind is None or kind.together or stage is None or kind.id not in stage.artefacts:
        raise Refused("unknown_note", say("cycles.unknown_note"), mend=say("cycles.load_again"))
    if any(item.client_id in state.taken for item in command.taken):
        raise Stale(say("cycles.taken_before"), mend=say("cycles.read_note"))
    held = state.artefacts.get(command.artefact_id)
    if held is not None:
        now = held.newest
        if now.artefact != kind.id or held.first.author_id != command.by:
            raise Refused("unknown_note", say("cycles.no_note"))
        if held.removed:
            raise Refused("note_removed", say("cycles.note_removed"), mend=say("cycles.into_new_note"))
        if command.base_revision != now.revision:
            raise Stale(say("cycles.note_changed"), mend=say("cycles.then_repeat"))
        if held.delivered >= MOST_TAKEN:
            raise Refused("too_many_versions", say("cycles.device_adds", most=MOST_TAKEN), mend=say("cycles.write_new"))
        at = (held.first.stage, held.first.turn)
        return [_event(command, *at, now.revision + 1, command.taken)]
    if not any((s.stage, s.turn) == (command.stage, command.turn) for s in state.stages):
        raise Refused("stage_not_open", say("cycles.stage_not_open"), mend=say("cycles.load_again"))
    if not state.may(protocol, command.by, kind.written_by, command.turn):
        raise Refused("not_your_part", say("cycles.others_write", note=kind.title.said))
    if not kind.many and own_note(state, kind, command.by, command.turn) is not None:
        raise Stale(say("cycles.note_by_now"), mend=say("cycles.then_repeat"))
    if len(state.artefacts) >= MOST_ARTEFACTS:
        raise Refused(
            "too_much_written", say("cycles.many_notes", most=MOST_ARTEFACTS), mend=say("cycles.begin_new_cycle")
        )
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
        raise NotFound(say("cycles.no_note"))
    return [e.ArtefactRemoved(cycle_id=command.cycle_id, artefact_id=command.artefact_id, by=command.by)]


def share(command: c.ShareArtefact, state: CycleState) -> Sequence[Event]:
    held = standing(state, command.artefact_id)
    kind = command.protocol.artefact(held.artefact)
    if held.first.author_id != command.by:
        raise NotFound(say("cycles.no_note"))
    if kind is None or not kind.shareable or AUTHOR not in kind.read_by:
        raise Refused("not_shareable", say("cycles.not_shareable"))
    if command.with_person == command.by:
        raise Refused("share_with_self", say("cycles.share_with_self"), where="with_person")
    if command.with_person in held.shared_with:
        return []
    return [
        e.ArtefactShared(cycle_id=command.cycle_id, artefact_id=command.artefact_id, with_person=command.with_person)
    ]


def revoke_sharing(command: c.RevokeSharing, state: CycleState) -> Sequence[Event]:
    held = standing(state, command.artefact_id)
    if command.by not in (held.first.author_id, command.with_person):
        raise NotFound(say("cycles.no_note"))
    if command.with_person not in held.shared_with:
        return []
    return [
        e.SharingRevoked(cycle_id=command.cycle_id, artefact_id=command.artefact_id, with_person=command.with_person)
    ]


def agree_to_publish(command: c.AgreeToPublish, state: CycleState) -> Sequence[Event]:
    held = standing(state, command.artefact_id)
    kind = command.protocol.artefact(held.artefact)
    if kind is None or not kind.publishable:
        raise Refused("not_publishable", say("cycles.not_publishable"))
    if not held.newest.ready:
        raise Refused("not_ready", say("cycles.still_draft"), mend=say("cycles.say_ready"))
    if command.revision != held.newest.revision:
        raise Stale(say("cycles.changed_since_read"), mend=say("cycles.then_agree"))
    if held.withheld == command.revision:
        mend = say("cycles.agree_without")
        more = together([say("cycles.taken_back"), mend])
        raise Refused("taken_back", say("cycles.taken_back"), mend=mend, say={"en": more.en, "es": more.es})
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
