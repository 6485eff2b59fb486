"""A CSV file as rows of named cells. Only the columns asked for are ever taken out of a row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.tabular.problems import Fault, Problems, fault

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like that one's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DELIMITERS = {",": fault("commas"), ";": fault("semicolons"), "\t": fault("tabs"), "|": fault("upright_bars")}
_BLANKS = "\ufeff\u200b\u00a0\0"
SAVE_AS_UTF8 = fault("save_as_utf8")


def decode(file: str, data: bytes, problems: Problems) -> str | None:
    """The text of `data`: UTF-8, UTF-16 or UTF-32 by its mark, else UTF-8, else Windows-1252 with a
    warning. None, with an error, when it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                problems.error("not_text", file, fault("not_text"), SAVE_AS_UTF8)
                return None
    head = data[:4000]
    if len(head) > 3 and head.count(0) * 3 > len(head):
        encoding = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            problems.error("not_text", file, fault("not_text"), SAVE_AS_UTF8)
            return None
        problems.note("encoding", file, fault("utf_16"), SAVE_AS_UTF8)
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            problems.error("not_text", file, fault("not_text"), SAVE_AS_UTF8, line=line)
            return None
        problems.warning(
            "encoding",
            file,
            fault("encoding"),
            SAVE_AS_UTF8,
            line=line,
        )
        return text


def column_key(name: str) -> str:
    """How headers are compared: letters and digits only, in lower case."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def clean(cell: str) -> str:
    """A cell without outer blanks, byte-order marks and NULs (which PostgreSQL cannot hold); `="0123"`, by which
    spreadsheets are told to keep a text, is that text."""
    text = cell.replace("\0", "").strip(_BLANKS + " \t\r\n")
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """A header that somebody has found: its cells, what separates them, and in which of the rows that are not empty it
    ends (from 1); what stands above is no row of the table."""

    cells: Sequence[str]
    delimiter: str
    ends: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A cell is taken out when it is asked for: most rows of a roster are of nobody we keep."""

    line: int
    _cells: Sequence[str]
    _places: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        """The cell of a column that was asked for, cleaned; empty when the file or the row lacks it."""
        place = self._places.get(column)
        if place is None or place >= len(self._cells):
            return ""
        cell = self._cells[place]
        return cell if cell.isalnum() else clean(cell)


class Table:
    """The rows of one file, read once by `rows()`; what is wrong goes to `problems` on the way."""

    def __init__(
        self,
        file: str,
        records: Iterator[tuple[int, list[str] | None]],
        width: int,
        places: Mapping[str, int],
        required: Sequence[str],
        problems: Problems,
        on_left_out: Callable[[Sequence[str]], None],
    ) -> None:
        self.file, self.places = file, places
        self._records, self._width, self._required = records, width, required
        self._problems, self._on_left_out = problems, on_left_out
        self.count = 0

    def has(self, column: str) -> bool:
        return column in self.places

    def rows(self) -> Iterator[Row]:
        needs = max((self.places[c] for c in self._required), default=-1) + 1
        for line, cells in self._records:
            if cells is None:
                self._on_left_out(())
                continue
            if not any(c.strip() for c in cells):
                continue
            if len(cells) > self._width and any(c.strip() for c in cells[self._width :]):
                self._left_out(line, cells, "too_many_cells", fault("has_cells", cells=len(cells), width=self._width))
                continue
            if len(cells) < needs:
                self._left_out(line, cells, "too_few_cells", fault("has_too_few", cells=len(cells)))
                continue
            if len(cells) != self._width:
                self._problems.note(
                    "ragged_row",
                    self.file,
                    fault("ragged_row", cells=len(cells), width=self._width),
                    fault("nothing_to_do"),
                    line=line,
                )
            self.count += 1
            yield Row(line, cells, self.places)

    def _left_out(self, line: int, cells: Sequence[str], code: str, why: Fault) -> None:
        self._on_left_out(cells)
        self._problems.warning(
            code,
            self.file,
            fault("row_why_out", why=why),
            fault("quote_cells"),
            line=line,
        )


def open_table(
    file: str,
    data: bytes,
    columns: Sequence[str],
    required: Sequence[str],
    problems: Problems,
    on_left_out: Callable[[Sequence[str]], None] = lambda cells: None,
    *,
    spelling_matters: bool = True,
    header_found: HeaderFound | None = None,
) -> Table | None:
    """The table in `data` with those of `columns` that it has (compared by `column_key`).

    None, with an error, when there is no header or a required column is missing or there twice.
    `spelling_matters`: note headers that are spelled otherwise. `header_found`: without it, it is the first row.
    `on_left_out` is called with the cells of every row that is left out (none when it is unreadable).
    """
    text = decode(file, data, problems)
    if text is None:
        return None
    header, records = _header(file, text, {column_key(c) for c in columns}, problems, header_found)
    if header is None:
        problems.error("empty_file", file, fault("empty_file"), fault("export_it_again"), line=1)
        return None
    found: dict[str, list[int]] = {}
    for index, name in enumerate(header):
        found.setdefault(column_key(name), []).append(index)
    places: dict[str, int] = {}
    for column in columns:
        at = found.get(column_key(column), [])
        if len(at) > 1:
            problems.error(
                "column_twice",
                file,
                fault("column_twice", column=column, times=len(at)),
                fault("keep_single"),
                line=1,
                column=column,
            )
        elif at:
            places[column] = at[0]
            if spelling_matters and header[at[0]] != column:
                problems.note(
                    "header_spelling",
                    file,
                    fault("header_spelling", column=column),
                    fault("nothing_to_do"),
                    line=1,
                    column=column,
                )
        elif column in required:
            problems.error(
                "column_missing",
                file,
                fault("column_missing", column=column),
                fault("export_column", column=column),
                line=1,
                column=column,
            )
    if any(c not in places for c in required):
        return None
    return Table(file, records, len(header), places, required, problems, on_left_out)


def _header(
    file: str, text: str, known: set[str], problems: Problems, given: HeaderFound | None
) -> tuple[list[str] | None, Iterator[tuple[int, list[str] | None]]]:
    """The header under the delimiter that knows most columns, and the records after it."""
    best: tuple[int, str] = (-1, ",")
    for delimiter in DELIMITERS if given is None else ():
        first = next((cells for _, cells in filled_records(file, text, delimiter)), [])
        score = sum(column_key(c) in known for c in first)
        best = max(best, (score, delimiter), key=lambda b: b[0])
    delimiter = best[1] if given is None else given.delimiter
    if delimiter != ",":
        problems.note("delimiter", file, fault("delimiter", what=DELIMITERS[delimiter]), fault("nothing_to_do"))
    records, ends = _records(file, text, delimiter, problems), 1 if given is None else given.ends
    for _, cells in records:
        if cells and any(map(clean, cells)):
            ends -= 1
            if ends == 0:
                return [clean(c) for c in (cells if given is None else given.cells)], records
    return None, records


def filled_records(file: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each record that is not empty."""
    for line, cells in _records(file, text, delimiter, Problems()):
        if cells and any(map(clean, cells)):
            yield line, cells


def _records(file: str, text: str, delimiter: str, problems: Problems) -> Iterator[tuple[int, list[str] | None]]:
    """(line where it starts, cells) of each record; cells is None where the quotation marks are broken."""
    # Without newline="" a lone CR would be taken for the end of a record within a quoted cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                problems.error(
                    "quote_not_closed",
                    file,
                    fault("quote_not_closed"),
                    fault("close_quote"),
                    line=line,
                )
                return
            problems.warning(
                "quotes",
                file,
                fault("quotes"),
                fault("quote_twice"),
                line=line,
            )
            yield line, None
