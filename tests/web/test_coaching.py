"""A day in the life of each coaching model: two people or more side by side."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.web.coaching import in_both_languages, tell
from tests.web.conftest import Desk, Desks

SOON = (date.today() + timedelta(days=20)).isoformat()


def cycle_of(desk: Desk, model: str, **wanted: Any) -> str:
    items = [c | {"stage": (c["stage"] or {}).get("en")} for c in desk.get("rounds/cycles")["items"]]
    return str(next(c["cycle_id"] for c in items if c["model"] == model and all(c[k] == v for k, v in wanted.items())))


def opened(desk: Desk, cycle: str) -> Page:
    return desk.open(f"/coaching/cycles/{cycle}")


def test_two_find_each_other_agree_and_observe(desks: Desks) -> None:
    observee, observer = desks.of("host_principal"), desks.of("observer")
    page = observee.open("/coaching")
    page.get_by_role("radio", name="Peer Observation & Feedback").check()
    page.get_by_label("My part").select_option("observee")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("link", name="Invite somebody").click()
    observee.settled()
    name = observer.get("identity/session")["name"]
    page.get_by_role("button", name=f"Ask : {name}").click()
    observee.accessible()
    page.get_by_label("Their part").select_option("observer")
    page.get_by_label("A few words").fill("Would you come to my room?")
    page.get_by_role("dialog").get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text(f"{name} · asked, no answer yet")).to_be_visible()
    cycle = page.url.rsplit("/", 1)[1]

    other = observer.open("/coaching")
    expect(other.get_by_text("Would you come to my room?")).to_be_visible()
    other.get_by_role("button", name="Accept", exact=True).first.click()
    expect(other.get_by_role("heading", name="Agreement")).to_be_visible()

    page = opened(observee, cycle)
    page.get_by_role("button", name="Write the agreement").click()
    page.get_by_label("What will be different").fill("Good talk")
    page.get_by_label("How you will know").fill("Pairs talk")
    page.get_by_label("By which day").fill(SOON)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The goal is not specific yet")).to_be_visible()
    observee.accessible()
    page.get_by_label("What will be different").fill("Every pair talks before I answer")
    page.get_by_label("How you will know").fill("Half of the pairs speak")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Sign the agreement").click()
    expect(page.get_by_text("Not everybody has signed the agreement yet.").first).to_be_visible()

    expect(other.get_by_text("Every pair talks before I answer")).to_be_visible()
    other.get_by_role("button", name="Sign the agreement").click()
    open_first = page.get_by_role("button", name="Open : Pre-conference")
    expect(open_first).to_be_visible()
    open_first.click()
    page.get_by_role("button", name="Write : Focus").click()
    page.get_by_label("What should your colleague look at?").fill("Who speaks after my question?")
    page.get_by_label("My voice and manner").check()
    page.get_by_label("Day of the lesson").fill(SOON)
    page.get_by_label("Lesson and place").fill("Science, Room 3")
    page.get_by_role("button", name="It is ready").click()
    expect(page.get_by_text("Who speaks after my question?")).to_be_visible()

    other.get_by_role("button", name="Open : Observe").click()
    expect(other.get_by_text("Left out:")).to_be_visible()
    other.get_by_role("button", name="The lesson begins").click()
    for seen in ("“Why?” was asked by two students.", "Seven pairs spoke within ten seconds."):
        other.get_by_placeholder("What you see or hear now").fill(seen)
        other.get_by_role("button", name="Add", exact=True).click()
        expect(other.get_by_role("listitem").get_by_text(seen)).to_be_visible()
    page.reload()
    observee.settled()
    expect(page.get_by_text("Seven pairs spoke")).to_have_count(0)
    other.get_by_role("button", name="Edit : Observation notes").click()
    other.get_by_role("button", name="It is ready").click()
    expect(page.get_by_text("Seven pairs spoke")).to_be_visible(timeout=20_000)
    page.get_by_label("Where").fill("Room 3, behind the stage")
    page.get_by_role("button", name="Arrange meetings that suit all").click()
    meeting = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Another time or place")).first
    expect(meeting).to_contain_text("Room 3, behind the stage")
    meeting.get_by_role("button", name="Another time or place").click()
    meeting.get_by_label("Where").fill("https://meet.example/stage")
    meeting.get_by_role("button", name="Keep the time, change the place").click()
    observee.toast("The place is saved; everybody is told.")
    expect(meeting.get_by_role("link", name="https://meet.example/stage")).to_be_visible()
    expect(other.get_by_role("link", name="https://meet.example/stage")).to_be_visible(timeout=20_000)
    meeting.get_by_role("button", name="Another time or place").click()
    expect(meeting.get_by_label("Where")).to_have_value("https://meet.example/stage")
    observee.shoot("coaching-where")
    page.get_by_role("group", name="Times that suit all:").get_by_role("button").first.click()
    observee.toast("The meeting is moved")
    in_both_languages(observee, "agreed")
    in_both_languages(observer, "observe")


def test_feedback_cites_notes_and_the_parts_go_round(desks: Desks) -> None:
    observee, observer = desks.of("teacher"), desks.of("observer")
    cycle = cycle_of(observer, "peer-observation", my_role="observer", stage="Feedback conference")
    page = opened(observer, cycle)
    page.get_by_role("button", name="Write : Feedback").click()
    page.get_by_role("button", name="Seven of eleven pairs").click()
    expect(page.get_by_label("What the notes show (quote, count or minute)")).to_have_value(
        "Minute 4: ““Tell your partner how you know.” Seven of eleven pairs spoke within ten seconds.”"
    )
    page.get_by_label("What students did then").fill("They turned to each other.")
    page.get_by_label("A next step to try").fill("Keep going")
    page.get_by_label("Try it by").fill(SOON)
    page.get_by_role("button", name="It is ready").click()
    expect(page.get_by_text("Not actionable yet")).to_be_visible()
    observer.accessible()
    page.get_by_label("A next step to try").fill("Ask one pair to answer another pair in second period")
    page.get_by_role("button", name="It is ready").click()
    observer.toast("It is ready.")

    mine = opened(observee, cycle)
    expect(mine.get_by_text("Ask one pair to answer another pair")).to_be_visible()
    mine.get_by_role("button", name="Open : Goal").click()
    mine.get_by_role("button", name="Write : My goal").click()
    mine.get_by_label("What I will do").fill("Let one pair answer another")
    mine.get_by_label("How I will know").fill("Two exchanges a lesson")
    mine.get_by_label("Look at it again on").first.fill(SOON)
    mine.get_by_role("button", name="It is ready").click()
    mine.get_by_role("button", name="Open : Swap roles").click()
    name = observer.get("identity/session")["name"]
    expect(mine.get_by_text(f"{name} is observed by")).to_be_visible()
    expect(mine.get_by_role("button", name="Begin the new turn : Pre-conference")).to_be_visible()
    expect(mine.get_by_role("heading", name="Feedback conference")).to_have_count(0)  # nothing of the new turn yet
    in_both_languages(observee, "swapped")


def test_a_coach_asks_and_the_coachee_owns_what_comes_of_it(desks: Desks) -> None:
    coach, coachee = desks.of("facilitator"), desks.of("host_principal")
    cycle = cycle_of(coach, "cognitive-coaching")
    page = opened(coach, cycle)
    page.get_by_role("button", name=re.compile("^(Open|Once more) : Problem-resolving")).click()
    page.get_by_role("button", name="What would you like instead?").click()
    expect(page.get_by_role("button", name="✓ What would you like instead?")).to_be_visible()
    expect(page.get_by_text("touched").first).to_be_visible()
    expect(page.get_by_text("In this cycle commitments belong to: Coachee.")).to_be_visible()

    mine = opened(coachee, cycle)
    expect(mine.get_by_role("figure").filter(has_text="Efficacy")).to_contain_text("2 → 4")
    words = f"Ask the team before I answer {uuid4().hex[:6]}"
    mine.get_by_label("I will …").fill(words)
    mine.get_by_label("Look at it again on").fill(SOON)
    mine.get_by_role("button", name="Commit", exact=True).click()
    coachee.toast("Your commitment is kept.")
    in_both_languages(coach, "bank")
    in_both_languages(coachee, "coachee")
    mine = coachee.open("/coaching/commitments")
    row = mine.get_by_role("listitem").filter(has_text=words)
    row.get_by_role("button", name="In part").click()
    expect(row.locator(".tag", has_text="In part")).to_be_visible()
    in_both_languages(coachee, "commitments")


def test_a_team_compares_its_plan_and_publishes_only_together(desks: Desks) -> None:
    team = [desks.of(role) for role in ("observer", "teacher", "facilitator")]
    cycle = cycle_of(team[0], "lesson-study")
    page = opened(team[0], cycle)
    expect(page.locator("ins").first).to_be_visible()
    expect(page.get_by_role("heading", name="Student B")).to_be_visible()
    in_both_languages(team[0], "lesson-study")
    page.get_by_role("button", name="Write : Revision").click()
    page.get_by_label("What changes").fill("Strips come first")
    page.get_by_label("Because students").fill("B changed their mind when Daniel cut the strips")
    asked = page.get_by_role("status").filter(has_text="Daniel: is this a student’s name?")
    expect(asked).to_be_visible()  # before anything is saved
    assert not [a for a in team[0].get(f"rounds/cycles/{cycle}")["artefacts"] if "Daniel" in str(a["fields"])]
    in_both_languages(team[0], "lesson-study-asked")
    page.get_by_label("Because students").fill("B changed their mind when A cut the strips")
    expect(asked).to_have_count(0)
    page.get_by_label("Because students").fill("B changed their mind when Daniel cut the strips")
    expect(asked).to_be_visible()
    page.get_by_role("button", name="It is ready").click()  # nothing is blocked
    expect(asked).to_have_count(0)
    expect(page.get_by_text("Daniel: is this a student’s name?")).to_be_visible()
    in_both_languages(team[0], "lesson-study-name")
    page.get_by_role("button", name="Open : Report").click()
    page.get_by_role("button", name="Write : Report").click()
    title = f"Strips before digits {uuid4().hex[:6]}"
    page.get_by_label("Title", exact=True).fill(title)
    for label in ("What we wanted to know", "The lesson in short", "What students did and what we learned"):
        page.get_by_label(label).fill("Comparing needs the same whole.")
    page.get_by_role("button", name="It is ready").click()
    leader = desks.of("district_leader")
    for member in team:
        assert title not in leader.open("/coaching").content()
        opened(member, cycle).get_by_role("button", name="I agree to publish this version").click()
        expect(member.page.get_by_role("button", name="Take back from publication")).to_be_visible()
    expect(leader.open("/coaching").get_by_text(title)).to_be_visible()
    in_both_languages(leader, "report")

    leaver = team[2]
    tell(leaver, "POST", f"/cycles/{cycle}/leave")
    page = leaver.open("/coaching")
    report = page.get_by_role("article").filter(has_text=title)
    expect(report.get_by_text("also after leaving the team")).to_be_visible()
    in_both_languages(leaver, "report-to-take-back")
    report.get_by_role("button", name="Take back from publication").click()
    leaver.toast("It is no longer published.")
    expect(report).to_have_count(0)
    expect(leader.open("/coaching").get_by_role("heading", name="Begin a cycle")).to_be_visible()
    leader.settled()
    expect(leader.page.get_by_text(title)).to_have_count(0)


def test_a_group_sees_what_moved_and_how_sure_that_is(desks: Desks) -> None:
    member, other = desks.of("teacher"), desks.of("host_principal")
    cycle = cycle_of(member, "growing-expertise")
    page = opened(member, cycle)
    expect(page.get_by_text("It moved.").first).to_be_visible()
    expect(page.get_by_text("fewer than 5").first).to_be_visible()
    expect(page.get_by_text("for our hunch: 1")).to_be_visible()
    expect(page.get_by_text("takes the students before and after for different ones")).to_be_visible()
    with member.in_spanish():
        expect(page.get_by_text("toma a los alumnos de antes y después por distintos")).to_be_visible()
    in_both_languages(member, "growing-expertise")
    page.get_by_role("button", name="Write : What we conclude").click()
    page.get_by_label("What moved and what did not").fill("Reasons in talk, not in writing.")
    page.get_by_label("What we keep doing").fill("Ask after right answers, too.")
    page.get_by_role("button", name="It is ready").click()
    expect(opened(other, cycle).get_by_text("Reasons in talk, not in writing.")).to_be_visible()


def test_a_journal_is_kept_without_a_connection_and_shown_only_by_an_act(desks: Desks) -> None:
    author, colleague = desks.of("observer"), desks.of("teacher")
    cycle = cycle_of(author, "reflective-practice")
    page = opened(author, cycle)
    words = f"The quiet row spoke first {uuid4().hex[:6]}"
    author.context.set_offline(True)
    page.get_by_label("What was going on").fill(words)
    page.get_by_role("button", name="Put it into the journal").click()
    expect(page.get_by_text("1 entry on this device only")).to_be_visible()
    author.context.set_offline(False)
    page.reload()
    author.settled()
    expect(page.get_by_text("on this device only")).to_have_count(0)
    expect(page.get_by_role("article").get_by_text(words)).to_have_count(1)
    article = page.get_by_role("article").filter(has_text=words)
    name = colleague.get("identity/session")["name"]
    article.get_by_label("Show to a colleague").select_option(label=name)
    expect(article.get_by_text(f"Shown to {name}")).to_be_visible()
    author.failures.clear()
    in_both_languages(author, "journal")
    expect(colleague.open("/coaching").get_by_text(words)).to_be_visible()
    article.get_by_role("button", name=f"Take back : {name}").click()
    author.toast("It is taken back.")
    expect(colleague.page.get_by_text(words), "it leaves the page that shows it").to_have_count(0, timeout=60_000)
    assert words not in colleague.open("/coaching").content()


def test_a_leader_makes_a_protocol_by_form_and_by_text_which_stay_in_step(desks: Desks) -> None:
    leader = desks.of("district_leader")
    page = leader.open("/coaching/protocols")
    page.get_by_role("link", name="Reflective Practice").first.click()
    leader.settled()
    preview = page.get_by_role("region", name="Preview")
    key = f"our-{uuid4().hex[:6]}"
    page.get_by_label("Key", exact=True).fill(key)
    page.get_by_role("button", name="1. Experience").click()
    page.get_by_label("Name of the stage · English").fill("A moment")
    page.get_by_label("Name of the stage · Spanish").fill("Un momento")
    page.get_by_role("button", name="Add a prompt").first.click()
    page.get_by_label("Prompt 4 · English").fill("Who was silent?")
    expect(page.get_by_text("This must not be empty").first).to_be_visible()
    page.get_by_label("Prompt 4 · Spanish").fill("¿Quién calló?")
    expect(preview.get_by_text("Who was silent?")).to_be_visible()
    expect(preview.get_by_text("A moment")).to_be_visible()
    in_both_languages(leader, "protocol-form")

    written = page.get_by_role("button", name="Experience", exact=True)
    written.click()
    page.get_by_label("its author").last.check()
    page.get_by_role("button", name="Add a field").click()
    added = page.get_by_role("button", name="New question text")
    added.click()
    page.get_by_label("What is asked · English").fill("How loud was it?")
    page.get_by_label("Answer").select_option(label="a scale")
    preview.get_by_text("✎ Experience").click()
    expect(preview.get_by_role("group", name="How loud was it?").get_by_role("radio")).to_have_count(5)
    leader.accessible()
    page.get_by_role("button", name="Move down: Reflection").click()
    expect(preview.get_by_role("button", name=re.compile("Line [0-9]+")).first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(preview.get_by_text("A moment")).to_be_visible()

    page.get_by_role("button", name="Author", exact=True).click()
    needed = page.get_by_label("Training that the part needs")
    needed.select_option(label="Basics of observing")
    expect(page.get_by_label("Training 1 · Spanish")).to_have_value("Fundamentos de la observación")
    expect(preview.get_by_text("Trained: Basics of observing")).to_be_visible()
    needed.select_option(label="A new one …")
    page.get_by_label("Training 2 · English").fill("Listening to oneself")
    page.get_by_label("Training 2 · Spanish").fill("Escucharse")
    expect(preview.get_by_text("Trained: Listening to oneself")).to_be_visible()
    page.get_by_role("button", name="Remove : Basics of observing").click()
    in_both_languages(leader, "protocol-trainings")
    needed.select_option(label="none")
    page.get_by_role("button", name="Remove : Listening to oneself").click()
    expect(preview.get_by_text("Trained:")).to_have_count(0)

    page.get_by_role("tab", name="Text").click()
    document = page.get_by_label("Document")
    expect(document).to_have_value(re.compile(f"key: {key}\n"))
    expect(document).to_have_value(re.compile("title: {en: A moment, es: Un momento}"))
    text = document.input_value()
    document.fill(text.replace("order: fixed", "order: fixt"))
    expect(preview.get_by_text("none of: fixed, free")).to_be_visible()
    leader.accessible()
    with leader.in_spanish():
        expect(page.get_by_text("“fixt” no es ninguno de estos: fixed, free.").first).to_be_visible()
        leader.accessible()
    document.fill("stages: [")
    page.get_by_role("tab", name="Form").click()
    expect(page.get_by_text("so there is no form")).to_be_visible()
    page.get_by_role("tab", name="Text").click()
    document.fill(text.replace("{en: A moment,", "{en: A scene,"))
    expect(preview.get_by_text("A scene")).to_be_visible()
    page.get_by_role("tab", name="Form").click()
    expect(page.get_by_role("button", name="1. A scene")).to_be_visible()
    in_both_languages(leader, "editor")
    page.get_by_role("button", name="Publish version 1").click()
    leader.toast("Version 1 is published.")
    page.locator(f"a[href$='/{key}']").click()
    expect(page.get_by_role("button", name="Publish version 2")).to_be_enabled()
    assert leader.get(f"rounds/protocols/{key}/versions/1")["artefacts"][0]["fields"][-1]["most"] == 5


def test_a_leader_sees_counts_alone(desks: Desks) -> None:
    leader = desks.of("district_leader")
    page = leader.open("/coaching/progress")
    expect(page.get_by_role("heading", name="Reflective Practice")).to_be_visible()
    expect(page.get_by_text("5 or more").first).to_be_visible()
    in_both_languages(leader, "progress")
    name = desks.of("observer").get("identity/session")["name"]
    choice = page.get_by_label("Training", exact=True)
    expect(choice.locator("option")).to_have_text(["Basics of observing"])
    choice.select_option(label="Basics of observing")
    page.get_by_label("Who took it").first.fill(name)
    page.get_by_role("list", name="Who took it").get_by_role("button", name=name).click()
    leader.accessible()
    page.get_by_role("button", name="Record", exact=True).click()
    leader.toast("Recorded for 1 person.")
    assert "observer-basics" in desks.of("observer").get("rounds/trainings/me")["trainings"]


@pytest.mark.parametrize("role", ["district_admin", "analyst"])
def test_everybody_has_coaching_and_sees_nothing_of_others(desks: Desks, role: str) -> None:
    cycle = cycle_of(desks.of("observer"), "reflective-practice")
    desk = desks.of(role)
    page = desk.open("/coaching")
    expect(page.get_by_text("You are in no cycle yet.")).to_be_visible()
    page = opened_strange(desk, cycle)
    expect(page.get_by_text("Not found")).to_be_visible()


def opened_strange(desk: Desk, cycle: str) -> Page:
    desk.page.goto(f"{desk.platform.url}/desk/coaching/cycles/{cycle}")
    return desk.page
