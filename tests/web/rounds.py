"""Rounds and forms of a test's own, made through the API as the desk itself would ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.web.conftest import Desk, Desks

_SATURDAY = 5
_FETCH = """async ([method, path, body, headers]) => {
  const answer = await fetch(`/api/${path}`, {
    method,
    headers: {'Content-Type': 'application/json', ...headers},
    body: body === null ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}"""


def call(desk: Desk, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """As the desk itself would ask."""
    return desk.page.evaluate(_FETCH, [method, path, body, headers])


def person(desk: Desk) -> str:
    return str(desk.get("identity/session")["person_id"])


def prepared_round(desks: Desks, *, beside: tuple[str, ...] = (), **form: Any) -> str:
    """A round in two rooms with its problem of practice, its visit not open yet: scheduled by the leader for the demo's
    facilitator, with the demo's observer and those `beside`. `form`: `instrument` and `instrument_version`, where not
    the district's usual one."""
    leader, principal = desks.of("district_leader"), desks.of("host_principal")
    facilitator, observer = desks.of("facilitator"), desks.of("observer")
    for desk in (leader, principal, facilitator, observer):
        desk.open("/profile")
    school = principal.get("identity/session")["grants"][0]["school_id"]
    rooms = leader.get(f"scheduling/schools/{school}/classrooms")["items"][:2]
    taken = {r["day"] for r in leader.get("scheduling/rounds?limit=200")["items"]}
    taken |= {d["day"] for d in leader.get("scheduling/calendar/days")["items"]}
    day = date.today() + timedelta(days=75)
    while day.weekday() >= _SATURDAY or day.isoformat() in taken:
        day += timedelta(days=1)
    me = person(observer)
    plan = {
        "school_id": school,
        "day": day.isoformat(),
        "facilitator_id": person(facilitator),
        "teams": [{"name": "Team 1", "observer_ids": [me, *beside], "timekeeper_id": me}],
        "slots": [
            {"team": 0, "classroom_id": r["classroom_id"], "starts_at": f"{9 + n:02}:00", "ends_at": f"{9 + n:02}:20"}
            for n, r in enumerate(rooms)
        ],
    }
    made = str(_planned(leader, "POST", "scheduling/rounds", plan | form)["round_id"])
    url = f"{principal.platform.url}/api/rounds/rounds/{made}"
    principal.until(lambda: principal.context.request.get(url).ok)
    problem = {"problem": "P", "theory_of_action": "If, then", "focus_questions": [{"words": "Who says why?"}]}
    call(principal, "PUT", f"rounds/rounds/{made}/problem-of-practice", problem)
    return made


def _planned(leader: Desk, method: str, path: str, plan: dict[str, Any], **headers: str) -> Any:
    """Asks again while rounds' word of a new version of the form is on its way to scheduling."""
    url = f"{leader.platform.url}/api/{path}"
    answers = []

    def done() -> bool:
        answer = leader.context.request.fetch(
            url, method=method, headers={"Origin": leader.platform.url, **headers}, data=plan
        )
        if answer.status == 409 and answer.json()["code"] == "unknown_instrument":
            return False
        assert answer.ok, answer.text()
        answers.append(answer.json())
        return True

    leader.until(done)
    return answers[0]


def posted(observer: Desk, *items: dict[str, Any]) -> None:
    """A new tablet of the observer's sends these items; all are stored."""
    now = datetime.now(UTC).isoformat()
    numbered = [{"seq": n + 1, "client_id": str(uuid4()), "device_time": now} | item for n, item in enumerate(items)]
    batch = {"device_id": str(uuid4()), "sent_at": now, "items": numbered}
    answer = call(observer, "POST", "rounds/capture/batches", batch)
    assert {r["result"] for r in answer["receipts"]} == {"stored"}, answer


def publish(leader: Desk, key: str, draft: dict[str, Any]) -> int:
    """The next version of the leader's form."""
    api = f"{leader.platform.url}/api/rounds/instruments/{key}"
    headers = {"Origin": leader.platform.url}
    saved = leader.context.request.put(f"{api}/draft", headers=headers, data=draft)
    assert saved.ok, saved.text()
    assert not (lacks := [lack for lack in saved.json()["lacks"] if lack["refuses"]]), lacks
    published = leader.context.request.post(f"{api}/publish", headers=headers)
    assert published.ok, published.text()
    return int(published.json()["version"])


def pin(leader: Desk, round_id: str, key: str, version: int) -> None:
    """The round asks by this version from now on; everything else of its plan stays."""
    path = f"scheduling/rounds/{round_id}"
    held = leader.context.request.get(f"{leader.platform.url}/api/{path}")
    asked = plan_with(held.json(), key, version)
    _planned(leader, "PUT", path, asked, **{"If-Match": held.headers["etag"]})


def plan_with(plan: dict[str, Any], key: str, version: int) -> dict[str, Any]:
    """A scheduled round as a leader would ask for it, with this instrument."""
    zone = ZoneInfo(plan["timezone"])
    teams = [t["team_id"] for t in plan["teams"]]

    def clock(at: str) -> str:
        return datetime.fromisoformat(at).astimezone(zone).strftime("%H:%M")

    return {
        "school_id": plan["school_id"],
        "day": plan["day"],
        "facilitator_id": plan["facilitator"]["person_id"],
        "instrument": key,
        "instrument_version": version,
        "teams": [
            {
                "name": t["name"],
                "observer_ids": [o["person_id"] for o in t["observers"]],
                "timekeeper_id": t["timekeeper_id"],
            }
            for t in plan["teams"]
        ],
        "slots": [
            {
                "team": teams.index(s["team_id"]),
                "classroom_id": s["classroom_id"],
                "starts_at": clock(s["starts_at"]),
                "ends_at": clock(s["ends_at"]),
            }
            for s in plan["slots"]
        ],
    }
