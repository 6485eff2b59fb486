"""From described evidence to released words, over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.rounds.rounds import table
from shared.access import Role
from shared.messages import CommandContext
from tests.integration.rounds.world import ARound, RoundsWorld


@pytest.fixture
async def round_(rounds_world: RoundsWorld) -> ARound:
    return await rounds_world.a_round(teams=2, rooms=6)


async def refused(round_: ARound, method: str, path: str, **rest: object) -> str:
    answer = await round_.world.ask(round_.facilitator, method, round_.path + path, **rest)
    assert answer.status_code == 409, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["code"])


async def test_the_host_principal_writes_the_problem_of_practice_until_the_visit(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(prepared=False)
    assert await refused(round_, "POST", "/stages/visit") == "no_problem_of_practice"
    body = await round_.write_problem(3)
    first = body["problem_of_practice"]["focus_questions"][0]
    kept = await round_.ok(
        round_.principal,
        "PUT",
        "/problem-of-practice",
        json={
            "problem": "Sharper.",
            "theory_of_action": "If ..., then ...",
            "focus_questions": [{"focus_question_id": first["focus_question_id"], "words": "Reworded?"}],
        },
        headers={"If-Match": f'"{body["version"]}"'},
    )
    assert kept["problem_of_practice"]["focus_questions"] == [
        {"focus_question_id": first["focus_question_id"], "words": "Reworded?"}
    ]
    stale = await rounds_world.ask(
        round_.principal,
        "PUT",
        round_.path + "/problem-of-practice",
        json={"problem": "x", "theory_of_action": "y", "focus_questions": [{"words": "z"}]},
        headers={"If-Match": f'"{body["version"]}"'},
    )
    assert stale.status_code == 412
    other = await rounds_world.ask(
        round_.somebody(Role.HOST_PRINCIPAL, uuid4()),
        "PUT",
        round_.path + "/problem-of-practice",
        json={"problem": "x", "theory_of_action": "y", "focus_questions": [{"words": "z"}]},
    )
    assert other.status_code == 404


async def test_a_statement_may_carry_the_rounds_focus_questions(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round()
    questions = (await round_.ok(round_.principal, "GET", ""))["problem_of_practice"]["focus_questions"]
    me, slot = round_.observer(), round_.slots()[0]
    tablet = round_.device(me, slot)
    receipts = await round_.post(
        me,
        tablet,
        tablet.statement(focus_question_ids=[questions[0]["focus_question_id"]]),
        tablet.statement(focus_question_ids=[str(uuid4())]),
    )
    assert [r["result"] for r in receipts] == ["stored", "refused"]


async def test_a_round_is_debriefed_closed_and_released(round_: ARound) -> None:
    assert await refused(round_, "POST", "/stages/describe") == "no_evidence"
    items = await round_.to_synthesis()
    body = await round_.ok(round_.facilitator, "GET", "/debrief")
    assert (body["stage"], body["closed"], body["release"]) == ("next_level_of_work", True, 0)
    assert len(body["patterns"][0]["statement_ids"]) == len(items)
    first = await round_.ok(round_.facilitator, "POST", "/release")
    assert first["release"] == 1
    await round_.ok(round_.facilitator, "POST", "/stages/follow_up")
    words = (await round_.ok(round_.principal, "GET", "/synthesis"))["synthesis"]
    assert words["problem"].startswith("Students answer")
    assert words["predictions"] == ["Would know the words."]
    assert words["next_level_of_work"][0]["by_when"] == "next_week"
    (pattern,) = words["patterns"]
    assert (pattern["name"], pattern["statements"]) == ("Students copy", 18)
    assert (pattern["classrooms"], pattern["classrooms_at_least"]) == (None, 5), "6 of 6 would speak of every teacher"
    assert pattern["core_elements"] == {"student": 18}
    assert pattern["evidence"] == 18 * [{"words": "Four students wrote.", "core_element": "student"}]
    leader = round_.somebody(Role.DISTRICT_LEADER)
    (figures,) = (await round_.ok(leader, "GET", "/synthesis"))["synthesis"]["patterns"]
    assert (figures["statements"], figures["evidence"]) == (18, []), "raw evidence is not a leader's to read"


async def test_words_behind_a_released_pattern_go_with_their_erasure(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    tablet = round_.device(me, slot)
    mine = tablet.statement("A word that should not be here.", core_element="student")
    await round_.post(me, tablet, mine)
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")

    async def told() -> tuple[int, int]:
        (pattern,) = (await round_.ok(round_.principal, "GET", "/synthesis"))["synthesis"]["patterns"]
        return pattern["statements"], len(pattern["evidence"])

    assert await told() == (19, 19)
    await round_.post(me, tablet, tablet.withdraw(mine))
    await round_.ok(round_.facilitator, "POST", "/release")
    assert await told() == (19, 19), "the difference of two releases tells of no withdrawal"
    named = next(i for i in (await round_.evidence(me))["items"] if i["client_id"] == mine["client_id"])
    await round_.ok(me, "DELETE", f"/evidence/{named['id']}/words")
    assert await told() == (19, 18), "erased words are gone at once, the count stays"


async def test_a_pattern_over_few_classrooms_is_released_with_words_instead_of_figures(
    rounds_world: RoundsWorld,
) -> None:
    round_ = await rounds_world.a_round(rooms=4)
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")
    (pattern,) = (await round_.ok(round_.principal, "GET", "/synthesis"))["synthesis"]["patterns"]
    assert (pattern["classrooms"], pattern["statements"], pattern["core_elements"]) == (None, None, None)
    assert pattern["hidden"] == "fewer than 5 classrooms"


async def test_a_district_that_raised_its_minimum_hides_more(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(rooms=6)
    async with rounds_world.deps.db.writer(round_.district_id) as conn:
        await conn.execute("insert into districts values ($1, 'UTC', 20, 5, 8, 3, 1)", round_.district_id)
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")
    (pattern,) = (await round_.ok(round_.principal, "GET", "/synthesis"))["synthesis"]["patterns"]
    assert pattern["hidden"] == "fewer than 8 classrooms"


async def test_the_difference_of_two_releases_tells_nothing_of_a_statement_withdrawn_between_them(
    round_: ARound,
) -> None:
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")
    me, slot = round_.observer(), round_.slots()[0]
    tablet = round_.device(me, slot)
    mine = next(i for i in (await round_.evidence(me))["items"] if i["mine"] and i["slot_id"] == str(slot))
    await round_.post(me, tablet, tablet.item("withdraw", of=mine["client_id"]))
    assert (await round_.ok(round_.facilitator, "POST", "/release"))["release"] == 2
    newest = await round_.ok(round_.principal, "GET", "/synthesis")
    first = await round_.ok(round_.principal, "GET", "/synthesis", params={"release": 1})
    assert newest["releases"] == [1, 2]
    assert first["synthesis"]["patterns"][0]["statements"] == 18
    assert newest["synthesis"]["patterns"] == first["synthesis"]["patterns"]


async def test_a_repeated_release_with_the_same_key_is_one(round_: ARound) -> None:
    await round_.to_synthesis()
    key = {"Idempotency-Key": str(uuid4())}
    answers = [await round_.ok(round_.facilitator, "POST", "/release", headers=key) for _ in range(2)]
    assert answers[0] == answers[1]


async def test_only_the_rounds_own_facilitator_leads(round_: ARound) -> None:
    for role in (Role.DISTRICT_LEADER, Role.DISTRICT_ADMIN, Role.OBSERVER, Role.HOST_PRINCIPAL):
        answer = await round_.world.ask(round_.somebody(role), "POST", round_.path + "/stages/describe")
        assert answer.status_code == 403
    other = await round_.world.ask(round_.somebody(Role.FACILITATOR), "POST", round_.path + "/stages/describe")
    assert other.status_code == 404


async def test_statements_are_screened_and_challenged_ones_stay_out_of_patterns(round_: ARound) -> None:
    await round_.notes_everywhere()
    await round_.open("describe")
    one, *others = (await round_.evidence(round_.facilitator, kind="statement"))["items"]
    two = next(i for i in others if i["classroom_id"] != one["classroom_id"])
    await round_.ok(
        round_.facilitator, "PUT", f"/screening/{one['id']}", json={"verdict": "challenged", "reason": "It guesses."}
    )
    body = await round_.ok(round_.facilitator, "PUT", f"/screening/{two['id']}", json={"verdict": "admitted"})
    assert (len(body["challenged"]), len(body["admitted"])) == (1, 1)
    shown = {i["id"]: i["screening"] for i in (await round_.evidence(round_.facilitator))["items"]}
    assert (shown[one["id"]], shown[two["id"]]) == ("challenged", "admitted")
    await round_.open("analyze")
    both = {"name": "P", "statement_ids": [one["id"], two["id"]]}
    assert await refused(round_, "POST", "/patterns", json=both) == "statement_challenged"
    unknown = await round_.world.ask(
        round_.facilitator, "POST", round_.path + "/patterns", json={"name": "P", "statement_ids": [str(uuid4())]}
    )
    assert unknown.status_code == 422


async def test_patterns_are_changed_and_dropped_with_if_match(round_: ARound) -> None:
    await round_.notes_everywhere()
    await round_.open("describe")
    await round_.open("analyze")
    ids = [i["id"] for i in (await round_.evidence(round_.facilitator, kind="statement"))["items"]]
    made = await round_.world.ask(
        round_.facilitator, "POST", round_.path + "/patterns", json={"name": "P", "statement_ids": ids}
    )
    path = f"/patterns/{made.json()['pattern_id']}"
    changed = await round_.world.ask(
        round_.facilitator,
        "PUT",
        round_.path + path,
        json={"name": "Q", "statement_ids": ids[:-1]},
        headers={"If-Match": made.headers["ETag"]},
    )
    assert (changed.status_code, changed.json()["name"]) == (200, "Q")
    stale = await round_.world.ask(
        round_.facilitator, "DELETE", round_.path + path, headers={"If-Match": made.headers["ETag"]}
    )
    assert stale.status_code == 412
    await round_.ok(round_.facilitator, "DELETE", path)
    assert (await round_.ok(round_.facilitator, "GET", "/debrief"))["patterns"] == []


async def test_the_list_of_rounds_is_rebuilt_from_the_log(rounds_world: RoundsWorld, round_: ARound) -> None:
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")
    query = "select * from rounds order by round_id"
    slots = "select * from round_slots order by slot_id"
    async with rounds_world.deps.db.system() as conn:
        before = await conn.fetch(query), await conn.fetch(slots)
    assert await table.rebuild(rounds_world.deps.db) > 0
    async with rounds_world.deps.db.system() as conn:
        after = await conn.fetch(query), await conn.fetch(slots)
    assert after == before
    mine = next(r for r in after[0] if r["round_id"] == round_.scheduled.round_id)
    assert (mine["stage"], mine["closed"], mine["release"]) == ("next_level_of_work", True, 1)


async def test_a_withdrawn_round_is_not_debriefed(rounds_world: RoundsWorld, round_: ARound) -> None:
    from services.rounds.rounds.commands import WithdrawRound
    from services.rounds.rounds.queries import round_stream

    await rounds_world.deps.rounds.handle(
        round_stream(round_.scheduled.round_id), WithdrawRound(), CommandContext(round_.district_id, None)
    )
    assert await refused(round_, "POST", "/stages/describe") == "round_withdrawn"


async def test_a_districts_own_document_drives_its_rounds_and_running_ones_stay_on_theirs(
    rounds_world: RoundsWorld,
) -> None:
    before = await rounds_world.a_round(teams=2, rooms=6)
    await before.open("visit")
    leader = before.somebody(Role.DISTRICT_LEADER)
    text = (await rounds_world.ask(leader, "GET", "/protocols/instructional-rounds/text")).json()["text"]
    own = text.replace("key: instructional-rounds", "key: our-rounds", 1).replace(
        "- have: statements\n", "- have: statements\n        least: 40\n", 1
    )

    async def publish(key: str, words: str) -> int:
        answer = await rounds_world.ask(leader, "POST", f"/own-protocols/{key}/publish", json={"text": words})
        return answer.status_code

    assert await publish("our-rounds", own) == 200
    assert await publish("their-rounds", own.replace("key: our-rounds", "key: their-rounds")) == 409
    walked = await before.ok(before.facilitator, "GET", "/protocol")
    assert (walked["key"], walked["version"]) == ("instructional-rounds", 1)
    await before.notes_everywhere("Teacher asked a question.")
    await before.open("describe")

    after = await rounds_world.a_round(teams=2, rooms=6, district_id=before.facilitator.district_id)
    assert (await after.ok(after.facilitator, "GET", "/protocol"))["key"] == "our-rounds"
    await after.open("visit")
    relaxed = own.replace("least: 40", "least: 1").replace("version: 1", "version: 2", 1)
    assert await publish("our-rounds", relaxed) == 200
    assert (await after.ok(after.facilitator, "GET", "/protocol"))["version"] == 1
    await after.notes_everywhere("Teacher asked a question.")
    assert await refused(after, "POST", "/stages/describe") == "no_evidence"


async def test_who_does_not_act_in_a_stage_of_the_districts_document_reads_along(rounds_world: RoundsWorld) -> None:
    first = await rounds_world.a_round(teams=2, rooms=6, prepared=False)
    leader = first.somebody(Role.DISTRICT_LEADER)
    text = (await rounds_world.ask(leader, "GET", "/protocols/instructional-rounds/text")).json()["text"]
    own = text.replace("key: instructional-rounds", "key: our-rounds", 1)
    for stage in ("describe", "analyze"):
        own = own.replace(f"  - id: {stage}\n", f"  - id: {stage}\n    acts: [facilitator]\n", 1)
    published = await rounds_world.ask(leader, "POST", "/own-protocols/our-rounds/publish", json={"text": own})
    assert published.status_code == 200, published.text
    await first.write_problem()
    await first.open("visit")
    await first.notes_everywhere("Teacher asked a question.")
    await first.open("describe")
    observer = first.observer()
    assert [(await first.ok(who, "GET", "/debrief"))["acts"] for who in (first.facilitator, observer)] == [True, False]
    statement = (await first.evidence(first.facilitator, kind="statement"))["items"][0]["id"]
    screening = f"{first.path}/screening/{statement}"
    answer = await rounds_world.ask(observer, "PUT", screening, json={"verdict": "admitted"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_your_part")
    assert "Facilitación" in answer.json()["say"]["es"]
    await first.ok(first.facilitator, "PUT", f"/screening/{statement}", json={"verdict": "admitted"})
    await first.open("analyze")
    move = {"kind": "make_group", "move_id": str(uuid4()), "group_id": str(uuid4()), "title": "Recall"}
    [told] = (await first.ok(observer, "POST", "/board/moves", json={"moves": [move]}))["receipts"]
    assert (told["result"], told["code"]) == ("refused", "not_your_part")
    assert [(await first.ok(w, "GET", "/board"))["open"] for w in (first.facilitator, observer)] == [True, False]
    [told] = (await first.ok(first.facilitator, "POST", "/board/moves", json={"moves": [move]}))["receipts"]
    assert told["result"] == "taken"
