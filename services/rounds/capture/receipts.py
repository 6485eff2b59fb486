"""What a device is told of each item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.errors import Refused
from shared.said import Said, say

Result = Literal["stored", "duplicate", "conflict", "refused"]


class InSpanish(BaseModel):
    """The same words in Spanish; a page lays them over the English ones."""

    model_config = ConfigDict(frozen=True)
    lang: Literal["es"] = "es"
    detail: str
    mend: str | None = None


class Reason(BaseModel):
    model_config = ConfigDict(frozen=True)
    code: str
    detail: str
    mend: str | None = None
    es: InSpanish | None = None

    @classmethod
    def of(cls, refused: Refused) -> Reason:
        if refused.say is None:
            return cls(code=refused.code, detail=refused.detail, mend=refused.mend)
        return cls.told(refused.code, refused.say, refused.say_mend)

    @classmethod
    def told(cls, code: str, detail: Said, mend: Said | None) -> Reason:
        es = InSpanish(detail=detail.es, mend=mend.es if mend else None)
        return cls(code=code, detail=detail.en, mend=mend.en if mend else None, es=es)


KEPT_BOTH = Reason.told("kept_both", say("rounds.note.kept_both"), say("rounds.note.read_both"))


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
