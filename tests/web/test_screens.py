"""Every screen, in both languages: accessible, no wider than a phone, without errors; pictures to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Desk, Desks, at_rest

Find = Callable[[Desk], str]


def _first_round(desk: Desk) -> str:
    return str(desk.get("rounds/rounds")["items"][0]["round_id"])


def _of_stage(*stages: str) -> Find:
    def find(desk: Desk) -> str:
        mine = desk.get("identity/session")["person_id"]
        held = [r for r in desk.get("rounds/rounds")["items"] if r["facilitator_id"] == mine]
        return str(next((r for r in held if r["stage"] in stages), held[0])["round_id"])

    return find


def _to_check(desk: Desk) -> str:
    return str(desk.get("rounds/follow-ups")["items"][0]["round_id"])


def _my_slot(desk: Desk) -> str:
    visit = next(v for v in desk.get("scheduling/visits/mine")["items"] if v["my_part"] == "observer")
    return f"{visit['round_id']}/{visit['slots'][0]['slot_id']}"


def _scheduled(desk: Desk) -> str:
    return str(desk.get("scheduling/rounds")["items"][-1]["round_id"])


def _school(desk: Desk) -> str:
    return str(desk.get("scheduling/schools")["items"][0]["school_id"])


def _released_school(desk: Desk) -> str:
    items = desk.get("reporting/district/patterns")["items"]
    return str(next(i for i in items if i["latest"])["school_id"])


def _own_school(desk: Desk) -> str:
    return str(desk.get("rounds/rounds")["items"][0]["school_id"])


def _import(desk: Desk) -> str:
    return str(desk.get("scheduling/imports")["items"][0]["import_id"])


def _draft(desk: Desk) -> str:
    """A copy of the shipped note-taker as a draft."""
    drafts = desk.get("rounds/instruments")["drafts"]
    if not drafts:
        desk.open("/instruments")
        desk.page.get_by_label("Key", exact=True).fill("our-notes")
        desk.page.get_by_label("Begin from").select_option(index=1)
        desk.page.get_by_role("button", name="Begin").click()
        desk.page.wait_for_url("**/instruments/our-notes")
        return "our-notes"
    return str(drafts[0]["key"])


def _planned(desk: Desk, path: str, body: dict[str, object], heading: str) -> str:
    """Asks for a plan or a repair, and waits until the screen has what is to be looked at."""
    base = desk.platform.url
    answer = desk.page.request.post(f"{base}/api/scheduling/{path}", data=body, headers={"Origin": base})
    assert answer.status == 201, answer.text()
    made = str(answer.json()["proposal_id"])
    desk.open(f"/plans/{made}")
    expect(desk.page.get_by_role("heading", name=heading)).to_be_visible(timeout=120_000)
    return made


def _infeasible(desk: Desk) -> str:
    days = [desk.today() + timedelta(days=n) for n in (3, 33)]
    body = {"name": "Too much", "first_day": str(days[0]), "last_day": str(days[1]), "limit_seconds": 3}
    return _planned(desk, "plans", body | {"rounds_per_school": 3, "gap_weeks": 8}, "These rules collide")


def _repaired(desk: Desk) -> str:
    now = desk.today().isoformat()
    rounds = [r for r in desk.get("scheduling/rounds?limit=200")["items"] if r["status"] == "scheduled"]
    told = {"kind": "school_out", "school_id": next(r["school_id"] for r in rounds if r["day"] > now)}
    return _planned(desk, "disruptions", told, "Who is affected")


SCREENS: list[tuple[str, str, Find | None]] = [
    ("district_admin", "/start", None),
    ("district_admin", "/imports", None),
    ("district_admin", "/imports/{}", _import),
    ("district_admin", "/accounts", None),
    ("district_admin", "/accounts/invite", None),
    ("district_admin", "/settings", None),
    ("district_admin", "/audit", None),
    ("district_admin", "/operations", None),
    ("district_admin", "/profile", None),
    ("district_leader", "/schedule", None),
    ("district_leader", "/schedule/new", None),
    ("district_leader", "/schedule/{}", _scheduled),
    ("district_leader", "/schedule/{}/day", _scheduled),
    ("district_leader", "/schedule/{}/edit", _scheduled),
    ("district_leader", "/plans", None),
    ("district_leader", "/plans/new", None),
    ("district_leader", "/plans/report", None),
    ("district_leader", "/plans/history", None),
    ("district_leader", "/plans/compare", None),
    ("district_leader", "/plans/{}", _infeasible),
    ("district_leader", "/plans/{}", _repaired),
    ("district_leader", "/instruments", None),
    ("district_leader", "/instruments/{}", _draft),
    ("district_leader", "/calendar", None),
    ("district_leader", "/planning", None),
    ("district_leader", "/stage", None),
    ("district_leader", "/stage/people", None),
    ("district_leader", "/days-out", None),
    ("district_admin", "/outbox", None),
    ("observer", "/my-calendar", None),
    ("district_leader", "/schools", None),
    ("district_leader", "/schools/{}", _school),
    ("district_leader", "/schools/{}/planning", _school),
    ("district_leader", "/patterns", None),
    ("district_leader", "/patterns/{}", _released_school),
    ("analyst", "/patterns", None),
    ("analyst", "/extracts", None),
    ("facilitator", "/rounds", None),
    ("facilitator", "/rounds/{}", _of_stage("describe", "analyze", "visit")),
    ("facilitator", "/board/{}", _of_stage("analyze", "describe", "predict")),
    ("facilitator", "/board/{}", _of_stage("next_level_of_work")),
    ("observer", "/visits", None),
    ("observer", "/visits/{}", _first_round),
    ("observer", "/visits/{}/ready", _first_round),
    ("observer", "/visits/{}", _my_slot),
    ("observer", "/coaching", None),
    ("observer", "/coaching/partners", None),
    ("teacher", "/coaching/commitments", None),
    ("district_leader", "/coaching/protocols", None),
    ("host_principal", "/school", None),
    ("host_principal", "/school/rounds/{}", _first_round),
    ("host_principal", "/school/summary", None),
    ("host_principal", "/follow-up/{}", _to_check),
    ("host_principal", "/school/classrooms", None),
    ("host_principal", "/schools/{}/planning", _own_school),
]


SHOT_OF: dict[Find | None, str] = {_my_slot: "-slot", _infeasible: "-infeasible", _repaired: "-repaired"}


@pytest.mark.parametrize(("role", "path", "find"), SCREENS, ids=[f"{r}{p}{n}" for n, (r, p, _) in enumerate(SCREENS)])
def test_a_screen_is_accessible_fits_a_phone_and_breaks_nothing(
    desks: Desks, role: str, path: str, find: Find | None
) -> None:
    desk = desks.of(role)
    desk.open(path.format(find(desk)) if find else path)

    shot = f"{role}{path.replace('/', '-').format('one')}{SHOT_OF.get(find, '')}"
    desk.in_both_languages(shot, 320)  # 1280 px at 400 % zoom


def test_the_sign_in_page_is_accessible_in_both_languages(desks: Desks) -> None:
    desk = desks.fresh()
    desk.open("/")
    desk.accessible()
    desk.fits()
    desk.shoot("sign-in")
    desk.page.get_by_role("button", name="Español").click()
    desk.accessible()
    desk.open("/password#token=spent")
    desk.accessible()
    desk.context.close()


def test_a_screen_that_is_left_alone_does_nothing(desks: Desks) -> None:
    at_rest(desks.of("district_leader").open("/schedule"))
