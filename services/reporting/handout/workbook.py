"""The released figures as an Excel workbook: the sentences, the same rows as the CSV, and what they mean."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.reporting.handout.document import Handout
from services.reporting.releases.export import HEADER, safe
from shared.wording import Wording

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE, _NARROW = 60, 14


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
    percent = book.add_format({"num_format": "0%"})
    _summary(book.add_worksheet(say.t("figures.sheet_summary")), handout, title, wrap)
    _figures(book.add_worksheet(say.t("figures.sheet_figures")), rows, header, bold, percent, wrap)
    _about(book.add_worksheet(say.t("figures.sheet_about")), handout, bold, wrap)
    book.close()
    return out.getvalue()


def _summary(sheet: Any, handout: Handout, title: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 100)
    lines = [handout.subtitle, "", *handout.lead, "", *handout.ask, "", *handout.foot]
    sheet.write_string(0, 0, handout.title, title)
    for n, line in enumerate(lines, start=1):
        sheet.write_string(n, 0, safe(line), wrap)


def _figures(
    sheet: Any, rows: Sequence[Sequence[object]], header: Sequence[str], bold: Any, percent: Any, wrap: Any
) -> None:
    sheet.freeze_panes(1, 0)
    shares = {header.index(name) for name in ("share", "low", "high")}
    for column, name in enumerate(header):
        sheet.set_column(column, column, _WIDE if name == "words" else _NARROW)
        sheet.write_string(0, column, name, bold)
    for n, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(n, column, value, percent if column in shares else None)
            elif value not in ("", None):
                sheet.write_string(n, column, str(value), wrap if header[column] == "words" else None)


def _about(sheet: Any, handout: Handout, bold: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, 1, 90)
    told = dict.fromkeys((block.title, block.definition) for block in handout.blocks if block.definition)
    for n, (name, definition) in enumerate(told):
        sheet.write_string(n, 0, safe(name), bold)
        sheet.write_string(n, 1, safe(definition), wrap)
