"""What people do at the board, as their pages send it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MOST_MOVES = 500  # of one delivery: a page that was offline for the whole debrief sends several
LONGEST_TITLE = 200


class _Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    move_id: UUID = Field(description="UUIDv7 made by the page; sending it again is safe")


class MakeGroup(_Wish):
    kind: Literal["make_group"]
    group_id: UUID
    title: str = Field(max_length=LONGEST_TITLE)


class RetitleGroup(_Wish):
    kind: Literal["retitle_group"]
    group_id: UUID
    title: str = Field(max_length=LONGEST_TITLE)


class RemoveGroup(_Wish):
    kind: Literal["remove_group"]
    group_id: UUID


class PlaceStatement(_Wish):
    kind: Literal["place_statement"]
    statement_id: UUID
    group_id: UUID | None = Field(description="null: unsorted again")
    before: UUID | None = Field(default=None, description="a statement of the group; null: at its end")
    counter: bool = Field(default=False, description="evidence against what the group says")


class Undo(_Wish):
    """Takes back a move of one's own, if what it moved is still where it put it."""

    kind: Literal["undo"]
    of: UUID


Wish = MakeGroup | RetitleGroup | RemoveGroup | PlaceStatement | Undo
AnyWish = Annotated[Wish, Field(discriminator="kind")]


class Moves(BaseModel):
    """A page's moves, in the order in which they were made there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    moves: tuple[AnyWish, ...] = Field(min_length=1, max_length=MOST_MOVES)
