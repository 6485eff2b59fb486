"""An instrument as an XLSForm. Every choice list offers the two answers that every item has; what XLSForm has no
word for stands in columns of its own, which other readers pass over."""

from __future__ import annotations

import io
from typing import Any

from services.rounds.instruments.documents import Instrument, LookFor, Text
from services.rounds.instruments.relevance import Relevance
from services.rounds.instruments.xlsform.expressions import written

_LANGUAGES = {"en": "English (en)", "es": "Español (es)"}
_SURVEY = (
    "type", "name", "label::English (en)", "label::Español (es)", "hint::English (en)", "hint::Español (es)",
    "required", "relevant", "constraint", "parameters", "core_element", "rondo_kind", "interval_seconds",
)  # fmt: skip
_OTHER = (
    ("not_observed", Text(en="Not observed", es="No observado")),
    ("not_applicable", Text(en="Not applicable", es="No corresponde")),
)
_YES_NO = (("yes", Text(en="Yes", es="Sí")), ("no", Text(en="No", es="No")))


def write_form(instrument: Instrument) -> bytes:
    """The workbook's bytes."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(_SURVEY)
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label::English (en)", "label::Español (es)"))
    groups = {g.id: g for g in instrument.groups}
    open_group = ""
    for item in instrument.items:
        if item.group != open_group:
            if open_group:
                survey.append(("end_group",))
            if item.group:
                held = groups.get(item.group)
                label = held.label if held else Text(en=item.group, es=item.group)
                relevant = held.relevance if held else None
                survey.append(_row(type="begin_group", name=_name(item.group), label=label, relevant=relevant))
            open_group = item.group
        survey.append(_item(item))
        for code, text in _choices(item):
            choices.append((f"{item.id}_answers", code, text.en, text.es))
    if open_group:
        survey.append(("end_group",))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "default_language"))
    settings.append((instrument.title.en, instrument.key, str(instrument.version), _LANGUAGES["en"]))
    for sheet in book.worksheets:
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # words that begin with "=" are words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _name(id_: str) -> str:
    return id_ if id_[0].isalpha() else f"g{id_}"


def _row(**given: Any) -> tuple[Any, ...]:
    label: Text | None = given.get("label")
    hint: Text | None = given.get("hint")
    relevant: Relevance | None = given.get("relevant")
    return (
        given["type"],
        given["name"],
        label.en if label else None,
        label.es if label else None,
        hint.en if hint else None,
        hint.es if hint else None,
        "yes" if given.get("required") else None,
        written(relevant) if relevant is not None else None,
        given.get("constraint"),
        given.get("parameters"),
        given.get("core_element"),
        given.get("rondo_kind"),
        given.get("interval_seconds"),
    )


def _item(item: LookFor) -> tuple[Any, ...]:
    types = {
        "choice": f"select_one {item.id}_answers",
        "observed": f"select_one {item.id}_answers",
        "multi_choice": f"select_multiple {item.id}_answers",
        "tally": f"select_multiple {item.id}_answers",
        "count": "integer",
        "scale": "range",
        "note": "text",
    }
    return _row(
        type=types[item.kind],
        name=_name(item.id),
        label=item.prompt,
        hint=item.hint,
        required=item.required,
        relevant=item.relevance,
        constraint=f". >= 0 and . <= {item.maximum}" if item.kind == "count" else None,
        parameters=f"start={item.minimum} end={item.maximum} step=1" if item.kind == "scale" else None,
        core_element=item.core_element,
        rondo_kind=item.kind,
        interval_seconds=item.interval_seconds,
    )


def _choices(item: LookFor) -> tuple[tuple[str, Text], ...]:
    if item.kind == "observed":
        return (*_YES_NO, *_OTHER)
    if item.choices:
        return (*((c.code, c.label) for c in item.choices), *_OTHER)
    return ()
