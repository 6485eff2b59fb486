"""Changes to a document by its parts, as a form makes them. What is not changed stays as its author wrote it, comments
and all: the text remains the document, and the form one way to write it."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.rounds.lined_yaml import LONGEST, DocumentProblem, Unreadable, tree, yaml
from shared.errors import Invalid
from shared.said import say

DEEPEST = 8  # steps from the document to a part of it


class Edit(BaseModel):
    """One change. `at` leads to a part: names of values, and places in lists from 0.

    `set` gives the part a value, `insert` puts the value into a list before the place (or at its end), `remove` takes
    the part away, `move` takes it to the place `to` of its list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    do: Literal["set", "insert", "remove", "move"]
    at: tuple[str | int, ...] = Field(min_length=1, max_length=DEEPEST)
    value: Any = Field(None, description="what stands there then: text, number, list, or names and values")
    to: int = Field(0, ge=0, description="of `move`: the place in the list")


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the changes in it. Raises Unreadable where it is no YAML, Invalid where there is no such part."""
    loaded = tree(text, "protocol")
    if isinstance(loaded, DocumentProblem):
        raise Unreadable([loaded])
    for edit in edits:
        try:
            _apply(loaded, edit)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise Invalid(
                say("rounds.no_part", part="/".join(map(str, edit.at))),
                mend=say("rounds.read_text_again"),
                where="edits",
            ) from error
    written = StringIO()
    yaml().dump(loaded, written)
    if len(written.getvalue()) > LONGEST:
        raise Invalid(say("rounds.long_document", most=f"{LONGEST:,}"), where="edits")
    return written.getvalue()


def _apply(loaded: Any, edit: Edit) -> None:
    *way, last = edit.at
    held = loaded
    for n, step in enumerate(way):
        if edit.do == "insert" and n == len(way) - 1 and isinstance(held, dict) and held.get(step) is None:
            held[step] = _written([])
        held = held[step]
    in_list = isinstance(held, list)
    if in_list != isinstance(last, int) or (in_list and int(last) < 0):
        raise TypeError
    match edit.do:
        case "set":
            _plain_of(held, last, edit.value)
        case "remove":
            del held[last]
        case "insert":
            held.insert(min(int(last), len(held)), _written(edit.value))
        case "move":
            held.insert(min(edit.to, len(held) - 1), held.pop(int(last)))


def _plain_of(held: Any, last: str | int, value: Any) -> None:
    if isinstance(held, list):
        held[int(last)] = _written(value)
    elif value is None:
        held.pop(last, None)
    else:
        held[last] = _written(value)


def _written(value: Any) -> Any:
    """The value as a document has it: what holds no list of parts stays on one line."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        made = CommentedMap((str(k), _written(v)) for k, v in value.items())
        if not any(isinstance(v, list) and any(isinstance(x, dict) for x in v) for v in value.values()):
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        items = CommentedSeq([_written(v) for v in value])
        if value and not any(isinstance(v, dict | list) for v in value):
            items.fa.set_flow_style()
        return items
    return value
