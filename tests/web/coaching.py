"""Coaching cycles for a browser test, made over HTTP by the people who are in them."""

from __future__ import annotations

from typing import Any

from tests.support.coaching import AGREEMENT
from tests.web.conftest import Desk


def tell(desk: Desk, method: str, path: str, body: Any = None) -> Any:
    """One change over HTTP, by this person."""
    url = f"{desk.platform.url}/api/rounds{path}"
    answer = desk.context.request.fetch(url, method=method, headers={"Origin": desk.platform.url}, data=body)
    assert answer.ok, f"{path}: {answer.text()}"
    return answer.json() if answer.body() else None


def begun(cycle: str, stage: str, *desks: Desk) -> None:
    tell(desks[0], "PUT", f"/cycles/{cycle}/agreement", {"body": AGREEMENT})
    for desk in desks:
        tell(desk, "POST", f"/cycles/{cycle}/signature", {"revision": 1})
    tell(desks[0], "POST", f"/cycles/{cycle}/stages/{stage}")


def paired(first: Desk, second: Desk, protocol: str, roles: tuple[str, str], stage: str) -> str:
    """A cycle of both, who have agreed; it stands in its first stage."""
    cycle = str(tell(first, "POST", "/cycles", {"protocol": protocol, "role": roles[0]})["cycle_id"])
    asks(first, second, cycle, roles[1])
    tell(second, "POST", f"/invitations/{cycle}", {"accept": True})
    begun(cycle, stage, first, second)
    return cycle


def asks(first: Desk, second: Desk, cycle: str, role: str, message: str = "") -> None:
    """Somebody who is in the directory is invited."""
    models = ["peer-observation", "growing-expertise", "lesson-study"]
    if second.get("rounds/partners/me")["profile"] is None:
        tell(second, "PUT", "/partners/me", {"models": models})
    person = second.get("identity/session")["person_id"]
    tell(first, "POST", f"/cycles/{cycle}/invitations", {"person_id": person, "role": role, "message": message})


def in_both_languages(desk: Desk, name: str) -> None:
    desk.in_both_languages(f"coaching-{name}")
