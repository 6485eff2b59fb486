"""A workbook's cells with their places, .xlsx or .xls, so that a problem can be told by sheet, row and column."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS = 5000
LARGEST_UNPACKED = 100_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by header as the sheet writes it; `number` is the sheet's own, from 1."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    sheets: Mapping[str, Sequence[Row]]
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # sheet -> header -> column letter

    def named(self, sheet: str, name: str) -> Row | None:
        """The row of a sheet whose name column says `name`."""
        return next((r for r in self.sheets.get(sheet, ()) if r.cells.get("name") == name), None)

    def column(self, sheet: str, header: str) -> str | None:
        """ "C (relevant)", or None when the sheet has no such header."""
        for held, letter in self.headers.get(sheet, {}).items():
            if held == header or held.split(":")[0] == header:
                return f"{letter} ({held})"
        return None


class NotAWorkbook(Exception):
    """The bytes are no workbook that can be read."""


def read_book(name: str, data: bytes) -> Book:
    """Raises NotAWorkbook."""
    try:
        tables = _xls(data) if data[:4] == b"\xd0\xcf\x11\xe0" else _xlsx(data)
    except NotAWorkbook:
        raise
    except Exception as error:  # the readers raise what they like on broken files
        raise NotAWorkbook(repr(error)) from error
    sheets: dict[str, list[Row]] = {}
    headers: dict[str, dict[str, str]] = {}
    for sheet, rows in tables.items():
        key = sheet.strip().lower()
        head = next(((n, r) for n, r in rows if any(r)), None)
        if head is None:
            continue
        names = [" ".join(c.split()) for c in head[1]]
        headers[key] = {h: _letter(n) for n, h in enumerate(names) if h}
        sheets[key] = [
            Row(number, {h: v for h, v in zip(names, cells, strict=False) if h and v})
            for number, cells in rows
            if number > head[0] and any(cells)
        ]
    return Book(sheets, headers)


def _xlsx(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(i.file_size for i in archive.infolist()) > LARGEST_UNPACKED:
            raise NotAWorkbook("too large when unpacked")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        return {
            sheet.title: [
                (n, [_text(v) for v in values])
                for n, values in enumerate(sheet.iter_rows(max_row=MOST_ROWS, values_only=True), start=1)
            ]
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _xls(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    import xlrd

    book = xlrd.open_workbook(file_contents=data)
    return {
        sheet.name: [(n + 1, [_text(v) for v in sheet.row_values(n)]) for n in range(min(sheet.nrows, MOST_ROWS))]
        for sheet in book.sheets()
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _letter(n: int) -> str:
    told = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        told = chr(65 + rest) + told
    return told
