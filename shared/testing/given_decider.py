"""given(events).when(command).then(events): a decider's rules told as stories.

given(ROUND, opened).when(OpenVisit()).then_refused("no_problem_of_practice")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.decider import Decider
from shared.errors import Refused, RondoError
from shared.messages import Event

C = TypeVar("C")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class When(Generic[S]):
    """What the command led to: `events`, or `error`. `state` is the state after it."""

    events: Sequence[Event]
    state: S
    error: RondoError | None = None

    def then(self, *expected: Event) -> S:
        """Exactly these events. Answers the state after them."""
        if self.error is not None:
            raise AssertionError(f"refused: {self.error.detail}") from self.error
        assert list(self.events) == list(expected), f"got {list(self.events)}"
        return self.state

    def then_one(self, kind: type[Event]) -> Event:
        """One event of this kind, whatever it says."""
        if self.error is not None:
            raise AssertionError(f"refused: {self.error.detail}") from self.error
        assert [type(e) for e in self.events] == [kind], f"got {list(self.events)}"
        return self.events[0]

    def then_nothing(self) -> None:
        self.then()

    def then_refused(self, code: str) -> Refused:
        """The rule of this name forbade it."""
        assert isinstance(self.error, Refused), f"not refused: {self.error or list(self.events)}"
        assert self.error.code == code, f"refused as {self.error.code}: {self.error.detail}"
        return self.error

    def then_error(self, kind: type[RondoError]) -> RondoError:
        assert isinstance(self.error, kind), f"got {self.error or list(self.events)}"
        return self.error


@dataclass(frozen=True, slots=True)
class Given(Generic[C, S]):
    decider: Decider[C, S]
    state: S

    def when(self, command: C) -> When[S]:
        try:
            events = self.decider.decide(command, self.state)
        except RondoError as error:
            return When((), self.state, error)
        return When(events, self.decider.fold(events, self.state))

    def after(self, *commands: C) -> Given[C, S]:
        """The story goes on: each command must be accepted."""
        state = self.state
        for command in commands:
            state = self.decider.fold(self.decider.decide(command, state), state)
        return Given(self.decider, state)


def given(decider: Decider[C, S], *events: Event) -> Given[C, S]:
    return Given(decider, decider.fold(events))
