"""What pyxform says of an invalid form, at its place and with a mend."""

from __future__ import annotations

import re

from services.rounds.instruments.xlsform.cells import Book
from shared.tabular.problems import Problems, fault

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
    place = fault("form.at_sheet", sheet=sheet)
    place = fault("form.at_row", place=place, row=number) if number else place
    place = fault("form.at_column", place=place, column=column) if column else place
    kind = _kind(detail)
    told = fault(f"form.said.{kind}", place=place, said=detail[:400])
    problems.error("xlsform", f"{name}: {sheet}", told, fault(f"form.mend.{kind}"), line=number, column=column)


def _kind(detail: str) -> str:
    """Which of the complaints that people meet; the catalogue has its words in Spanish, and how to mend it."""
    for words, kind in (
        ("Unknown question type", "type"),
        ("different names for the same column", "two_names"),
        ("no name", "no_name"),
        ("must be unique", "unique"),
        ("Unmatched", "unmatched"),
        ("Could not find the name", "unknown_name"),
        ("choices sheet", "choices"),
        ("required column headers", "headers"),
    ):
        if words in detail:
            return kind
    return "other"
