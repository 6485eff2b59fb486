"""What scheduling tells people in sentences it tells in English and in Spanish: none is written in the code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shared.said import Said, say

ROOT = Path(__file__).resolve().parents[2]
PLANNING = "services/scheduling/planning"
TELL = {
    "collisions": [
        *(f"{PLANNING}/explain/{name}.py" for name in ("relax", "rules", "scarce", "why_not", "words")),
        f"{PLANNING}/solve/year.py",
        "services/scheduling/plans/outcome.py",
    ],
    "checks": [f"{PLANNING}/check.py"],
    "whyday": [f"{PLANNING}/explain/why.py"],
    "findings": [
        *(f"services/scheduling/rounds/{name}.py" for name in ("check", "check_entered", "entered", "finding")),
        *(f"services/scheduling/calendar/{name}.py" for name in ("decide", "reasons")),
    ],
    "dayplans": [
        *(f"{PLANNING}/visit_day/{name}.py" for name in ("check", "jobs")),
        *(
            f"services/scheduling/visit_days/{name}.py"
            for name in ("accepting", "asking", "decide", "facts", "jobs", "queries", "shown", "tasks")
        ),
    ],
    "refusals": [
        f"services/scheduling/{name}.py"
        for name in (
            *(f"{part}/decide" for part in ("bells", "classrooms", "hosts", "networks", "observers", "pairs", "pins")),
            *(f"plans/{part}" for part in ("api", "asking", "queries", "shown", "visit_day_api", "why")),
            *(f"rounds/{part}" for part in ("api", "decide", "move_api", "queries", "table")),
            *("classrooms/api", "pins/api", "schools/api", "stage/bulk", "stage/parts", "terms/decide"),
            *("feeds/api", "feeds/decide", "mail/api", "observers/api", "observers/unavailability", "outings/api"),
        )
    ],
    "errors": [
        *(
            f"shared/{name}.py"
            for name in (
                *("access", "command_handler", "database", "http", "idempotency", "reactions", "tokens", "uploads"),
                "watching",
            )
        ),
        *(f"services/identity/accounts/{name}.py" for name in ("accounts", "decide", "links", "tables")),
        *(f"services/identity/sessions/{name}.py" for name in ("api", "limits", "sessions", "sign_in")),
    ],
    "rounds": [
        f"services/rounds/{name}.py"
        for name in (
            *("board/api", "board/decide", "capture/corrections", "capture/visibility"),
            *("debrief/api", "debrief/decide", "debrief/queries", "follow_up/api", "follow_up/decide"),
            *("rounds/decide", "rounds/protocol", "rounds/queries", "suggestions/api"),
        )
    ],
    "cycles": [
        f"services/rounds/{name}.py"
        for name in (
            *(
                "commitments/decide",
                *(f"cycles/{n}" for n in ("artefacts_api", "decide", "lists", "queries", "taking", "writing")),
            ),
            *("meetings/api", "meetings/decide", "meetings/queries", "partners/queries"),
        )
    ],
    "publishing": [
        f"services/scheduling/plans/{name}.py" for name in ("called", "decide", "publish", "repair", "review")
    ],
}
"""The modules that tell by each area of the catalogue."""
FILES = sorted({file for files in TELL.values() for file in files})
REFUSING = [*TELL["refusals"], *TELL["errors"], *TELL["rounds"], *TELL["cycles"]]
"""They tell sentences in refusals alone; the rest of their text is the database's and the programmer's."""
ERRORS = {"Conflict", "Gone", "Invalid", "KeyReused", "NotFound", "Refused", "RondoError", "Stale", "Unavailable"}
ERRORS |= {"Forbidden", "TooLarge", "TooManyRequests", "Unauthenticated"}
OF_FILES = {" was not read: "}
"""What is wrong with a file is listed in English."""


def tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text("utf-8"))


def strings(module: ast.Module) -> Iterator[str]:
    """All text of a module but what documents it, and but the words of errors that are the programmer's."""
    silent: set[ast.AST] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(node.value)
        if isinstance(node, ast.Assert) and node.msg is not None:
            silent |= set(ast.walk(node.msg))
        if isinstance(node, ast.keyword) and node.arg in ("description", "name"):  # of the API, of a task
            silent |= set(ast.walk(node))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log."):
            silent |= set(ast.walk(node))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) in PROGRAMMERS:
            silent |= set(ast.walk(node.exc))
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node.value


PROGRAMMERS = {"ValueError", "RuntimeError", "TypeError"}
SQL = re.compile(r"\s*(select|update|insert|delete)\b")
KEPT = {"planned anew", "publication undone", "visit days"}
"""Why a round was cancelled, as its event keeps it; what a log line is about."""


def keys(module: ast.Module) -> Iterator[str]:
    """The keys of the catalogue that a module names, as patterns: part of a key may be made up."""
    helper = next((n for n in module.body if isinstance(n, ast.FunctionDef) and n.name == "finding"), None)
    passed_on = set(ast.walk(helper)) if helper else set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args and node not in passed_on:
            if node.func.id == "say":
                yield from key(node.args[0])
            if node.func.id == "finding":
                yield from (rf"findings\.{one}{end}" for one in key(node.args[0]) for end in ("", r"\.mend"))


def key(named: ast.expr) -> Iterator[str]:
    match named:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from key(one)
            yield from key(other)


@pytest.mark.parametrize("file", REFUSING)
def test_no_refusal_is_worded_in_the_code(file: str) -> None:
    raised = [n for n in ast.walk(tree(file)) if isinstance(n, ast.Call) and ast.unparse(n.func) in ERRORS]
    assert raised
    texts = [text for call in raised for text in strings(ast.Module([ast.Expr(call)], []))]
    assert [text for text in texts if " " in text and text not in OF_FILES] == []


@pytest.mark.parametrize("file", sorted({*FILES} - {*REFUSING}))
def test_no_sentence_stands_in_the_code(file: str) -> None:
    told = [text for text in strings(tree(file)) if not SQL.match(text) and text not in KEPT]
    assert [text for text in told if len(re.findall(r"[A-Za-z]{2,}", text)) > 1 and " " in text] == []


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_said_past_the_catalogue(file: str) -> None:
    made = [n for n in ast.walk(tree(file)) if isinstance(n, ast.Call) and ast.unparse(n.func) == "Said"]
    assert [ast.unparse(call) for call in made if ast.unparse(call) != "Said('', '')"] == []


@pytest.mark.parametrize("area", TELL)
def test_every_text_is_told_and_every_key_is_there(area: str) -> None:
    texts = json.loads((ROOT / f"shared/catalogue/{area}.json").read_text("utf-8"))
    there = {f"{area}.{re.sub('_(one|other)$', '', key)}" for key in texts}
    named = [one for file in FILES for one in keys(tree(file)) if one.startswith(re.escape(f"{area}."))]
    assert [one for one in named if not any(re.fullmatch(one, key) for key in there)] == []
    assert [key for key in sorted(there) if not any(re.fullmatch(one, key) for one in named)] == []


@pytest.mark.parametrize("area", TELL)
def test_spanish_is_another_text_than_english(area: str) -> None:
    texts = json.loads((ROOT / f"shared/catalogue/{area}.json").read_text("utf-8"))
    words = {key: re.sub(r"\{\w+\}|[^A-Za-z]", "", text["en"]) for key, text in texts.items()}
    assert [key for key, text in texts.items() if words[key] and text["en"] == text["es"]] == []


def test_numbers_names_and_days_are_told_as_each_language_writes_them() -> None:
    nearer = say("collisions.nearer", school="Elm", gap=12, instead=say("collisions.instead", was=30))
    assert nearer.en == "Let the rounds at Elm be 12 school days apart instead of 30."
    assert nearer.es == "Deje que las rondas en Elm estén a 12 días de clases de distancia en vez de 30."
    stands = say("collisions.pin_to", round=say("collisions.round", number=2, school="Elm"), day=date(2026, 10, 5))
    assert stands.begin() == Said(
        "Round 2 at Elm is pinned to 5 October 2026.", "La ronda 2 en Elm está fijada al 5 de octubre de 2026."
    )
    assert say("collisions.asked", count=1) == Said("1 round is asked for.", "Se pide 1 ronda.")
