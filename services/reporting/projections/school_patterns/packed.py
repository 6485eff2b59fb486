"""Rows as COPY takes them in binary, each value behind its length: PostgreSQL stores them at half the price of text,
which it must read first, and what many rows share is packed once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from struct import Struct

from asyncpg import Connection

from shared.batch import EPOCH

NULL = b"\xff\xff\xff\xff"
UUID_OID, TEXT_OID = 2950, 25
_START, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_WIDTH = Struct(">h").pack
_LENGTH = Struct(">i").pack
_INT = Struct(">ii").pack
BIG = Struct(">iq").pack
UUIDS = Struct(">i16si16s").pack
_ARRAY = Struct(">iiIii").pack
BIGS = Struct(">iqiq").pack
_TRUE, _FALSE = b"\0\0\0\1\1", b"\0\0\0\1\0"
_NO_ITEMS = Struct(">iii").pack
_FIRST_DAY = EPOCH.date().toordinal()


def width(columns: int) -> bytes:
    """A row's start."""
    return _WIDTH(columns)


def id_of(text: str) -> bytes:
    """The 16 bytes of a UUID's text. Raises ValueError."""
    sixteen = bytes.fromhex(text.replace("-", ""))
    if len(sixteen) != 16:
        raise ValueError(f"{text!r} is no id")
    return sixteen


def ids_of(texts: Sequence[str]) -> list[bytes]:
    """As `id_of`, of many at once."""
    joined, hyphens = "".join(texts), "-" * len(texts)
    if set(map(len, texts)) <= {36} and all(joined[at::36] == hyphens for at in (8, 13, 18, 23)):
        whole = bytes.fromhex(joined.replace("-", ""))
        if len(whole) == 16 * len(texts):
            return [whole[at : at + 16] for at in range(0, len(whole), 16)]
    return [id_of(text) for text in texts]


def uuid(sixteen: bytes) -> bytes:
    return b"\0\0\0\x10" + sixteen


def text(value: str) -> bytes:
    written = value.encode()
    return _LENGTH(len(written)) + written


def boolean(value: bool) -> bytes:
    return _TRUE if value else _FALSE


def integer(value: int) -> bytes:
    return _INT(4, value)


def bigint(value: int) -> bytes:
    return BIG(8, value)


def day(value: str) -> bytes:
    return _INT(4, date.fromisoformat(value).toordinal() - _FIRST_DAY)


def times(first: int, second: int) -> bytes:
    """Two timestamptz, in microseconds since EPOCH."""
    return BIGS(8, first, 8, second)


def array(oid: int, items: Sequence[bytes]) -> bytes:
    """Of items of the type `oid`, packed each."""
    whole = _NO_ITEMS(0, 0, oid) if not items else _ARRAY(1, 0, oid, len(items), 1) + b"".join(items)
    return _LENGTH(len(whole)) + whole


async def copy_packed(conn: Connection, table: str, rows: Sequence[bytes]) -> None:
    """`rows`: packed rows, or parts of them, one behind the other."""

    async def whole() -> AsyncIterator[bytes]:
        yield b"".join((_START, *rows, _END))

    if rows:
        await conn.copy_to_table(table, source=whole(), format="binary")
