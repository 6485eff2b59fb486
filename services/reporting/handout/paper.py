"""The handout as a PDF with selectable text. The same document gives the same bytes."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from services.reporting.handout.document import Block, Handout, Line
from shared.wording import Wording

MEDIA_TYPE = "application/pdf"
_TOGETHER = 12
"""Lines from which a block may break between pages."""
_HEAD_AND_LINES = 120
"""Points that must be left on a page for one to begin there."""
_CORE = {"teacher": "#0b5a8a", "student": "#8a3b00", "content": "#4a2f87", "task": "#1a5c4a"}
_NAVY, _SOFT, _LINE, _WASH, _BAR = "#123b5d", "#4b5a68", "#d3dae1", "#eaf0f5", "#2f6fa6"
_BAR_WIDTH, _BAR_HEIGHT = 92.0, 9.0  # points
_SHARES = (124, _BAR_WIDTH + 8, 58, 126, 84)
_PAIR = (200, 292)
_POINTS = (242, 62, 84, 104)
_STEPS = (210, 110, 85, 87)
"""Column widths; all are as wide as the text."""


def to_pdf(handout: Handout, say: Wording) -> bytes:
    """A4 pages; the foot stands on each."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=16 * mm,
        rightMargin=16 * mm,
        topMargin=14 * mm,
        bottomMargin=26 * mm,
        title=_plain(f"{handout.title}: {handout.subtitle}"),
        author="Rondo",
        creator="Rondo",
        subject=_plain(handout.subtitle),
        lang=say.language,
        invariant=1,
    )

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 7)
        canvas.setFillColor(_SOFT)
        for n, line in enumerate(reversed(handout.foot)):
            canvas.drawString(16 * mm, (9 + 3.2 * n) * mm, _plain(line))
        canvas.drawRightString(A4[0] - 16 * mm, 9 * mm, str(page.page))
        canvas.restoreState()

    document.build(_story(handout, say), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _story(handout: Handout, say: Wording) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

    style = _styles()
    story: list[Any] = [_text(handout.title, style["h1"]), _text(handout.subtitle, style["soft"]), Spacer(1, 6)]
    story += [_text(s, style["lead"]) for s in handout.lead]
    if handout.held:
        story.append(_text(handout.held, style["soft"]))
    for heading, words in handout.problem:
        story += [_text(heading, style["h2"]), _text(words, style["body"])]
    if handout.patterns:
        story.append(_text(say.t("figures.patterns"), style["h2"]))
    for pattern in handout.patterns:
        parts = [_text(pattern.name, style["h3"])]
        if pattern.description:
            parts.append(_text(pattern.description, style["body"]))
        parts.append(_text(pattern.base, style["soft"]))
        parts += [_text(f"– {statement}", style["body"]) for statement in pattern.statements]
        story.append(KeepTogether(parts))
    if handout.predictions:
        story.append(_text(say.t("figures.predictions"), style["h2"]))
        story += [_text(f"– {p}", style["body"]) for p in handout.predictions]
    if handout.commitments:
        heads = [say.t(f"figures.{key}") for key in ("what_step", "who", "by_when", "status")]
        story += [_text(say.t("figures.next"), style["h2"]), _grid([heads, *handout.commitments], _STEPS)]
    if handout.ask:
        story.append(_text(say.t("figures.ask"), style["h2"]))
        story += [_text(f"– {q}", style["body"]) for q in handout.ask]
    if any(block.heads is None for block in handout.blocks):
        story += [Spacer(1, 8), _text(say.t("figures.legend"), style["soft"])]
    for block in handout.blocks:
        table = _words(block, block.heads) if block.heads else _shares(block, say)
        parts = [_text(block.title, style["h2"]), table]
        if block.note:
            parts.append(_text(block.note, style["soft"]))
        if block.definition:
            parts.append(_text(block.definition, style["small"]))
        story += [KeepTogether(parts)] if len(block.lines) < _TOGETHER else [CondPageBreak(_HEAD_AND_LINES), *parts]
    return story


def _shares(block: Block, say: Wording) -> Any:
    heads = [say.t(f"figures.{key}") for key in ("what", "share", "interval", "count")]
    rows = [[heads[0], "", *heads[1:]], *([x.label, _bar(x), x.share, x.interval, x.count] for x in block.lines)]
    untold = [n for n, x in enumerate(block.lines, start=1) if not x.share]
    for n in untold:  # what is told of it instead has the room of share, interval and count
        rows[n] = [*rows[n][:2], rows[n][4], "", ""]
    return _grid(rows, _SHARES, [("SPAN", (2, n), (4, n)) for n in untold])


def _words(block: Block, heads: tuple[str, ...]) -> Any:
    if len(heads) == len(_PAIR):
        return _grid([list(heads), *([x.label, x.count] for x in block.lines)], _PAIR)
    rows = [[x.label, x.share, x.interval, x.count] if x.share else [x.label, x.count, "", ""] for x in block.lines]
    spans = [("SPAN", (1, n), (3, n)) for n, x in enumerate(block.lines, start=1) if not x.share]
    return _grid([list(heads), *rows], _POINTS, spans)


def _grid(rows: list[Any], widths: tuple[float, ...], spans: Sequence[tuple[Any, ...]] = ()) -> Any:
    from reportlab.platypus import Table, TableStyle

    style = _styles()
    cells = [
        [c if not isinstance(c, str) else _text(c, style["head" if n == 0 else "cell"]) for c in row]
        for n, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), _WASH),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                *spans,
            ]
        )
    )
    return table


def _bar(line: Line) -> Any:
    """The share as a bar, its interval as a line; hatched where nothing exact is told."""
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.graphics.shapes import Line as Stroke

    drawing = Drawing(_BAR_WIDTH, _BAR_HEIGHT)
    drawing.add(Rect(0, 0, _BAR_WIDTH, _BAR_HEIGHT, fillColor="#f4f6f8", strokeColor=_LINE, strokeWidth=0.4))
    if line.numbers is None:
        for start in range(0, int(_BAR_WIDTH - _BAR_HEIGHT), 5):
            drawing.add(Stroke(start, 0, start + _BAR_HEIGHT, _BAR_HEIGHT, strokeColor="#7b8894", strokeWidth=0.5))
        return drawing
    share, low, high = (max(0.0, min(1.0, v)) * _BAR_WIDTH for v in line.numbers)
    colour = _CORE.get(line.core or "", _BAR)
    drawing.add(Rect(0, 0, share, _BAR_HEIGHT, fillColor=colour, fillOpacity=0.4, strokeColor=colour, strokeWidth=0.5))
    middle = _BAR_HEIGHT / 2
    drawing.add(Stroke(low, middle, high, middle, strokeColor="#1b2733", strokeWidth=1))
    for x in (low, high):
        drawing.add(Stroke(x, 2, x, _BAR_HEIGHT - 2, strokeColor="#1b2733", strokeWidth=1))
    return drawing


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=12.5, spaceAfter=2)

    def made(name: str, **more: Any) -> Any:
        return ParagraphStyle(name, parent=body, **more)

    return {
        "body": body,
        "h1": made("h1", fontName="Helvetica-Bold", fontSize=18, leading=22, textColor=_NAVY),
        "h2": made("h2", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=10, spaceAfter=4),
        "h3": made("h3", fontName="Helvetica-Bold", fontSize=10, leading=13, spaceBefore=4),
        "lead": made("lead", fontSize=11.5, leading=15, spaceAfter=4, leftIndent=8),
        "soft": made("soft", textColor=_SOFT, fontSize=8.5, leading=11),
        "small": made("small", textColor=_SOFT, fontSize=7.5, leading=9.5),
        "cell": made("cell", fontSize=8.5, leading=10.5, spaceAfter=0),
        "head": made("head", fontName="Helvetica-Bold", fontSize=8.5, leading=10.5, spaceAfter=0),
    }


def _text(words: str, style: Any) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(_plain(words)).replace("\n", "<br/>"), style)


def _plain(words: str) -> str:
    """The PDF's own fonts hold Western letters; others are told by their base letter, or as "?". A minus is a dash."""
    told = []
    for letter in words.replace("\u2212", "\u2013"):
        try:
            letter.encode("cp1252")
            told.append(letter)
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
            told.append(base or "?")
    return "".join(told)
