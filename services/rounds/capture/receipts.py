"""What a device is told of each item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

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


@dataclass(slots=True)
class ItemReceipt:
    """`stored`: it is in the record, once. `duplicate`: it was before. `conflict`: it is kept beside another
    version. `refused`: nothing of it is kept; `reason` says why and how to mend it."""

    client_id: UUID
    seq: int
    result: Result
    reason: Reason | None = None
    version: Annotated[int | None, Field(description="the statement's newest revision: 0 as recorded, then 1, ...")] = (
        None
    )


@dataclass(slots=True)
class BatchReceipt:
    """One receipt per item, in the order sent."""

    server_time: datetime
    skew_seconds: Annotated[float, Field(description="device clock minus server clock at this post")]
    receipts: list[ItemReceipt]


_JSON = TypeAdapter(BatchReceipt)


def receipt_json(receipt: BatchReceipt) -> bytes:
    return _JSON.dump_json(receipt)
