"""Memory, set for a server: much is made per request, much of it is kept for a while."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

MADE_BEFORE_A_LOOK = 20_000
KEPT_MB = 32
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h


def settle_collector() -> None:
    """Call it at the end of a start. What is there by now stays, and is looked at no more; what requests
    make is looked at every `MADE_BEFORE_A_LOOK` objects instead of every 700: a post of 20 statements
    keeps some 300, and spent up to a third of its time in the collector (measured by tests/bench)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_A_LOOK, 20, 50)
    with suppress(OSError, AttributeError):  # another C library
        # Pages of a log are made and freed by the hundred: giving each back to the system and taking it again cost a
        # fifth of reading them.
        c = ctypes.CDLL(None)
        c.mallopt(_TRIM_THRESHOLD, KEPT_MB << 20)
        c.mallopt(_MMAP_THRESHOLD, KEPT_MB << 20)
