"""What people would fill in, made from the protocol documents themselves; and cycles that walk any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from services.rounds.cycles import commands as c
from services.rounds.cycles.decide import CYCLE
from services.rounds.cycles.state import CycleState
from services.rounds.protocols.model import Artefact, PlainField, Protocol

DAY = date(2026, 11, 2)
AGREEMENT = {
    "goals": [
        {
            "what": "Ask for reasons in every lesson",
            "sign": "Students give reasons unasked",
            "by": (date.today() + timedelta(days=60)).isoformat(),
        }
    ],
    "norms": [0],
    "own_norms": [],
    "out_of_bounds": "Nothing about one student.",
    "confidentiality": "",
}


def filled(artefact: Artefact, words: str, *, today: date | None = None) -> dict[str, Any]:
    """Values for every field; each text holds `words`."""
    soon = (today or date.today()) + timedelta(days=9)
    return {f.id: _value(f, words, soon) for f in artefact.fields}


def _value(field: Any, words: str, soon: date) -> Any:
    if field.kind == "items":
        return [{f.id: _value(f, words, soon) for f in field.fields} for _ in range(max(field.least or 1, 1))]
    return _PLAIN[field.kind](field, words, soon)


def _text(field: PlainField, words: str, soon: date) -> str:
    return f"“{words}” was said at minute 7 by two groups."


_PLAIN: dict[str, Callable[[PlainField, str, date], Any]] = {
    "words": _text,
    "text": _text,
    "choice": lambda f, w, d: f.options[0].id,
    "choices": lambda f, w, d: [f.options[0].id],
    "scale": lambda f, w, d: f.least,
    "number": lambda f, w, d: f.least or 1,
    "minute": lambda f, w, d: 7,
    "date": lambda f, w, d: d.isoformat(),
    "alias": lambda f, w, d: "A",
    "counts": lambda f, w, d: {"csv": f"skill,count,total\n{w},20,40\nOther,30,41\n"},
}


class Walker:
    """A cycle of a protocol in memory, whose people do what its conditions ask for."""

    def __init__(self, protocol: Protocol, people: int | None = None) -> None:
        self.protocol = protocol
        self.cycle_id = uuid4()
        self.state: CycleState = CYCLE.initial
        self.ids = count()
        number = people or protocol.people.least
        ones = [r.id for r in protocol.people.roles if r.takes == "one"]
        rest = [r.id for r in protocol.people.roles if r.takes == "rest"]
        roles = (ones + rest * number)[:number]
        self.people = [uuid4() for _ in roles]
        self.do(c.ProposeCycle, self.people[0], role=roles[0])
        for person, role in zip(self.people[1:], roles[1:], strict=True):
            self.do(c.InvitePartner, self.people[0], person_id=person, role=role, message="sealed")
            self.do(c.AnswerInvitation, person, accept=True)

    def do(self, kind: Any, by: UUID, **rest: Any) -> None:
        command = kind(cycle_id=self.cycle_id, by=by, protocol=self.protocol, **rest)
        self.state = CYCLE.fold(CYCLE.decide(command, self.state), self.state)

    def agree(self) -> None:
        self.do(c.WriteAgreement, self.people[0], body="sealed", base_revision=0)
        for person in self.people:
            self.do(c.SignAgreement, person, revision=1)

    def opener(self, stage: str) -> UUID:
        """Somebody whose part opens the stage."""
        held = self.protocol.stage(stage)
        assert held is not None
        turn = self.state.at.turn + held.swaps
        return next(p for p in self.people if self.state.may(self.protocol, p, held.acts, turn))

    def open(self, stage: str) -> None:
        self.do(c.OpenCycleStage, self.opener(stage), stage=stage)

    def writers(self, artefact: Artefact) -> Sequence[UUID]:
        able = [p for p in self.people if self.state.may(self.protocol, p, artefact.written_by)]
        return able[:1] if artefact.together else able

    def write_everything(self) -> None:
        """Everybody writes all that the present stage takes of them."""
        stage = self.protocol.stage(self.state.at.stage or "")
        assert stage is not None
        for id_ in stage.artefacts:
            artefact = self.protocol.artefact(id_)
            assert artefact is not None
            for writer in self.writers(artefact):
                mine = [
                    w
                    for w in self.state.standing_artefacts(id_)
                    if w.first.turn == self.state.at.turn and (artefact.together or w.first.author_id == writer)
                ]
                if mine and not artefact.many:
                    continue
                self.write(writer, id_)

    def write(self, by: UUID, artefact: str, *, ready: bool = True) -> UUID:
        id_ = uuid4()
        self.do(c.WriteArtefact, by, artefact_id=id_, artefact=artefact, ready=ready, fields="sealed")
        return id_
