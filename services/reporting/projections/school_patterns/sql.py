"""The SQL of this projection, each statement in a file named for what it does."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sql(name: str) -> str:
    return (files(__package__) / f"{name}.sql").read_text("utf-8")
