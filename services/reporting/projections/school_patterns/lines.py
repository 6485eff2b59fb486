"""Rows as the lines that COPY takes: PostgreSQL reads ids and times from text faster than Python packs them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from asyncpg import Connection

_IN_A_LINE = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_IN_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"'})


class Writing:
    """How texts are written. `plain`: none of them holds a backslash, a quote or a control character."""

    def __init__(self, plain: bool) -> None:
        self._plain = plain

    def text(self, value: str) -> str:
        return value if self._plain else value.translate(_IN_A_LINE)

    def array(self, values: Sequence[str]) -> str:
        if not values:
            return "{}"
        if self._plain:
            return '{"' + '","'.join(values) + '"}'
        return self.text("{" + ",".join([f'"{v.translate(_IN_QUOTES)}"' for v in values]) + "}")


async def copy_lines(conn: Connection, table: str, lines: Sequence[str]) -> None:
    async def whole() -> AsyncIterator[bytes]:
        yield "".join(lines).encode()

    if lines:
        await conn.copy_to_table(table, source=whole())
