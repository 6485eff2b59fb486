"""While the visits of a day go on a teacher falls out: the rest of the day is mended, published, told and followed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Desk, Desks


@pytest.fixture
def running(desks: Desks) -> Iterator[dict[str, Any]]:
    """The round whose visit goes on today. At a weekend the demo has none: today is taught then."""
    leader, admin = desks.of("district_leader"), desks.of("district_admin")
    page = leader.open("/schedule")
    today = leader.today().isoformat()
    found = leader.get(f"scheduling/rounds?from={today}&limit=200")["items"]
    chosen = next(r for r in found if r["status"] == "scheduled" and r["teams"] > 1)
    path = f"scheduling/rounds/{chosen['round_id']}"
    if chosen["day"] == today:
        yield leader.get(path)
        return
    mark = f"scheduling/calendar/days/{today}"
    _send(leader, "PUT", mark, {"kind": "school_day", "title": "Made up"})
    try:
        made = _send(leader, "POST", "scheduling/rounds", _again(leader.get(path), today))
        people = chosen["observers"] + 1
        leader.until(lambda: len(_told(_mails(admin, made["round_id"]), ())) >= people)  # and the host
        page.reload()
        yield made
        _send(leader, "DELETE", f"scheduling/rounds/{made['round_id']}")
    finally:
        _send(leader, "DELETE", mark)


def _again(held: dict[str, Any], day: str) -> dict[str, Any]:
    """The same visit on another day."""
    place = {t["team_id"]: n for n, t in enumerate(held["teams"])}
    teams = [
        {"name": t["name"], "observer_ids": [o["person_id"] for o in t["observers"]], "timekeeper_id": None}
        for t in held["teams"]
    ]
    slots = [
        {"team": place[s["team_id"]], "classroom_id": s["classroom_id"], "period": s["period"]}
        | {at: _clock(s[at], held["timezone"]) for at in ("starts_at", "ends_at")}
        for s in held["slots"]
    ]
    same = {k: held[k] for k in ("school_id", "instrument", "instrument_version")}
    return same | {"day": day, "facilitator_id": held["facilitator"]["person_id"], "teams": teams, "slots": slots}


def _clock(moment: str, zone: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)):%H:%M}"


def _send(desk: Desk, method: str, path: str, body: Any = None) -> Any:
    base = desk.platform.url
    answer = desk.page.request.fetch(f"{base}/api/{path}", method=method, data=body, headers={"Origin": base})
    assert answer.ok, answer.text()
    return answer.json() if answer.body() else None


def _told(now: dict[str, dict[str, str]], before: Collection[str]) -> set[str]:
    """Whom mail about the round was written to since."""
    return {m["person_id"] for k, m in now.items() if k not in before}


@pytest.fixture
def tablet(new_tablet: Any) -> Any:
    return new_tablet().sign_in()


def _mails(admin: Desk, round_id: str) -> dict[str, dict[str, str]]:
    """Every mail about the round, by its id."""
    found, after = {}, ""
    while True:
        page = admin.get(f"scheduling/mail?limit=200{after}")
        found |= {m["mail_id"]: m for m in page["items"] if m["about"] == round_id}
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


def _slots(tablet: Any, round_id: str) -> list[tuple[str, str]]:
    """The observer's slots in the app for notes: when, and in which room."""
    visits = tablet.get("rounds/capture/day")["visits"]
    mine = next(v for v in visits if v["round_id"] == round_id)
    return [(s["starts_at"], s["room"]) for s in mine["slots"]]


def test_an_absent_teachers_visits_move_and_only_those_who_go_there_are_told(
    desks: Desks, running: dict[str, Any], tablet: Any
) -> None:
    leader, admin, round_id = desks.of("district_leader"), desks.of("district_admin"), running["round_id"]
    me = tablet.get("identity/session")["person_id"]
    team = next(t for t in running["teams"] if any(o["person_id"] == me for o in t["observers"]))
    gone = max((s for s in running["slots"] if s["team_id"] == team["team_id"]), key=lambda s: s["starts_at"])
    before = _slots(tablet, round_id)
    assert (gone["starts_at"], gone["room"]) in before
    mailed = _mails(admin, round_id).keys()

    page = leader.open(f"/schedule/{round_id}/day")
    page.get_by_role("button", name="Something happened today").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name=re.compile("teacher"))).to_be_checked()
    dialog.get_by_label("Classroom").select_option(gone["classroom_id"])
    dialog.get_by_label("From", exact=False).first.fill(_clock(gone["starts_at"], running["timezone"]))
    dialog.get_by_role("button", name="Mend the day").click()
    repair = page.get_by_role("region", name="Proposal")
    expect(repair.get_by_text("The proposal is there")).to_be_visible(timeout=60_000)
    proposal = leader.get(f"scheduling/rounds/{round_id}/visit-day/proposals")["items"][0]["proposal_id"]
    told = leader.get(f"scheduling/visit-days/{proposal}")
    [change] = told["changes"]
    assert (change["team"], change["before"]) == (team["name"], gone["room"])
    expect(repair.get_by_role("table", name="Visits that change")).to_contain_text(change["after"])
    for person in told["notify"]:
        expect(repair).to_contain_text(person["name"])
    assert _mails(admin, round_id).keys() == mailed, "nobody is told before it is published"
    assert _slots(tablet, round_id) == before

    repair.get_by_role("button", name="Publish and tell them").click()
    leader.toast("those whose day changes are told")
    moved = [(at, change["after"] if (at, room) == (gone["starts_at"], gone["room"]) else room) for at, room in before]
    leader.until(lambda: _slots(tablet, round_id) == moved)
    tablet.open()
    tablet.page.get_by_role("button", name="Download my visits").click()
    now = leader.get(f"scheduling/rounds/{round_id}")
    here = next(s for s in now["slots"] if (s["team_id"], s["starts_at"]) == (team["team_id"], gone["starts_at"]))
    expect(tablet.page.locator(f"a.slot[href$='{here['slot_id']}']")).to_contain_text(change["after"])

    affected = {o["person_id"] for o in team["observers"]} | {running["facilitator"]["person_id"]}
    assert {p["person_id"] for p in told["notify"]} == affected
    leader.until(lambda: _told(_mails(admin, round_id), mailed) >= affected)
    fresh = {k: m for k, m in _mails(admin, round_id).items() if k not in mailed}
    assert {m["person_id"] for m in fresh.values() if m["kind"] == "repair"} == affected
    one = admin.get(
        f"scheduling/mail/{next(k for k, m in fresh.items() if (m['person_id'], m['kind']) == (me, 'repair'))}"
    )
    assert change["after"] in one["body"]

    rest = {s["slot_id"]: s for s in running["slots"] if s["slot_id"] != gone["slot_id"]}
    assert {s["slot_id"]: s for s in now["slots"] if s["slot_id"] in rest} == rest, "everything else stays"
    repair.get_by_role("button", name="Take it back").click()
    leader.toast("The visit day is as it was before.")
    leader.until(lambda: _slots(tablet, round_id) == before)
    assert _told(_mails(admin, round_id), mailed) == affected, "the others were not written to"
    assert leader.failures == []
