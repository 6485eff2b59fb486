"""What pyxform says of an invalid form, at its place and with a mend."""

from __future__ import annotations

import re

from services.rounds.instruments.xlsform.cells import Book
from shared.tabular.problems import Problems

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"(?:the|sheet:|sheet) '?(survey|choices|settings)'?(?: sheet)?")
_VALUE = re.compile(r"the '([\w:]+)' value")
_HEADERS = re.compile(r"'([^']+)'")
_TYPE = re.compile(r"Unknown question type '([^']*)'")
_NAMED = re.compile(r"named '([^']+)'")
_TWICE = re.compile(r"Duplicate column header: (\S+)")


def tell(name: str, words: str, book: Book, problems: Problems) -> None:
    """The validator's complaint with sheet, row and column, found in the cells where it does not say."""
    row = _ROW.search(words)
    number = int(row.group(1)) if row else None
    detail = " ".join(_ROW.sub("", words).split())
    sheet_found = _SHEET.search(detail)
    sheet = sheet_found.group(1) if sheet_found and sheet_found.group(1) in book.sheets else "survey"
    value = _VALUE.search(detail)
    header = value.group(1) if value else None
    if wrong := _TYPE.search(detail):
        header = "type"
        number = number or next(
            (r.number for r in book.sheets["survey"] if r.cells.get("type") == wrong.group(1)), None
        )
    elif "no name" in detail:
        header = "name"
    elif twice := _TWICE.search(detail):
        number, header = 1, twice.group(1)
    elif "headers" in detail.lower():
        number = 1
        named = [h for h in _HEADERS.findall(detail) if h in book.headers.get(sheet, {})]
        header = named[-1] if named else None
    elif "choices sheet" in detail or "list name" in detail.lower():
        header, sheet = header or "type", "survey"
        number = number or next(
            (r.number for r in book.sheets["survey"] if r.cells.get("type", "").startswith("select")), None
        )
    elif (about := _NAMED.search(detail)) and number is None:
        row_of = book.named("survey", about.group(1))
        number = row_of.number if row_of else None
    column = book.column(sheet, header) if header else None
    place = f"Sheet “{sheet}”" + (f", row {number}" if number else "") + (f", column {column}" if column else "")
    problems.error("xlsform", f"{name}: {sheet}", f"{place}: {detail[:400]}", _mend(detail), line=number, column=column)


def _mend(detail: str) -> str:
    for words, mend in (
        ("Unknown question type", "Use a type of the XLSForm reference: select_one LIST, integer, text, range ..."),
        ("different names for the same column", "Keep one of the two columns and delete the other."),
        ("no name", "Write a name: a letter first, then letters, digits and “_”."),
        ("must be unique", "Give one of the two another name."),
        ("Unmatched", "Close the group with an end_group row, or delete its beginning."),
        ("Could not find the name", "Write the name of a question as the sheet has it."),
        ("choices sheet", "Add a sheet “choices” with list_name, name and label, or correct the list's name."),
        ("required column headers", "Add the column that is missing."),
    ):
        if words in detail:
            return mend
    return "Correct the cell and bring the form in again."
