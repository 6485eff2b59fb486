"""Hands programmes to the worker process. HiGHS never loads in the process that serves."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import shared.embedded
from services.reporting.disclosure.programme import Programme, Range, Solution

SECONDS = 240
"""Of the processor, for each worker. Time that passes while others have the machine is not held against it, but for"""
PASSED = 900.0
"""seconds by the clock: then nobody waits any longer."""
LARGE = 2_000
"""Unknown counts from which a second worker is worth its start."""
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(shared.embedded.__file__).parent / "child.py"
_COMMAND = (sys.executable, "-m", "services.reporting.disclosure.worker")


class AuditFailed(RuntimeError):
    """The worker gave no answer; nothing may be released on its word."""


class NotProven(AuditFailed):
    """The worker did not come to an end: neither that something could be worked out was found, nor that nothing can."""


def solve(programmes: Sequence[Programme], *, complement: bool = True) -> list[Solution]:
    """The attacker's ranges for each programme, and where something is pinned what to hide. Blocks; seconds.

    Raises AuditFailed.
    """
    if not programmes:
        return []
    halves = _halves(programmes)
    with ThreadPoolExecutor(len(halves)) as beside:
        answers = list(beside.map(lambda half: _asked([programmes[n] for n in half], complement), halves))
    found = dict(zip(chain.from_iterable(halves), chain.from_iterable(answers), strict=True))
    return [found[n] for n in range(len(programmes))]


def _halves(programmes: Sequence[Programme]) -> list[list[int]]:
    """Which programmes go to the same worker: two workers share what is large."""
    sizes = [len(p.unknowns) for p in programmes]
    if sum(sizes) < LARGE or len(sizes) < 2:
        return [list(range(len(sizes)))]
    halves: tuple[list[int], list[int]] = ([], [])
    for n in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        min(halves, key=lambda half: sum(sizes[m] for m in half)).append(n)
    return list(halves)


def _asked(programmes: Sequence[Programme], complement: bool) -> list[Solution]:
    asked = json.dumps({"programmes": [p.as_json() for p in programmes], "complement": complement})
    try:
        # by way of child.py, so that it does not go on when this process is killed
        with_us = (sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), str(int(signal.SIGKILL)), "same", "--")
        done = subprocess.run(
            (*with_us, *_COMMAND, str(SECONDS)),
            input=asked, capture_output=True, text=True, cwd=_ROOT, timeout=PASSED, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotProven(f"no answer within {PASSED:.0f} s") from error
    if done.returncode == -signal.SIGXCPU:
        raise NotProven(f"no answer within {SECONDS} s of the processor")
    if done.returncode != 0:
        raise AuditFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "the worker fell over")
    return [
        Solution(
            {key: Range(**found) for key, found in answer["ranges"].items()},
            tuple(answer["pinned"]),
            None if answer["hide"] is None else tuple(answer["hide"]),
            tuple(answer["unproven"]),
        )
        for answer in json.loads(done.stdout)
    ]


async def solved(programmes: Sequence[Programme], *, complement: bool = True) -> list[Solution]:
    """As `solve`, beside the event loop."""
    return await asyncio.to_thread(lambda: solve(programmes, complement=complement))
