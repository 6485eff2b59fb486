"""How work on a plan ends other than well: each sentence, and the word by which pages tell it in their language."""

from __future__ import annotations

from services.scheduling.planning.messages import CRASHED, OUT_OF_MEMORY, OUT_OF_TIME

STOPPED = "It was stopped before the first plan was found."
NOTHING_FOUND = "No plan was found."
UNREADABLE = "What was asked for cannot be read any more. Ask again; nothing of the standing plan was changed."
ENDED_BADLY = "The work on this plan ended badly each time."
BEST_OF_BAD_ENDS = "The work on this plan ended badly each time; this is the best that it found."

WHOLE = {
    STOPPED: "stopped",
    NOTHING_FOUND: "nothing_found",
    UNREADABLE: "unreadable",
    ENDED_BADLY: "ended_badly",
    BEST_OF_BAD_ENDS: "best_of_bad_ends",
    OUT_OF_TIME: "out_of_time",
}
BEGINNINGS = {OUT_OF_MEMORY: "out_of_memory", CRASHED: "crashed"}
"""Of sentences that go on with a number, or with what an operator reads in the log as well."""


def code_of(note: str | None) -> str | None:
    """None for a sentence that is of no known kind."""
    if note is None:
        return None
    return WHOLE.get(note) or next((code for begin, code in BEGINNINGS.items() if note.startswith(begin)), None)
