"""docs/errors.md says what the code says."""

from __future__ import annotations

import ast
import re

from shared.said import say
from tests.contract.error_words import BEGIN, DOCUMENT, END, ROOT, codes, table, trees, types

TEXT = DOCUMENT.read_text("utf-8")
ONLY_HTTP = {"method-not-allowed", "unsupported-media-type", "http"}  # Starlette's own, named by shared.http
ONLY_COMMAND_LINE = {"embedded"}


def documented() -> dict[str, str]:
    return dict(re.findall(r"^\| `/problems/([a-z-]+)` \| (\w+) \|", TEXT, re.MULTILINE))


def test_every_type_of_problem_is_documented_with_its_status() -> None:
    said = documented()
    for name, status in types().items():
        if name in ONLY_COMMAND_LINE:
            assert f"`{name}`" in TEXT
        else:
            assert said.get(name) == str(status), f"{name} is missing in docs/errors.md, or has another status"


def test_nothing_is_documented_that_the_code_does_not_say() -> None:
    assert set(documented()) <= set(types()) | ONLY_HTTP


def test_the_problems_that_http_itself_raises_are_named_in_the_code() -> None:
    source = (ROOT / "shared" / "http.py").read_text("utf-8")
    for name in ONLY_HTTP:
        assert f'"{name}"' in source


def test_every_refusal_is_listed() -> None:
    listed = TEXT.split(BEGIN)[1].split(END)[0].strip()
    assert listed == table(), "run `python -m tests.contract.error_words`"
    assert len(codes()) > 20


def test_every_reason_of_a_failed_provider_sign_in_is_listed() -> None:
    reasons = {
        node.args[0].value
        for file, tree in trees()
        if file.startswith("services/identity/sessions/oidc")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("SignInRefused", "_back_to_sign_in")
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(reasons) >= 7
    assert {f"`{reason}`" for reason in reasons} <= set(re.findall(r"`[a-z-]+`", TEXT))
    page = (ROOT / "web/apps/desk/src/screens/SignIn.svelte").read_text("utf-8")
    assert [reason for reason in reasons if f"'{reason}'" not in page or not say(f"accounts.refused.{reason}").es] == []
