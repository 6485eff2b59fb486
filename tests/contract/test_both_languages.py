"""What services tell people in sentences they tell in English and in Spanish: none is written in the code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from services.rounds.errors import Gone
from shared.errors import RondoError
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
            *("imports/api", "imports/held", "imports/work", "stage/report", "plans/disruptions_api"),
            *("rounds/commands", "visit_days/asking", "roster/diff", "schools/diff"),
        )
    ],
    "reporting": [
        "shared/projections/jobs.py",
        *(
            f"services/reporting/{name}.py"
            for name in (
                *(f"sections/{part}" for part in ("api", "decide", "freeze")),
                *(f"releases/{part}" for part in ("api", "decide", "freeze")),
                *("handout/words", "live/api", "operations/api", "operations/operators"),
                *(f"projections/school_patterns/{part}" for part in ("complete", "query")),
            )
        ),
    ],
    "faults": [
        "shared/tabular/problems.py",
        "shared/tabular/table.py",
        *(f"shared/calendars/{name}.py" for name in ("lines", "occur", "read", "recur")),
        *(f"services/scheduling/roster/{name}.py" for name in ("archive", "facts", "manifest", "parse", "reading")),
        *(f"services/scheduling/roster/{name}.py" for name in ("recognise", "users")),
        *(f"services/scheduling/schools/{name}.py" for name in ("entries", "parse", "places")),
        *(f"services/scheduling/stage/{name}.py" for name in ("api", "bulk", "sheets/cells", "sheets/kinds")),
        *(f"services/scheduling/calendar/{name}.py" for name in ("import_api", "understand")),
        *(f"services/rounds/imports/{name}.py" for name in ("api", "read")),
        *(f"services/rounds/instruments/xlsform/{name}.py" for name in ("complaints", "expressions", "reading")),
    ],
    "errors": [
        *(
            f"shared/{name}.py"
            for name in (
                *("access", "command_handler", "database", "http", "idempotency", "reactions", "tokens", "uploads"),
                *("watching", "mail/outbox", "eventstore/appending", "eventstore/group_commit", "eventstore/memory"),
            )
        ),
        *(f"services/identity/districts/{name}.py" for name in ("commands", "decide", "districts")),
        *(f"services/identity/sessions/{name}.py" for name in ("oidc", "oidc_api", "passwords")),
        *(f"services/identity/accounts/{name}.py" for name in ("accounts", "decide", "links", "tables")),
        *(f"services/identity/sessions/{name}.py" for name in ("api", "limits", "sessions", "sign_in")),
    ],
    "rounds": [
        f"services/rounds/{name}.py"
        for name in (
            *("board/api", "board/decide", "capture/corrections", "capture/visibility"),
            *("debrief/api", "debrief/decide", "debrief/queries", "follow_up/api", "follow_up/decide"),
            *("rounds/decide", "rounds/protocol", "rounds/queries", "suggestions/api"),
            *("board/rooms", "partners/profile", "protocols/api", "protocols/decide", "protocols/edit"),
            *("protocols/queries", "instruments/api", "instruments/decide", "imports/api", "imports/history", "policy"),
            *(f"capture/{part}" for part in ("api", "commands", "decide", "health", "receipts", "take", "words")),
        )
    ],
    "cycles": [
        f"services/rounds/{name}.py"
        for name in (
            *(
                "commitments/decide",
                *(f"cycles/{n}" for n in ("artefacts_api", "decide", "forms", "lists", "queries", "taking", "writing")),
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
WHOLE = sorted(
    {file for area in ("collisions", "checks", "whyday", "findings", "dayplans", "publishing") for file in TELL[area]}
)
"""All their text is the catalogue's; others tell sentences in refusals and faults alone, and the rest of their text is
the database's and the programmer's."""
COMMAND_LINE = ("services/cli/", "services/demo/", "services/openapi.py", "shared/provision.py", "shared/embedded/")
"""What they refuse is told to whoever runs the platform, in English."""
ERRORS = {"Conflict", "Gone", "Invalid", "KeyReused", "NotFound", "Refused", "RondoError", "Stale", "Unavailable"}
ERRORS |= {"Forbidden", "TooLarge", "TooManyRequests", "Unauthenticated"}


def refusing() -> list[str]:
    """Every module that refuses something to somebody who reads it on a page."""
    found = (
        p.relative_to(ROOT).as_posix() for top in ("services", "shared") for p in sorted((ROOT / top).rglob("*.py"))
    )
    return [file for file in found if not file.startswith(COMMAND_LINE) and any(raised(file))]


def raised(file: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ERRORS:
            yield node


@cache
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
        if isinstance(node, ast.Constant) and str(node.value).startswith("series."):  # a link, passed on
            yield rf"faults\.{re.escape(node.value)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args and node not in passed_on:
            if node.func.id == "say":
                yield from key(node.args[0])
            if node.func.id == "fault":
                yield from (rf"faults\.{one}" for one in key(node.args[0]))
            if node.func.id == "finding":
                yield from (rf"findings\.{one}{end}" for one in key(node.args[0]) for end in ("", r"\.mend"))


def key(named: ast.expr) -> Iterator[str]:
    match named:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w-]+" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from key(one)
            yield from key(other)


def test_what_refuses_is_found() -> None:
    assert len(refusing()) > 100


@pytest.mark.parametrize("file", refusing())
def test_no_refusal_is_worded_in_the_code(file: str) -> None:
    texts = [text for call in raised(file) for text in strings(ast.Module([ast.Expr(call)], []))]
    assert [text for text in texts if re.search(r"[A-Za-z] | [A-Za-z]", text)] == []


@pytest.mark.parametrize("file", WHOLE)
def test_no_sentence_stands_in_the_code(file: str) -> None:
    told = [text for text in strings(tree(file)) if not SQL.match(text) and text not in KEPT]
    assert [text for text in told if len(re.findall(r"[A-Za-z]{2,}", text)) > 1 and " " in text] == []


@pytest.mark.parametrize("file", sorted({*FILES} - {"shared/tabular/problems.py"}))
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


def test_every_type_of_problem_has_a_title_in_both_languages() -> None:
    titles = {one.type: one.title for one in every_error() if one.type not in {"embedded"}}
    assert {RondoError.type, Gone.type} < titles.keys()
    assert {type_: say(f"errors.title.{type_}").en for type_ in titles} == titles


def every_error() -> Iterator[type[RondoError]]:
    held = [RondoError]
    while held:
        yield (one := held.pop())
        held += [sub for sub in one.__subclasses__() if sub.__module__.startswith(("shared.", "services."))]


def test_numbers_names_and_days_are_told_as_each_language_writes_them() -> None:
    nearer = say("collisions.nearer", school="Elm", gap=12, instead=say("collisions.instead", was=30))
    assert nearer.en == "Let the rounds at Elm be 12 school days apart instead of 30."
    assert nearer.es == "Deje que las rondas en Elm estén a 12 días de clases de distancia en vez de 30."
    stands = say("collisions.pin_to", round=say("collisions.round", number=2, school="Elm"), day=date(2026, 10, 5))
    assert stands.begin() == Said(
        "Round 2 at Elm is pinned to 5 October 2026.", "La ronda 2 en Elm está fijada al 5 de octubre de 2026."
    )
    assert say("collisions.asked", count=1) == Said("1 round is asked for.", "Se pide 1 ronda.")
