"""Terms of the demo's district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from tests.web.conftest import Desk


@contextmanager
def a_term(leader: Desk, **term: object) -> Iterator[None]:
    """A term of the district, for a while."""
    term_id = str(uuid4())
    _put(leader, {"term_id": term_id, **term})
    try:
        yield
    finally:
        assert leader.context.request.delete(_url(leader, term_id), headers=_more(leader)).ok


@contextmanager
def ended(leader: Desk, term: Mapping[str, Any], day: object) -> Iterator[None]:
    """The term ends on `day`, for a while."""
    _put(leader, {**term, "ends_on": day})
    try:
        yield
    finally:
        _put(leader, term)


def _put(leader: Desk, term: Mapping[str, object]) -> None:
    body = {name: str(term[name]) for name in ("name", "starts_on", "ends_on")}
    answer = leader.context.request.put(_url(leader, term["term_id"]), headers=_more(leader), data=body)
    assert answer.ok, answer.text()


def _url(leader: Desk, term_id: object) -> str:
    return f"{leader.platform.url}/api/scheduling/terms/{term_id}"


def _more(leader: Desk) -> dict[str, str]:
    return {"Origin": leader.platform.url, "If-Match": "*"}
