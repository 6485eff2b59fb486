"""One uploaded file, bounded while it comes in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from shared.errors import Invalid, TooLarge
from shared.said import say

_OVERHEAD = 10_000  # bytes of multipart headers around the file

MULTIPART: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
"""`openapi_extra` of a route that reads its file by `read_upload`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """`beside`: the bytes of each further file that was sent, by its field."""

    name: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)


async def read_upload(request: Request, limit: int, beside: Mapping[str, int] = MappingProxyType({})) -> Upload:
    """The form's field `file`, at most `limit` bytes, and those of the fields `beside` (field -> most bytes) that are
    there. FastAPI's own File() reads everything before a handler can say no, so the body is counted here. Raises
    TooLarge, Invalid."""
    most = limit + sum(beside.values()) + _OVERHEAD
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Invalid(say("errors.no_form"), where="body", mend=say("errors.field_file"))
    if int(request.headers.get("content-length") or 0) > most:
        raise _too_large(limit)
    try:
        body = _counted(request, most)
        form = await MultiPartParser(request.headers, body, max_files=1 + len(beside)).parse()
    except MultiPartException as error:
        raise Invalid(
            say("errors.upload_broken", why=error.message), where="body", mend=say("errors.send_again")
        ) from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Invalid(say("errors.upload_empty"), where="body/file", mend=say("errors.field_file"))
        data = await file.read()
        if len(data) > limit:
            raise _too_large(limit)
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name
        others = {name: await sent.read() for name in beside if isinstance(sent := form.get(name), UploadFile)}
        for other, held in others.items():
            if len(held) > beside[other]:
                raise _too_large(beside[other])
        return Upload("".join(c for c in name if c.isprintable())[:120] or "file", data, others)
    finally:
        await form.close()


async def _counted(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def _too_large(limit: int) -> TooLarge:
    size = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} kB"
    return TooLarge(say("errors.file_larger", most=size), mend=say("errors.export_less"))
