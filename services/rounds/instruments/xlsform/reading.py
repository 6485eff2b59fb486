"""An XLSForm as a draft. pyxform judges whether the form is valid; what an instrument cannot carry is listed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from services.rounds.instruments.drafts import INTERVAL, LONGEST_TEXT, MOST_CHOICES, MOST_GROUPS, MOST_ITEMS, Draft
from services.rounds.instruments.relevance import Relevance, never_asked
from services.rounds.instruments.xlsform.cells import Book, NotAWorkbook, read_book
from services.rounds.instruments.xlsform.complaints import tell
from services.rounds.instruments.xlsform.expressions import NotUnderstood, parse
from shared.tabular.problems import Fault, Problem, Problems, fault

_ANSWER = re.compile(r"\$\{[^}]+\}")
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
_SHEETS = {"entities": "entities", "external_choices": "choices_elsewhere", "osm": "map_tags"}
_MESSAGES = {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message"}
_EXTRAS = ("choice_filter", "default", "calculation", "parameters", "appearance", "media", "trigger", "guidance_hint")


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
        problems.error("not_a_workbook", name, fault("no_workbook"), fault("save_as_xlsx"))
        return Read(_key(stem), problems=list(problems.listed()))
    if "survey" not in book.sheets:
        problems.error(
            "no_survey",
            name,
            fault("no_survey"),
            fault("survey_wanted"),
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
        tell(name, str(error), book, problems)
        return None
    except Exception as error:  # pyxform raises what it likes on forms that it did not foresee
        problems.error("form", name, fault("form.unreadable", why=str(error)[:270]), fault("check_form"))
        return None
    tree: dict[str, Any] = result._pyxform
    if tree.get("title") == "data":
        tree["title"] = stem
    if tree.get("id_string") == "data":
        tree["id_string"] = stem
    return tree


class _Carrier:
    def __init__(self, book: Book, form: dict[str, Any]) -> None:
        self._book, self._form = book, form
        self._left: list[dict[str, Any]] = []
        self._taken_as: set[str] = set()  # languages whose words stand as English
        self._groups: list[dict[str, Any]] = []
        self._items: list[dict[str, Any]] = []
        self._ids: dict[str, str] = {}  # the form's name -> the item's id
        self._codes: dict[str, dict[str, str]] = {}  # item -> the form's choice -> code
        self._above: dict[str, str] = {}  # group -> its relevance, with that of the groups around it
        self._later: list[tuple[dict[str, Any], str, str]] = []  # what it is about, its name in the form, its relevance

    def carry(self, key: str) -> Read:
        for child in self._form.get("children", ()):
            self._walk(child, "")
        multi = frozenset(i["id"] for i in self._items if i["kind"] == "multi_choice")
        for one, name, text in self._later:
            try:
                one["relevance"] = parse(text, self._ids, self._code, multi).model_dump(mode="json")
            except NotUnderstood as error:
                told = fault("form.always_asked", name=name, relevance=text[:120], why=error.why)
                self._leave(name, "relevant", told)
        self._asked_sometime()
        for sheet, what in _SHEETS.items():
            if self._book.sheets.get(sheet):
                told = fault("form.sheet", sheet=sheet, what=fault(f"form.{what}"))
                self._left.append(_left(sheet, None, None, told))
        used = {i["group"] for i in self._items}
        self._groups = [g for g in self._groups if g["id"] in used]
        title = self._text(self._form.get("title") or key, "", "form_title", "settings")
        draft = Draft.model_validate({"title": title, "description": {}, "groups": self._groups, "items": self._items})
        return Read(key, draft, not_carried=self._left)

    def _code(self, item: str, name: str) -> str:
        return self._codes.get(item, {}).get(name, name)

    def _leave(self, name: str, header: str | None, told: Fault, sheet: str = "survey") -> None:
        row = self._book.named(sheet, name)
        column = self._book.column(sheet, header) if header else None
        self._left.append(_left(sheet, row.number if row else None, column, told))

    def _walk(self, node: Mapping[str, Any], group: str) -> None:
        kind, name = str(node.get("type", "")), str(node.get("name", ""))
        if (kind == "group" and name == "meta") or name.startswith(_GENERATED):
            return
        if kind == "group":
            held = self._group(node, name, group)
            for child in node.get("children", ()):
                self._walk(child, held)
        elif kind == "repeat":
            inside = ", ".join(_names(node)) or fault("form.nothing")
            self._leave(name, "type", fault("form.repeat", name=name, inside=inside))
        elif kind in _KINDS:
            self._item(node, _KINDS[kind], name, group)
        elif kind not in _SILENT:
            self._leave(name, "type", fault("form.type", name=name, type=kind))
        elif kind in ("username", "email", "phonenumber", "deviceid", "audit"):
            self._leave(name, "type", fault("form.who", name=name, type=kind))

    def _group(self, node: Mapping[str, Any], name: str, outer: str) -> str:
        if len(self._groups) >= MOST_GROUPS:
            self._leave(name, "type", fault("form.many_groups", name=name, most=MOST_GROUPS))
            return outer
        id_ = self._id(name, {g["id"] for g in self._groups})
        label = self._text(node.get("label") or name, name, "label")
        if outer:
            parent = next(g for g in self._groups if g["id"] == outer)
            for language, words in label.items():
                if words and parent["label"].get(language):
                    label[language] = f"{parent['label'][language]}: {words}"[:LONGEST_TEXT]
            self._leave(name, "type", fault("form.group_beside", name=name))
        held = {"id": id_, "label": label}
        self._groups.append(held)
        relevant, above = str(node.get("bind", {}).get("relevant") or ""), self._above.get(outer, "")
        if all_of := f"({above}) and ({relevant})" if above and relevant else above or relevant:
            self._above[id_] = all_of
            self._later.append((held, name, all_of))
        return id_

    def _item(self, node: Mapping[str, Any], kind: str, name: str, group: str) -> None:
        if len(self._items) >= MOST_ITEMS:
            self._leave(name, "type", fault("form.many_items", name=name, most=MOST_ITEMS))
            return
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
                self._leave(name, "type", fault("form.foreign_choices", name=name))
                return
            if len(node["choices"]) > MOST_CHOICES:
                told = fault("form.many_choices", name=name, choices=len(node["choices"]), most=MOST_CHOICES)
                self._leave(name, "type", told)
                return
            self._choices(node, item, name)
        wanted = cells.get("rondo_kind", "")
        if wanted == "tally" and kind == "multi_choice":
            given = cells.get("interval_seconds", "")
            seconds = min(max(int(given[:9]), INTERVAL[0]), INTERVAL[1]) if _whole(given) else 60
            if str(seconds) != given:
                told = fault("form.interval", name=name, given=given or fault("form.nothing"), seconds=seconds)
                self._leave(name, "interval_seconds", told)
            item |= {"kind": "tally", "interval_seconds": seconds}
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
                self._leave(name, extra, _without(name, extra))
        if bind.get("calculate"):
            self._leave(name, "calculation", _without(name, "calculation"))
        for message, header in _MESSAGES.items():
            if bind.get(message):
                self._leave(name, header, _without(name, header))
        if bind.get("readonly"):
            self._leave(name, "read_only", fault("form.read_only", name=name))
        if isinstance(node.get("control"), dict) and node["control"].get("appearance"):
            self._leave(name, "appearance", _without(name, "appearance"))

    def _numbers(self, node: Mapping[str, Any], item: dict[str, Any], name: str) -> None:
        constraint = str(node.get("bind", {}).get("constraint", ""))
        if item["kind"] == "count":
            found = _BOUND.search(constraint)
            if found and found.group(1) == "<" and not int(found.group(2)):
                found = None  # below zero: nothing could be counted
            item["maximum"] = int(found.group(2)) - (found.group(1) == "<") if found else _LARGEST_COUNT
            rest = _BOUND.sub("", constraint, count=1).replace(". >= 0", "").replace("and", "").strip(" ()")
            if constraint and (rest or not found):
                self._leave(name, "constraint", fault("form.highest_only", name=name, constraint=constraint[:120]))
            if not found:
                self._leave(name, "constraint", fault("form.no_highest", name=name, taken=_LARGEST_COUNT))
            return
        if item["kind"] == "scale":
            given = {k: str(v) for k, v in (node.get("parameters") or {}).items()}
            start, end, step = given.get("start", "1"), given.get("end", "10"), given.get("step", "1")
            if not (_whole(start) and _whole(end) and int(start) < int(end) <= 9999):
                self._leave(name, "parameters", fault("form.range", name=name, start=start, end=end))
                start, end = "0", "4"
            if step != "1":
                self._leave(name, "parameters", fault("form.step", name=name, step=step))
            item |= {"minimum": int(start), "maximum": int(end)}
        if constraint:
            self._leave(name, "constraint", fault("form.constraint", name=name, constraint=constraint[:120]))

    def _choices(self, node: Mapping[str, Any], item: dict[str, Any], name: str) -> None:
        made: list[dict[str, Any]] = []
        codes: dict[str, str] = {}
        for choice in node["choices"]:
            given = str(choice.get("name", ""))
            if given in _BUILT_IN:
                codes[given] = given
                continue  # every item has this answer
            if given in codes:
                self._leave(name, "type", fault("form.choice_twice", name=name, choice=given))
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
        told_in = {"en": "", "es": ""}
        given = label if isinstance(label, dict) else {"default": label}
        words_of = {language: str(words) for language, words in given.items() if words not in (None, "", "-")}
        foreign = not any(map(_language, words_of))
        for n, (language, words) in enumerate(words_of.items()):
            known = _language(language)
            if foreign and n == 0:
                known = "en"  # words that somebody reads are better than none
                if language not in self._taken_as:
                    self._taken_as.add(language)
                    told = fault("form.as_english", language=language)
                    self._leave(name, f"{header}::{language}", told, sheet)
            if known is None:
                told = fault("form.language", name=name, language=language)
                self._leave(name, f"{header}::{language}", told, sheet)
                continue
            plain = re.sub(r"<[^>]+>|\*\*", "", words).strip()
            if len(plain) > LONGEST_TEXT:
                told = fault("form.long", name=name, characters=f"{len(plain):,}", most=f"{LONGEST_TEXT:,}")
                self._leave(name, header, told, sheet)
            if asks := _ANSWER.search(plain):
                told = fault("form.answer_in_words", name=name, asks=asks.group())
                self._leave(name, header, told, sheet)
            told_in[known] = told_in[known] or plain[:LONGEST_TEXT]
        return told_in

    def _asked_sometime(self) -> None:
        """Items that wait for one another would never be asked: the first of them is, always."""
        parts = {g["id"]: g for g in self._groups}
        parse_of = TypeAdapter(Relevance | None).validate_python
        while True:
            asked = {
                i["id"]: [parse_of(p.get("relevance")) for p in (i, parts.get(i["group"], {}))] for i in self._items
            }
            never = never_asked(asked)
            waiting = [i for i in self._items if i["id"] in never]
            if not waiting:
                return
            held = waiting[0] if waiting[0].get("relevance") else parts[waiting[0]["group"]]
            del held["relevance"]
            name, text = next((n, t) for one, n, t in self._later if one is held)
            told = fault("form.waits", name=name, relevance=text[:120])
            self._leave(name, "relevant", told)

    def _id(self, name: str, taken: set[str]) -> str:
        id_ = re.sub(r"[^a-z0-9_-]", "-", name.lower()).strip("-_")[:76] or "item"
        while id_ in taken:
            id_ = f"{id_}-{len(taken)}"
        return id_


def _left(sheet: str, row: int | None, column: str | None, told: Fault) -> dict[str, Any]:
    said = told.said
    return {"sheet": sheet, "row": row, "column": column, "detail": said.en, "say": said}


def _without(name: str, extra: str) -> Fault:
    return fault("form.without", name=name, what=fault(f"form.{extra}"))


def _language(header: str) -> str | None:
    """The language of "English (en)", "es" or "Español", where an instrument has it."""
    tag = re.search(r"\(([a-z]{2})", header)
    return _LANGUAGES.get(tag.group(1) if tag else header.strip().lower())


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _names(node: Mapping[str, Any]) -> list[str]:
    """Of the questions below a group or repeat."""
    found: list[str] = []
    for child in node.get("children", ()):
        found += _names(child) if child.get("type") in ("group", "repeat") else [str(child.get("name"))]
    return found


def _key(text: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    key = key if key[:1].isalpha() else f"form-{key}"
    return key[:60].strip("-").ljust(3, "x")
