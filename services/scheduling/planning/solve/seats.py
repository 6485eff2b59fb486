"""Who could sit or lead where, and at what cost, the days given or left open: what the people's programme and every
bound begin from."""

from __future__ import annotations

import numpy as np

from services.scheduling.planning.indexed import Bools, Floats, Indexed, Ints
from services.scheduling.planning.solve.dates import nearness


class Seats:
    """`seat_ok`, `lead_ok` [p, r]; `cost` [p, r] of either and `constant` in units."""

    def __init__(self, view: Indexed, days: Ints | None) -> None:
        self.view, self.days = view, days
        self._allowed()
        self._costs()

    def _allowed(self) -> None:
        view = self.view
        if self.days is None:
            on: Bools = view.day_ok
        else:
            on = np.zeros(view.day_ok.shape, dtype=bool)
            on[np.arange(len(view.rounds)), self.days] = True
        self.seat_ok: Bools = view.may_observe & _ever(view.available, on)
        self.lead_ok: Bools = np.zeros_like(self.seat_ok)
        for protocol, certified in view.certified.items():
            own = np.array([w.protocol == protocol for w in view.rounds], dtype=bool)
            there = _ever(view.available & certified, on[own])
            self.lead_ok[:, own] = view.may_lead[:, own] & there
            trained = np.array([w.trained for w in view.rounds], dtype=bool)[own]
            self.seat_ok[:, np.flatnonzero(own)[trained]] &= there[:, trained]

    def _costs(self) -> None:
        view = self.view
        self.cost: Floats = view.minutes_cost.astype(float)[view.home][:, view.host]  # a city's table is kept but once
        self.constant = 0.0
        published = view.instance.published
        for before in published.rounds if published else ():
            r, per_person = view.round_of[before.round], nearness(view, before)
            then = sorted({view.person_of[n] for n in {*before.observers, before.facilitator} - {None} if n})
            at = view.day_of.get(before.day)
            stays = at is not None and bool(view.day_ok[r, at])  # a bound takes it at its best
            same_day = stays if self.days is None else int(self.days[r]) == at
            if same_day:
                self.constant += per_person * len(then)
            reward = np.zeros(len(view.people))
            reward[then] = (2.0 if same_day else 1.0) * per_person
            self.cost[:, r] += per_person - reward


def _ever(there: Bools, on: Bools) -> Bools:
    """[p, r]: whether p is there on any of the days of r."""
    answer: Bools = there.astype(np.float32) @ on.T.astype(np.float32) > 0
    return answer
