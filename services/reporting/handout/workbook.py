"""The released figures as an Excel workbook: the sentences, the shares as on paper, the rows of the CSV, and what they
mean."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from services.reporting.handout.document import Handout
from services.reporting.releases.export import HEADER, safe
from shared.wording import Wording

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {
    "school": 28, "definition": 24, "subject": 30, "category": 18, "certainty": 15, "look_for": 40, "words": 70,
}  # fmt: skip
_NARROW = 12
_ON_PAPER = 255
"""Letters that Excel takes above or below a sheet."""


def to_xlsx(
    handout: Handout,
    rows: Sequence[Sequence[object]],
    known: datetime,
    say: Wording,
    header: Sequence[str] = HEADER,
) -> bytes:
    """`rows` are those of the CSV, under `header`; `known` is the snapshot's moment: the same figures are the same
    bytes."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": handout.title, "author": "Rondo", "created": known.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "bg_color": "#eaf0f5", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#123b5d"})
    top = book.add_format({"valign": "top"})
    percent = book.add_format({"num_format": say.percent_format, "valign": "top"})
    _summary(book.add_worksheet(say.t("figures.sheet_summary")), handout, title, wrap)
    unit = say.t("figures.points")
    signed = f'+0" {unit}";\u22120" {unit}";0" {unit}"'
    points = book.add_format({"num_format": signed, "valign": "top"})
    _words(book.add_worksheet(say.t("figures.sheet_words")), handout, say, bold, (percent, points), wrap)
    _figures(book.add_worksheet(say.t("figures.sheet_figures")), rows, header, bold, percent, wrap, top)
    told = dict.fromkeys((block.title, block.definition) for block in handout.blocks if block.definition)
    name = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    _about(book.add_worksheet(say.t("figures.sheet_about")), told, header, say, (bold, name, wrap))
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        _paper(sheet, handout)
    book.close()
    return out.getvalue()


def _summary(sheet: Any, handout: Handout, title: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 100)
    problem = tuple(f"{heading}: {words}" for heading, words in handout.problem)
    parts = [part for part in (handout.lead, (handout.held,), problem, handout.ask, handout.foot) if any(part)]
    lines = [handout.subtitle, *(line for part in parts for line in ("", *part))]
    sheet.write_string(0, 0, handout.title, title)
    for n, line in enumerate(lines, start=1):
        if line:
            sheet.write_string(n, 0, safe(line), wrap)


def _words(sheet: Any, handout: Handout, say: Wording, bold: Any, formats: tuple[Any, Any], wrap: Any) -> None:
    """A line for each of the paper's, in its language: what it is, share and limits, and what is told in words.
    `formats`: of shares, and of differences in points."""
    heads = ("table", "what", "share", "lowest", "highest", "count", "interval")
    _heads(sheet, [say.t(f"figures.{key}") for key in heads], (44, 44, 11, 11, 11, 34, 40), bold)
    rows = [(block, line) for block in handout.blocks for line in block.lines]
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    for n, (block, line) in enumerate(rows, start=1):
        for column, words in ((0, block.title), (1, line.label), (5, line.count), (6, line.interval)):
            if words:
                sheet.write_string(n, column, safe(words), wrap)
        for column, value in enumerate(line.numbers or (), start=2):
            sheet.write_number(n, column, value, formats[block.heads is not None])
        if line.numbers is None and line.share:
            sheet.write_string(n, 2, safe(line.share), wrap)


def _heads(sheet: Any, heads: Sequence[str], widths: Sequence[int], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for column, (name, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)


def _figures(
    sheet: Any, rows: Sequence[Sequence[object]], header: Sequence[str], bold: Any, percent: Any, wrap: Any, top: Any
) -> None:
    shares = {header.index(name) for name in ("share", "low", "high")}
    _heads(sheet, header, [_WIDTHS.get(name, _NARROW) for name in header], bold)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    for n, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(n, column, value, percent if column in shares else top)
            elif value not in ("", None):
                sheet.write_string(n, column, str(value), wrap if header[column] == "words" else top)


def _about(
    sheet: Any, told: Collection[tuple[str, str]], header: Sequence[str], say: Wording, formats: tuple[Any, Any, Any]
) -> None:
    """What each table tells, and each column of the rows. `formats`: of headings, of names, of words."""
    heading, name, words = formats
    columns = [(column, say.t(f"columns.{column}")) for column in header]
    of_rows = say.t("figures.columns", sheet=say.t("figures.sheet_figures"))
    parts = [[(say.t("figures.table"), ""), *told, ("", "")] if told else [], [(of_rows, ""), *columns]]
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, 1, 90)
    for n, (called, meaning) in enumerate(line for part in parts for line in part):
        if called:
            sheet.write_string(n, 0, safe(called), name if meaning else heading)
            sheet.write_string(n, 1, safe(meaning), words if meaning else heading)


def _paper(sheet: Any, handout: Handout) -> None:
    """A sheet that is printed alone says whose figures it has, by which rule, of which snapshot."""
    rule, filters, known, snapshot = handout.foot
    sheet.set_header(_fitting("&L&8", (f"{handout.title}, {handout.subtitle}", f"{known} {snapshot}")))
    sheet.set_footer(_fitting("&L&8", (rule, filters), "&R&8&P / &N"))


def _fitting(code: str, lines: Sequence[str], end: str = "") -> str:
    """As many of the lines, each whole, as Excel takes."""
    found = code
    for n, line in enumerate(lines):
        longer = found + ("\n" if n else "") + line.replace("&", "&&")
        found = longer if len(longer + end) <= _ON_PAPER else found
    return found + end
