"""The garbage collector, set for a server: much is made per request, much of it is kept for a while."""

from __future__ import annotations

import gc

MADE_BEFORE_A_LOOK = 20_000


def settle_collector() -> None:
    """Call it at the end of a start. What is there by now stays, and is looked at no more; what requests
    make is looked at every `MADE_BEFORE_A_LOOK` objects instead of every 700: a post of 20 statements
    keeps some 300, and spent up to a third of its time in the collector (measured by tests/bench)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_A_LOOK, 20, 50)
