"""Relevance as XLSForm writes it and as instruments hold it: the part of XPath that forms use to skip questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from services.rounds.instruments.relevance import Answered, Bound, Includes, Is, Not, Relevance, Several
from shared.tabular.problems import Fault, fault

_EXPRESSION: TypeAdapter[Relevance] = TypeAdapter(Relevance)
_TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{\s*[\w.-]+\s*\}|\.\./[\w.-]+)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<op><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z][\w-]*))"
)

MOST_NESTED = 20  # parentheses in parentheses


class NotUnderstood(Exception):
    """The expression says more than an instrument can. `why`: what of it, as it is written or in words."""

    def __init__(self, why: str | Fault) -> None:
        super().__init__(why if isinstance(why, str) else why.key)
        self.why = why


class _Parser:
    def __init__(self, text: str, ids: Mapping[str, str], codes: Callable[[str, str], str], multi: frozenset[str]):
        self._tokens: list[tuple[str, str]] = []
        self._ids, self._codes, self._multi = ids, codes, multi
        self._depth = 0
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise NotUnderstood(text[at:].strip()[:40])
            self._tokens.append((str(found.lastgroup), found.group().strip()))
            at = found.end()

    def read(self) -> dict[str, Any]:
        told = self._or()
        if self._tokens:
            raise NotUnderstood(self._tokens[0][1])
        return told

    def _peek(self) -> tuple[str, str]:
        return self._tokens[0] if self._tokens else ("", "")

    def _next(self, expected: str | None = None) -> tuple[str, str]:
        if not self._tokens or (expected is not None and self._tokens[0][1] != expected):
            raise NotUnderstood(expected or fault("form.the_end"))
        return self._tokens.pop(0)

    def _joined(self, word: str, op: str, part: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        parts = [part()]
        while self._peek() == ("word", word):
            self._next()
            parts.append(part())
        return parts[0] if len(parts) == 1 else {"op": op, "of": parts}

    def _or(self) -> dict[str, Any]:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise NotUnderstood(fault("form.too_deep"))
        told = self._joined("or", "any", self._and)
        self._depth -= 1
        return told

    def _and(self) -> dict[str, Any]:
        return self._joined("and", "all", self._one)

    def _one(self) -> dict[str, Any]:
        kind, text = self._peek()
        if text == "(":
            self._next()
            told = self._or()
            self._next(")")
            return told
        if (kind, text) == ("word", "not"):
            self._next()
            self._next("(")
            told = self._or()
            self._next(")")
            return {"op": "not", "of": [told]}
        if (kind, text) == ("word", "selected"):
            self._next()
            self._next("(")
            item = self._item()
            self._next(",")
            value = self._value(item)
            self._next(")")
            return {"op": "includes" if item in self._multi else "is", "item": item, "value": value}
        return self._compared()

    def _item(self) -> str:
        kind, text = self._next()
        if kind != "name":
            raise NotUnderstood(text)
        name = text.removeprefix("../").strip("${} ")
        if name not in self._ids:
            raise NotUnderstood(fault("form.not_carried", name=name))
        return self._ids[name]

    def _value(self, item: str) -> str:
        kind, text = self._next()
        if kind not in ("text", "number"):
            raise NotUnderstood(text)
        return self._codes(item, text.strip("'\""))

    def _compared(self) -> dict[str, Any]:
        item = self._item()
        _, op = self._next()
        kind, text = self._peek()
        if kind == "text" and text in ("''", '""') and op in ("=", "!="):
            self._next()
            told: dict[str, Any] = {"op": "answered", "item": item}
            return told if op == "!=" else {"op": "not", "of": [told]}
        if op in ("=", "!="):
            told = {"op": "is", "item": item, "value": self._value(item)}
            return told if op == "=" else {"op": "not", "of": [told]}
        if op in ("<", "<=", ">", ">=") and kind in ("number", "text"):
            number = text.strip("'\"")
            self._next()
            if not re.fullmatch(r"-?\d+", number):
                raise NotUnderstood(number)
            step = {"<": -1, ">": 1}.get(op, 0)
            return {"op": "at_most" if op[0] == "<" else "at_least", "item": item, "number": int(number) + step}
        raise NotUnderstood(op)


def parse(text: str, ids: Mapping[str, str], codes: Callable[[str, str], str], multi: frozenset[str]) -> Relevance:
    """`ids`: the form's names -> items that were carried; `codes(item, name)`: the code of a choice; `multi`: items
    of several choices. Raises NotUnderstood."""
    try:
        return _EXPRESSION.validate_python(_Parser(text, ids, codes, multi).read())
    except ValidationError:
        raise NotUnderstood(fault("form.too_long")) from None


def written(expression: Relevance) -> str:
    """The expression in XLSForm's words."""
    match expression:
        case Is():
            return f"${{{expression.item}}} = '{expression.value}'"
        case Includes():
            return f"selected(${{{expression.item}}}, '{expression.value}')"
        case Bound():
            sign = ">=" if expression.op == "at_least" else "<="
            return f"${{{expression.item}}} {sign} {expression.number}"
        case Answered():
            return f"${{{expression.item}}} != ''"
        case Not():
            return f"not({written(expression.of[0])})"
        case Several():
            word = " and " if expression.op == "all" else " or "
            return "(" + word.join(written(e) for e in expression.of) + ")"
