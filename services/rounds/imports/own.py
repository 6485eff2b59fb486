"""A district's own mapping, sent beside the file that it reads; and one to begin with, made of an instrument."""

from __future__ import annotations

import io
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services.rounds.document_words import Part, Wrong, part, wrong
from services.rounds.imports.mapping import Form, ObservationMapping
from services.rounds.instruments.documents import Instrument
from services.rounds.instruments.relevance import NOT_APPLICABLE, NOT_OBSERVED
from services.rounds.lined_yaml import LONGEST, DocumentProblem, Unreadable, plain, told, tree, yaml

LARGEST = LONGEST * 4  # bytes
_TYPES: dict[str, Part] = {
    "string_type": "type_string",
    "tuple_type": "type_array",
    "dict_type": "type_object",
    "model_type": "type_object",
}
_HEAD = """\
# Which column of a spreadsheet feeds which look-for of “{title}”.
# Write behind `starts` how the header of the column begins in your file (case, blanks and punctuation do not count),
# and take out the lines that your file has no column for. Names of teachers and raters are dropped on the way in.
"""


def read_own(data: bytes) -> tuple[ObservationMapping, Any]:
    """The mapping and its tree with lines. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable([DocumentProblem.of(line, wrong("not_utf8"))]) from None
    loaded = tree(text, "mapping")
    if isinstance(loaded, DocumentProblem):
        raise Unreadable([loaded])
    try:
        return ObservationMapping.model_validate(_worded(plain(loaded))), loaded
    except ValidationError as error:
        found = error.errors()
        # A list whose parts are wrong counts as empty, too: the parts alone are told.
        deeper = {e["loc"][:n] for e in found for n in range(len(e["loc"]))}
        faults = [told(loaded, e["loc"], _wrong(e)) for e in found if e["loc"] not in deeper]
        raise Unreadable(sorted(faults, key=lambda p: p.line)) from None


def form(mapping: ObservationMapping, loaded: Any, instrument: Instrument) -> Form:
    """Raises Unreadable, with all that the instrument does not have."""
    made = Form(mapping, instrument)
    faults = [told(loaded, path, found) for path, found in made.misfits()]
    if faults:
        raise Unreadable(sorted(faults, key=lambda p: p.line))
    return made


def template(instrument: Instrument) -> str:
    """A mapping of every look-for that can be imported, under the instrument's own words."""
    items = [i for i in instrument.items if i.kind not in ("note", "tally")]
    answers: dict[str, list[str]] = {}
    for item in items:
        for choice in item.choices:
            ways = answers.setdefault(choice.code, [])
            ways += [w for w in dict.fromkeys((choice.label.en, choice.label.es)) if w not in ways]
        if item.kind == "observed":
            answers |= {"yes": ["Yes", "Y", "Sí"], "no": ["No", "N"]}
    answers[NOT_OBSERVED] = ["Not observed", "N/O", "No observado", "?"]
    answers[NOT_APPLICABLE] = ["N/A", "NA", "Not applicable", "No corresponde"]
    document = {
        "key": instrument.key,
        "title": instrument.title.en,
        "instrument": instrument.key,
        "instrument_version": instrument.version,
        "subject": "Mathematics",
        "observed_on": _column("Date of observation", "Date", "Fecha"),
        "written_at": _column("Timestamp", "Marca temporal"),
        "occasion": _column("Occasion", "Round", "Ronda"),
        "grade": _column("Grade", "Grado"),
        "classroom": [_column("Teacher", "Room", "Docente", "Aula")],
        "observer": [_column("Observer", "Rater", "Email", "Observador")],
        "ratings": [{"look_for": i.id, "column": _column(*dict.fromkeys((i.prompt.en, i.prompt.es)))} for i in items],
        "notes": [{"core_element": "student", "column": _column("Notes", "Comments", "Notas")}],
        "answers": answers,
        "grade_bands": {
            "K-2": ["PK", "K", "1", "2"],
            "3-5": ["3", "4", "5"],
            "6-8": ["6", "7", "8"],
            "9-12": ["9", "10", "11", "12"],
        },
    }
    out = io.StringIO()
    yaml().dump(document, out)
    return _HEAD.format(title=instrument.title.en) + out.getvalue()


def _column(*starts: str) -> dict[str, list[str]]:
    return {"starts": list(starts)}


def _worded(parts: dict[str, Any]) -> dict[str, Any]:
    """Numbers and yes/no that YAML made of what somebody wrote as a way to answer are words again."""
    made = dict(parts)
    for name in ("answers", "grade_bands"):
        if isinstance(held := made.get(name), dict):
            made[name] = {
                _word(k): [_word(v) for v in ways] if isinstance(ways, list) else ways for k, ways in held.items()
            }
    return made


def _word(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


def _wrong(error: ErrorDetails) -> Wrong:
    name = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "mapping")
    match error["type"]:
        case "missing":
            return wrong("missing", name=name)
        case "extra_forbidden":
            return wrong("unknown_mapping_word", name=name)
        case "too_short":
            return wrong("named_empty", name=name)
        case "no_words":
            return wrong("column_words", name=name)
        case kind if kind in _TYPES:
            return wrong("mapping_wrong_type", name=name, type=part(_TYPES[kind]))
    return wrong("mapping_schema", name=name, said=error["msg"].removeprefix("Value error, "))
