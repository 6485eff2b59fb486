"""What a worker and its supervisor say to each other, one JSON document a line.

In: one `Job`, then at most one `Stop`. Out: `Progress` as often as something improves, then one `Done` or `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from services.scheduling.planning.plan import Plan
from shared.said import Said

Ended = Literal["finished", "stopped", "out_of_time", "out_of_memory", "crashed", "refused"]
OUT_OF_TIME = "The solver did not end in its time and was ended; its best is kept."
OUT_OF_MEMORY = "The solver needed more"
"""The beginning of the sentence, as of the next."""
CRASHED = "The solver ended unexpectedly"


class Job(msgspec.Struct, tag="job", kw_only=True):
    """`kind` names what to do (worker.KINDS), `task` is its document. `seconds`: time from the first line on."""

    kind: str
    task: msgspec.Raw
    seconds: float
    memory_mb: int


class Stop(msgspec.Struct, tag="stop"):
    """Keep the best plan and end soon."""


class Flows(msgspec.Struct, kw_only=True):
    """Where groups of like people are worth most, days aside. `observers`, `leaders`: each person's group, -1 for
    none; `visits`, `leads`: group, school, how often in all. `last`: no better ones will come."""

    observers: list[int]
    visits: list[tuple[int, int, float]]
    leaders: list[int]
    leads: list[tuple[int, int, float]]
    last: bool


class Progress(msgspec.Struct, tag="progress", kw_only=True):
    """`doing`: a word for what is being improved (greedy, dates, people, region, bound, search).
    `cost`, `parts` and `bound` in points; `gap` a share (0-1). `plan` comes where it is better than the last. `say`:
    the detail in both languages, where it is words and no name. `flows`: from a process beside, for the regions."""

    seconds: float
    doing: str
    cost: float | None = None
    parts: dict[str, float] = msgspec.field(default_factory=dict)
    bound: float | None = None
    gap: float | None = None
    plan: Plan | None = None
    detail: str = ""
    say: Said | None = None
    flows: Flows | None = None


class Done(msgspec.Struct, tag="done", kw_only=True):
    """`result` is the kind's own document. `stopped`: on request or for time, before it was proved best."""

    seconds: float
    result: msgspec.Raw
    stopped: bool = False


class Failed(msgspec.Struct, tag="failed", kw_only=True):
    """`error`: the type of what went wrong; `words` a sentence."""

    error: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended. `plan`: the best that was told, also of a worker that was killed; `result` of one that ended
    by itself. `words` say why it did not finish, for a person."""

    ended: Ended
    seconds: float
    plan: Plan | None = None
    bound: float | None = None
    result: bytes | None = None
    words: str = ""
    peak_mb: int = 0
    progress: int = 0


encode = msgspec.json.Encoder().encode
decode_in = msgspec.json.Decoder(Job | Stop).decode
decode_out = msgspec.json.Decoder(Progress | Done | Failed).decode
