"""What lies ahead of people in coaching: the meeting that comes next, and what they committed to, over the years."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.web.coaching import in_both_languages, paired, tell
from tests.web.conftest import Desks
from tests.web.terms import a_term


def test_who_meets_soon_is_told_wherever_they_are(desks: Desks) -> None:
    one, two = desks.fresh().sign_in("teacher"), desks.of("host_principal")
    cycle = paired(one, two, "cognitive-coaching", ("coach", "coachee"), "planning")
    for earlier in one.get("rounds/my-meetings")["items"]:
        tell(one, "DELETE", f"/my-meetings/{earlier['meeting_id']}/reminder")
    wanted = {"every_weeks": 1, "minutes": 45, "meetings": 1}
    (meeting,) = tell(one, "POST", f"/cycles/{cycle}/meetings", wanted)["items"]
    zone = ZoneInfo(one.get("identity/session")["district"]["timezone"])
    starts = datetime.fromisoformat(meeting["starts_at"]).astimezone(zone)
    days = one.page.clock
    days.set_fixed_time(starts - timedelta(days=3))
    page = one.open("/coaching")
    told = page.get_by_role("region", name="Coaching meeting")
    expect(page.get_by_role("heading", name="Meetings")).to_be_visible()
    expect(told).to_have_count(0)  # three days before it is too early
    days.set_fixed_time(starts - timedelta(days=1, hours=2))
    page = one.open("/profile")
    expect(told).to_contain_text("tomorrow, ")
    name = two.get("identity/session")["name"]
    assert name not in told.inner_text(), "what stands over any page names nobody"
    in_both_languages(one, "reminder")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    told.get_by_role("link", name="Another time").click()
    offered = page.get_by_role("group", name="Times that suit all:")
    expect(offered.get_by_role("button").first).to_be_visible()
    expect(told).to_have_count(0)  # its own page need not say it
    offered.get_by_role("button").last.click()
    one.toast("The meeting is moved")
    (moved,) = one.get(f"rounds/cycles/{cycle}/meetings")["items"]
    days.set_fixed_time(datetime.fromisoformat(moved["starts_at"]) - timedelta(minutes=30))
    page = one.open("/coaching")
    expect(told.get_by_role("heading")).to_contain_text("Coaching meeting: today, ")
    expect(told).to_contain_text(f"Cognitive Coaching · {name}")
    expect(page.get_by_role("listitem").filter(has_text=f"Cognitive Coaching · {name}").first).to_be_visible()
    in_both_languages(one, "reminder-home")
    told.get_by_role("button", name="Do not remind me").click()
    expect(told).to_have_count(0)
    assert not any(m["remind_at"] for m in one.get("rounds/my-meetings")["items"]), "it stays so"
    assert all(m["remind_at"] for m in two.get("rounds/my-meetings")["items"] if m["meeting_id"] == moved["meeting_id"])
    one.context.close()


def test_commitments_of_several_school_years_stand_by_year_kept_or_not(desks: Desks) -> None:
    coach, mine, leader = desks.of("observer"), desks.of("facilitator"), desks.of("district_leader")
    cycle = paired(coach, mine, "cognitive-coaching", ("coach", "coachee"), "planning")
    today = date.today()
    begins = today.year if today.month >= 7 else today.year - 1
    mark = uuid4().hex[:6]
    made = {}
    for n, looks in enumerate((["not_yet", "kept"], ["partly"], [])):
        words, due = f"Year {n}: wait after a question {mark}", date(begins + n + 1, 6, 30)
        body = {"cycle_id": cycle, "words": words, "due_on": due.isoformat()}
        commitment = str(uuid4())
        tell(mine, "PUT", f"/my-commitments/{commitment}", body)
        for kept in looks:
            tell(mine, "POST", f"/my-commitments/{commitment}/looks", {"kept": kept, "note": ""})
        made[f"School year {begins + n}–{(begins + n + 1) % 100:02}"] = words
    page = mine.open("/coaching/commitments")
    order = page.get_by_role("heading", level=2).all_inner_texts()
    assert order == sorted(order, reverse=True), "the newest first"
    for (year, words), said in zip(made.items(), ("Kept", "In part", "Not looked at yet"), strict=True):
        section = page.locator("section").filter(has=page.get_by_role("heading", name=year, exact=True))
        row = section.get_by_role("listitem").filter(has_text=words)
        expect(row.locator(".tag")).to_have_text(said)
    others = [c["words"] for c in coach.get("rounds/my-commitments")["items"]]
    assert not set(others) & set(made.values())
    turn = date(begins + 2, 8, 24)
    due = turn - timedelta(days=1)
    words = f"The day before a year: wait after a question {mark}"
    body = {"cycle_id": cycle, "words": words, "due_on": due.isoformat()}
    tell(mine, "PUT", f"/my-commitments/{uuid4()}", body)
    for year, first in ((begins + 2, due), (begins + 1, turn)):
        with a_term(leader, name="Fall", starts_on=first, ends_on=first):  # the district's own turn of the year
            page = mine.open("/coaching/commitments")
            heading = page.get_by_role("heading", name=f"School year {year}–{(year + 1) % 100:02}", exact=True)
            section = page.locator("section").filter(has=heading)
            expect(section.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    tell(coach, "POST", f"/cycles/{cycle}/leave")
    page = mine.open("/coaching/commitments")
    expect(page.get_by_text(mark)).to_have_count(4)  # they outlive the cycle
    in_both_languages(mine, "commitments-years")
