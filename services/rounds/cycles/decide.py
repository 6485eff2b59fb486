"""The rules of a cycle: gathering, agreeing, walking the protocol, writing, sharing, leaving."""

from __future__ import annotations

from collections.abc import Sequence

from services.rounds.cycles import commands as c
from services.rounds.cycles import events as e
from services.rounds.cycles import walk, writing
from services.rounds.cycles.state import CycleState, evolve
from services.rounds.protocols.model import EVERYONE, Protocol
from shared.decider import Decider
from shared.errors import NotFound, Refused, Stale
from shared.messages import Event
from shared.said import say, together


def decide(command: c.CycleCommand, state: CycleState) -> Sequence[Event]:
    if isinstance(command, c.ProposeCycle):
        return _propose(command, state)
    if state.proposed is None:
        raise NotFound(say("cycles.no_cycle"))
    match command:
        case c.AnswerInvitation():
            return _answer(command, state)
        case c.RevokeSharing() if command.by in state.people or command.artefact_id in state.artefacts:
            return writing.revoke_sharing(command, state)
        case c.RevokePublication() if state.agreed(command.artefact_id, command.by):
            return writing.revoke_publication(command)
    if command.by not in state.people:
        raise NotFound(say("cycles.no_cycle"))
    match command:
        case c.LeaveCycle():
            return _leave(command, state)
        case c.RevokePublication():
            return writing.revoke_publication(command) if writing.standing(state, command.artefact_id).agreed else []
        case c.AgreeToPublish():
            return writing.agree_to_publish(command, state)
        case c.ShareArtefact():
            return writing.share(command, state)
        case c.RemoveArtefact():
            return writing.remove(command, state)
        case c.TakeNotes():
            return writing.take(command, state)
    _open(state)
    match command:
        case c.InvitePartner():
            return _invite(command, state)
        case c.WithdrawInvitation():
            return _withdraw_invitation(command, state)
        case c.WriteAgreement():
            return _agreement(command, state)
        case c.SignAgreement():
            return _sign(command, state)
        case c.OpenCycleStage():
            return _stage(command, state)
        case c.WriteArtefact():
            return writing.write(command, state)
        case c.FinishCycle():
            blocked = walk.finishing(
                command.protocol, state.at, lambda k: state.holds(command.protocol, k, command.facts)
            )
            if blocked:
                raise _refusal(blocked)
            return [e.CycleFinished(cycle_id=command.cycle_id, by=command.by)]
    raise AssertionError("unreachable")


def _open(state: CycleState) -> None:
    if state.ended:
        raise Refused("cycle_ended", say("cycles.ended"), mend=say("cycles.begin_new"))
    if state.finished:
        raise Refused("cycle_finished", say("cycles.finished"), mend=say("cycles.begin_new"))


def _refusal(blocked: walk.Blocked) -> Refused:
    return Refused(blocked.code, blocked.say.said, mend=say("cycles.do_first"), say=blocked.say.model_dump())


def _propose(command: c.ProposeCycle, state: CycleState) -> Sequence[Event]:
    if state.proposed is not None:
        raise Refused("cycle_exists", say("cycles.exists"))
    protocol = command.protocol
    if protocol.model == "instructional-rounds":
        raise Refused(
            "rounds_are_scheduled",
            say("cycles.scheduled"),
            mend=say("cycles.ask_leader"),
        )
    _role(protocol, command.role)
    return [
        e.CycleProposed(
            cycle_id=command.cycle_id,
            protocol=protocol.key,
            protocol_version=protocol.version,
            model=protocol.model,
            school_id=command.school_id,
            person_id=command.by,
            role=command.role,
        )
    ]


def _role(protocol: Protocol, role: str) -> None:
    if protocol.role(role) is None:
        raise Refused("no_such_role", say("cycles.no_role", role=role), where="role")


def _before_it_begins(state: CycleState) -> None:
    if state.at.stage is not None:
        raise Refused("cycle_begun", say("cycles.begun"))


def _invite(command: c.InvitePartner, state: CycleState) -> Sequence[Event]:
    _before_it_begins(state)
    people = command.protocol.people
    if command.by != state.asker:
        raise Refused(
            "not_yours_to_ask",
            say("cycles.not_yours_to_ask"),
            mend=say("cycles.tell_them"),
        )
    _role(command.protocol, command.role)
    held = state.invitations.get(command.person_id)
    if command.person_id in state.gone:
        raise Refused(
            "has_left",
            say("cycles.has_left"),
            mend=say("cycles.begin_with_them"),
            where="person_id",
        )
    if command.person_id in state.people or (held is not None and held.answer == "open"):
        raise Refused("already_asked", say("cycles.already_asked"), where="person_id")
    asked = [i for i in state.invitations.values() if i.answer == "open"]
    if len(state.members) + len(asked) >= people.most:
        raise Refused(
            "cycle_full",
            say("cycles.full", most=people.most),
            mend=say("cycles.take_back"),
        )
    role = command.protocol.role(command.role)
    taken = [m.role for m in state.members] + [i.role for i in asked]
    if role is not None and role.takes == "one" and command.role in taken:
        raise Refused("role_taken", say("cycles.role_taken", role=role.title.said), where="role")
    return [
        e.PartnerInvited(
            cycle_id=command.cycle_id,
            person_id=command.person_id,
            by=command.by,
            role=command.role,
            message=command.message,
        )
    ]


def _answer(command: c.AnswerInvitation, state: CycleState) -> Sequence[Event]:
    held = state.invitations.get(command.by)
    if held is None:
        raise NotFound(say("cycles.no_cycle"))
    if held.answer == ("accepted" if command.accept else "declined"):
        return []
    if held.answer != "open" or state.at.stage is not None or state.ended or state.finished:
        raise Refused("invitation_over", say("cycles.invitation_over"))
    if not command.accept:
        return [e.InvitationDeclined(cycle_id=command.cycle_id, person_id=command.by, by=command.by)]
    return [e.InvitationAccepted(cycle_id=command.cycle_id, person_id=command.by, school_id=command.school_id)]


def _withdraw_invitation(command: c.WithdrawInvitation, state: CycleState) -> Sequence[Event]:
    held = state.invitations.get(command.person_id)
    if held is None or held.by != command.by:
        raise NotFound(say("cycles.no_invitation"))
    if held.answer != "open":
        raise Refused("invitation_over", say("cycles.invitation_over"))
    return [e.InvitationDeclined(cycle_id=command.cycle_id, person_id=command.person_id, by=command.by)]


def _agreement(command: c.WriteAgreement, state: CycleState) -> Sequence[Event]:
    _before_it_begins(state)
    revision = state.agreement.revision if state.agreement else 0
    if command.base_revision != revision:
        raise Stale(say("cycles.agreement_changed_now"), mend=say("errors.read_again"))
    return [e.AgreementWritten(cycle_id=command.cycle_id, revision=revision + 1, by=command.by, body=command.body)]


def _sign(command: c.SignAgreement, state: CycleState) -> Sequence[Event]:
    if state.agreement is None:
        raise Refused("no_agreement", say("cycles.no_agreement"), mend=say("cycles.write_first"))
    if command.revision != state.agreement.revision:
        raise Stale(say("cycles.agreement_changed"), mend=say("cycles.then_sign"))
    if command.by in state.signed:
        return []
    return [e.AgreementSigned(cycle_id=command.cycle_id, revision=command.revision, person_id=command.by)]


def not_agreed(protocol: Protocol, state: CycleState) -> walk.Blocked | None:
    """What is missing before the first stage: enough people, every part taken, everybody's signature."""
    least = protocol.people.least
    if len(state.members) < least:
        return _blocked(
            "too_few_people",
            f"This protocol needs at least {least} people.",
            f"Este protocolo necesita al menos {least} personas.",
        )
    for role in protocol.people.roles:
        if role.takes == "one" and not any(m.role == role.id for m in state.members):
            return _blocked(
                "role_open",
                f"Nobody has the part “{role.title.en}” yet.",
                f"Aún nadie tiene el papel «{role.title.es}».",
            )
    if state.agreement is None:
        return _blocked("no_agreement", "The agreement is not written yet.", "El acuerdo aún no está escrito.")
    if not frozenset(state.people) <= state.signed:
        return _blocked(
            "not_signed", "Not everybody has signed the agreement yet.", "Aún no todos han firmado el acuerdo."
        )
    return None


def _blocked(code: str, en: str, es: str) -> walk.Blocked:
    return walk.Blocked(code, walk.both(en, es))


def _stage(command: c.OpenCycleStage, state: CycleState) -> Sequence[Event]:
    protocol = command.protocol
    if state.at.stage is None and (missing := not_agreed(protocol, state)):
        raise _refusal(missing)
    blocked = walk.opening(protocol, state.at, command.stage, lambda k: state.holds(protocol, k, command.facts))
    if blocked:
        raise _refusal(blocked)
    stage = protocol.stage(command.stage)
    assert stage is not None, "a stage that can be opened exists"
    at = state.at.after(stage)
    if not state.may(protocol, command.by, stage.acts, at.turn):
        raise Refused(
            "not_your_part", say("cycles.other_opens", stage=stage.title.said), mend=say("cycles.ask_to_open")
        )
    for role in protocol.people.roles:
        if role.training and EVERYONE not in stage.acts and role.id in stage.acts:
            trained = command.facts.get(f"training:{role.training}", {})
            untrained = [p for p in state.in_role(protocol, role.id, at.turn) if not trained.get(p)]
            if untrained:
                training, part = protocol.training(role.training), role.title
                more = together(
                    [
                        say("cycles.training_missing", part=part.said, training=training.said),
                        say("cycles.leader_records"),
                    ]
                )
                raise Refused(
                    "training_missing",
                    say("cycles.training_missing", part=part.said, training=training.said),
                    mend=say("cycles.record_first"),
                    say={"en": more.en, "es": more.es},
                )
    return [e.CycleStageOpened(cycle_id=command.cycle_id, stage=stage.id, turn=at.turn, by=command.by)]


def _leave(command: c.LeaveCycle, state: CycleState) -> Sequence[Event]:
    notes = command.protocol.policies.on_withdrawal
    everybody = {m.person_id for m in state.members} | set(state.gone)
    erased = {"erase_all": everybody, "erase_own": {command.by}, "keep": set()}[notes]
    left = len(state.members) - 1
    begun = state.at.stage is not None
    rotate = command.protocol.people.rotate
    roles = [state.role_of(p, rotate=rotate) for p in state.people if p != command.by]
    lacks = any(r.takes == "one" and r.id not in roles for r in command.protocol.people.roles)
    ends = left == 0 or notes == "erase_all" or (begun and (left < command.protocol.people.least or lacks))
    asked = [i.person_id for i in state.invitations.values() if i.by == command.by and i.answer == "open"]
    return [
        *(e.InvitationDeclined(cycle_id=command.cycle_id, person_id=p, by=command.by) for p in asked),
        e.MemberLeft(
            cycle_id=command.cycle_id,
            person_id=command.by,
            erased=tuple(sorted(erased)),
            notes=notes,
            ends=(ends and not state.finished) or left == 0,
        ),
    ]


CYCLE: Decider[c.CycleCommand, CycleState] = Decider(CycleState(), decide, evolve, e.EVENTS)
