"""The role in which planning counts an observer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.scheduling.observers.events import ObserverRole

_OF_ROSTER: Mapping[str, ObserverRole] = {
    "teacher": "teacher",
    "aide": "teacher",
    "host_principal": "principal",
    "school_administrator": "principal",
    "district_administrator": "central",
    "counselor": "coach",
}


def role_of(entered: ObserverRole | None, roster: Sequence[str] | None) -> ObserverRole:
    """What was entered, else what the first role of the roster stands for."""
    return entered or _OF_ROSTER.get((roster or ("",))[0], "teacher")
