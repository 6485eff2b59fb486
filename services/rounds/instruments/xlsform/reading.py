"""An XLSForm as a draft. pyxform judges whether the form is valid; what an instrument cannot carry is listed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.rounds.instruments.drafts import Draft
from services.rounds.instruments.xlsform.cells import Book, NotAWorkbook, read_book
from services.rounds.instruments.xlsform.expressions import NotUnderstood, parse
from shared.tabular.problems import Problem, Problems

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"(?:the|sheet:|sheet) '?(survey|choices|settings)'?(?: sheet)?")
_VALUE = re.compile(r"the '([\w:]+)' value")
_HEADERS = re.compile(r"'([^']+)'")
_TYPE = re.compile(r"Unknown question type '([^']*)'")
_LANGUAGES = {
    "en": "en", "english": "en", "default": "en", "inglés": "en", "ingles": "en",
    "es": "es", "spanish": "es", "español": "es", "espanol": "es",
}  # fmt: skip
_KINDS = {
    "select one": "choice", "select all that apply": "multi_choice", "integer": "count", "int": "count",
    "range": "scale", "text": "note", "string": "note",
}  # fmt: skip
_SILENT = {
    "start",
    "end",
    "today",
    "deviceid",
    "phonenumber",
    "username",
    "email",
    "audit",
    "instanceID",
    "instanceName",
}
_GENERATED = ("reserved_name_for_field_list_labels_", "generated_table_list_label_")  # by pyxform, of a group's label
_BUILT_IN = ("not_observed", "not_applicable")
_YES_NO = {"yes", "no"}
_CORE = ("teacher", "student", "content", "task")
_LARGEST_COUNT = 200
_BOUND = re.compile(r"\.\s*(<=|<)\s*(\d{1,4})")
_EXTRAS = ("choice_filter", "default", "calculation", "parameters", "appearance", "media", "trigger", "repeat_count")


@dataclass(slots=True)
class Read:
    """`draft` is None when the form is refused: `problems` say why."""

    key: str
    draft: Draft | None = None
    problems: list[Problem] = field(default_factory=list)
    not_carried: list[dict[str, Any]] = field(default_factory=list)


def read_form(name: str, data: bytes) -> Read:
    """Of a file's name and bytes."""
    problems = Problems()
    stem = name.rsplit(".", 1)[0]
    try:
        book = read_book(name, data)
    except NotAWorkbook:
        problems.error(
            "not_a_workbook", name, "The file is no Excel workbook.", "Save the form as .xlsx and try again."
        )
        return Read(_key(stem), problems=list(problems.listed()))
    if "survey" not in book.sheets:
        problems.error(
            "no_survey",
            name,
            "The workbook has no sheet “survey”.",
            "An XLSForm has a sheet “survey” with type, name, label.",
        )
        return Read(_key(stem), problems=list(problems.listed()))
    form = _judged(name, stem, data, book, problems)
    if form is None:
        return Read(_key(stem), problems=list(problems.listed()))
    return _Carrier(book, form).carry(_key(str(form.get("id_string") or stem)))


def _judged(name: str, stem: str, data: bytes, book: Book, problems: Problems) -> dict[str, Any] | None:
    """pyxform's tree of the form, or None with its complaint, at its place."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    kind = ".xls" if data[:4] == b"\xd0\xcf\x11\xe0" else ".xlsx"
    try:
        result = convert(io.BytesIO(data), file_type=kind, form_name="data", validate=False)
    except PyXFormError as error:
        _told(name, str(error), book, problems)
        return None
    except Exception as error:  # pyxform raises what it likes on forms that it did not foresee
        problems.error("form", name, f"The form cannot be read: {error}"[:300], "Check it with an XLSForm validator.")
        return None
    tree: dict[str, Any] = result._pyxform
    if tree.get("title") == "data":
        tree["title"] = stem
    if tree.get("id_string") == "data":
        tree["id_string"] = stem
    return tree


def _told(name: str, words: str, book: Book, problems: Problems) -> None:
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
    elif "headers" in detail.lower():
        number = 1
        named = [h for h in _HEADERS.findall(detail) if h in book.headers.get(sheet, {})]
        header = named[-1] if named else None
    elif "choices sheet" in detail or "list name" in detail.lower():
        header = header or "type"
        number = number or next(
            (r.number for r in book.sheets["survey"] if r.cells.get("type", "").startswith("select")), None
        )
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


class _Carrier:
    def __init__(self, book: Book, form: dict[str, Any]) -> None:
        self._book, self._form = book, form
        self._left: list[dict[str, Any]] = []
        self._groups: list[dict[str, Any]] = []
        self._items: list[dict[str, Any]] = []
        self._ids: dict[str, str] = {}  # the form's name -> the item's id
        self._codes: dict[str, dict[str, str]] = {}  # item -> the form's choice -> code
        self._later: list[tuple[dict[str, Any], str, str]] = []  # what it is about, its name in the form, its relevance

    def carry(self, key: str) -> Read:
        for child in self._form.get("children", ()):
            self._walk(child, "")
        multi = frozenset(i["id"] for i in self._items if i["kind"] == "multi_choice")
        for one, name, text in self._later:
            try:
                one["relevance"] = parse(text, self._ids, self._code, multi).model_dump(mode="json")
            except NotUnderstood as error:
                told = f"“{name}” is always asked: its relevance “{text[:120]}” is not understood ({error})."
                self._leave(name, "relevant", told)
        title = self._text(self._form.get("title") or key, "", "form_title", "settings")
        draft = Draft.model_validate({"title": title, "description": {}, "groups": self._groups, "items": self._items})
        return Read(key, draft, not_carried=self._left)

    def _code(self, item: str, name: str) -> str:
        return self._codes.get(item, {}).get(name, name)

    def _leave(self, name: str, header: str | None, detail: str, sheet: str = "survey") -> None:
        row = self._book.named(sheet, name)
        column = self._book.column(sheet, header) if header else None
        self._left.append({"sheet": sheet, "row": row.number if row else None, "column": column, "detail": detail})

    def _walk(self, node: Mapping[str, Any], group: str) -> None:
        kind, name = str(node.get("type", "")), str(node.get("name", ""))
        if (kind == "group" and name == "meta") or name.startswith(_GENERATED):
            return
        if kind == "group":
            held = self._group(node, name, group)
            for child in node.get("children", ()):
                self._walk(child, held)
        elif kind == "repeat":
            inside = ", ".join(str(c.get("name")) for c in node.get("children", ())) or "nothing"
            self._leave(name, "type", f"The repeat “{name}” is not carried, nor what is in it: {inside}.")
        elif kind in _KINDS:
            self._item(node, _KINDS[kind], name, group)
        elif kind not in _SILENT:
            self._leave(name, "type", f"“{name}” is not carried: an instrument has no item of type “{kind}”.")
        elif kind in ("username", "email", "phonenumber", "deviceid", "audit"):
            self._leave(name, "type", f"“{name}” ({kind}) is not carried: who observed is told by the sign-in.")

    def _group(self, node: Mapping[str, Any], name: str, outer: str) -> str:
        id_ = self._id(name, {g["id"] for g in self._groups})
        label = self._text(node.get("label") or name, name, "label")
        if outer:
            parent = next(g for g in self._groups if g["id"] == outer)
            for language, words in label.items():
                if words and parent["label"].get(language):
                    label[language] = f"{parent['label'][language]}: {words}"
            self._leave(name, "type", f"The group “{name}” stands beside its outer group, not in it.")
        held = {"id": id_, "label": label}
        self._groups.append(held)
        relevant = node.get("bind", {}).get("relevant")
        if relevant:
            self._later.append((held, name, str(relevant)))
        elif outer and (above := next((x for x in self._later if x[0]["id"] == outer and x[0] in self._groups), None)):
            self._later.append((held, name, above[2]))
        return id_

    def _item(self, node: Mapping[str, Any], kind: str, name: str, group: str) -> None:
        row = self._book.named("survey", name)
        cells = row.cells if row else {}
        id_ = self._id(name, {i["id"] for i in self._items})
        item: dict[str, Any] = {
            "id": id_, "kind": kind, "group": group, "prompt": self._text(node.get("label") or name, name, "label"),
            "required": str(node.get("bind", {}).get("required", "")).lower() in ("yes", "true", "true()"),
        }  # fmt: skip
        if node.get("hint"):
            item["hint"] = self._text(node["hint"], name, "hint")
        core = cells.get("core_element", "").lower()
        if core in _CORE:
            item["core_element"] = core
        if kind in ("choice", "multi_choice"):
            if not isinstance(node.get("choices"), list):
                self._leave(name, "type", f"“{name}” is not carried: its choices come from elsewhere.")
                return
            self._choices(node, item, name)
        wanted = cells.get("rondo_kind", "")
        if wanted == "tally" and kind == "multi_choice":
            seconds = cells.get("interval_seconds", "")
            item |= {"kind": "tally", "interval_seconds": int(seconds) if seconds.isdigit() else 60}
        elif kind == "choice" and {c["code"] for c in item["choices"]} == _YES_NO:
            item |= {"kind": "observed", "choices": []}
        self._numbers(node, item, name)
        self._ids[name] = id_
        self._items.append(item)
        bind = node.get("bind", {})
        if relevant := bind.get("relevant"):
            self._later.append((item, name, str(relevant)))
        for extra in _EXTRAS:
            if node.get(extra) and not (extra == "parameters" and kind == "scale"):
                self._leave(name, extra, f"“{name}”: its {extra.replace('_', ' ')} is not carried.")
        if bind.get("calculate"):
            self._leave(name, "calculation", f"“{name}”: its calculation is not carried.")
        if bind.get("readonly"):
            self._leave(name, "read_only", f"“{name}” was read-only; it can be answered now.")
        if isinstance(node.get("control"), dict) and node["control"].get("appearance"):
            self._leave(name, "appearance", f"“{name}”: its appearance is not carried.")

    def _numbers(self, node: Mapping[str, Any], item: dict[str, Any], name: str) -> None:
        constraint = str(node.get("bind", {}).get("constraint", ""))
        if item["kind"] == "count":
            found = _BOUND.search(constraint)
            item["maximum"] = int(found.group(2)) - (found.group(1) == "<") if found else _LARGEST_COUNT
            rest = _BOUND.sub("", constraint, count=1).replace(". >= 0", "").replace("and", "").strip(" ()")
            if constraint and (rest or not found):
                self._leave(name, "constraint", f"“{name}”: of “{constraint[:120]}” only the highest value is carried.")
            if not found:
                self._leave(name, "constraint", f"“{name}” had no highest value; {_LARGEST_COUNT} was taken.")
            return
        if item["kind"] == "scale":
            given = {k: str(v) for k, v in (node.get("parameters") or {}).items()}
            start, end, step = given.get("start", "1"), given.get("end", "10"), given.get("step", "1")
            if not (start.isdigit() and end.isdigit() and int(start) < int(end) <= 9999):
                self._leave(name, "parameters", f"“{name}”: the range {start} to {end} became 0 to 4.")
                start, end = "0", "4"
            if step != "1":
                self._leave(name, "parameters", f"“{name}”: its step {step} became 1.")
            item |= {"minimum": int(start), "maximum": int(end)}
        if constraint:
            self._leave(name, "constraint", f"“{name}”: its constraint “{constraint[:120]}” is not carried.")

    def _choices(self, node: Mapping[str, Any], item: dict[str, Any], name: str) -> None:
        made: list[dict[str, Any]] = []
        codes: dict[str, str] = {}
        for choice in node["choices"]:
            given = str(choice.get("name", ""))
            if given in _BUILT_IN:
                codes[given] = given
                continue  # every item has this answer
            if given in codes:
                self._leave(name, "type", f"“{name}”: the choice “{given}” stands twice; the first was taken.")
                continue
            code = re.sub(r"[^a-z0-9_]", "_", given.lower())[:60] or "choice"
            code = code if code[0].isalpha() else f"c{code}"[:60]
            while code in codes.values():
                code = f"{code[:57]}_{len(codes)}"
            codes[given] = code
            made.append({"code": code, "label": self._text(choice.get("label") or given, given, "label", "choices")})
        item["choices"] = made
        self._codes[item["id"]] = codes

    def _text(self, label: Any, name: str, header: str, sheet: str = "survey") -> dict[str, str]:
        told = {"en": "", "es": ""}
        given = label if isinstance(label, dict) else {"default": label}
        for language, words in given.items():
            tag = re.search(r"\(([a-z]{2})", language)
            known = _LANGUAGES.get(tag.group(1) if tag else language.strip().lower())
            if known is None:
                if len(given) == 1:
                    known = "en"
                else:
                    self._leave(name, header, f"“{name}”: its words in {language} are not carried.", sheet)
                    continue
            told[known] = told[known] or re.sub(r"<[^>]+>|\*\*", "", str(words)).strip()[:1000]
        return told

    def _id(self, name: str, taken: set[str]) -> str:
        id_ = re.sub(r"[^a-z0-9_-]", "-", name.lower()).strip("-_")[:76] or "item"
        while id_ in taken:
            id_ = f"{id_}-{len(taken)}"
        return id_


def _key(text: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    key = key if key[:1].isalpha() else f"form-{key}"
    return key[:60].strip("-").ljust(3, "x")
