"""What a device is told of each item."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.errors import Refused

Result = Literal["stored", "duplicate", "conflict", "refused"]


class Reason(BaseModel):
    model_config = ConfigDict(frozen=True)
    code: str
    detail: str
    mend: str | None = None

    @classmethod
    def of(cls, refused: Refused) -> Reason:
        return cls(code=refused.code, detail=refused.detail, mend=refused.mend)


KEPT_BOTH = Reason(
    code="kept_both",
    detail="Another version came in before this one; both are kept.",
    mend="Read both and write the one that should stand, on the newest version.",
)


class ItemReceipt(BaseModel):
    """`stored`: it is in the record, once. `duplicate`: it was before. `conflict`: it is kept beside another
    version. `refused`: nothing of it is kept; `reason` says why and how to mend it."""

    model_config = ConfigDict(frozen=True)
    client_id: UUID
    seq: int
    result: Result
    reason: Reason | None = None
    version: int | None = Field(
        default=None, description="the statement's newest revision: 0 as recorded, then 1, 2, ..."
    )


class BatchReceipt(BaseModel):
    """One receipt per item, in the order sent."""

    model_config = ConfigDict(frozen=True)
    server_time: datetime
    skew_seconds: float = Field(description="device clock minus server clock at this post")
    receipts: tuple[ItemReceipt, ...]
