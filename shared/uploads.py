"""One uploaded file, bounded while it comes in."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from shared.errors import Invalid, TooLarge

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
    name: str
    data: bytes


async def read_upload(request: Request, limit: int) -> Upload:
    """The form's field `file`, at most `limit` bytes. FastAPI's own File() reads everything before a handler
    can say no, so the body is counted here. Raises TooLarge, Invalid."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Invalid("The file must be sent as multipart/form-data.", where="body", mend="Send it as field “file”.")
    if int(request.headers.get("content-length") or 0) > limit + _OVERHEAD:
        raise _too_large(limit)
    try:
        form = await MultiPartParser(request.headers, _counted(request, limit + _OVERHEAD), max_files=1).parse()
    except MultiPartException as error:
        raise Invalid(f"The upload is broken: {error.message}", where="body", mend="Send it again.") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Invalid("The upload has no file.", where="body/file", mend="Send it as field “file”.")
        data = await file.read()
        if len(data) > limit:
            raise _too_large(limit)
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name
        return Upload("".join(c for c in name if c.isprintable())[:120] or "file", data)
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
    return TooLarge(f"The file is larger than {limit // 1_000_000} MB.", mend="Export only what your district needs.")
