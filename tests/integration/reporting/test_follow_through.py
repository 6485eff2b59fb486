"""What became of the next level of work: on the school's page, in the district's overview, and as it was known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from services.rounds.contract import CommitmentsRevisited, CommitmentStanding, FollowUpSet
from tests.integration.reporting.test_figures_over_http import LEADER, principal, released
from tests.support.reporting_world import World


async def test_commitments_are_told_with_their_state_and_the_day_of_the_check(world: World) -> None:
    a_round, _ = await released(world, "Yew")
    own, path = principal(a_round), f"/rounds/{a_round.round_id}/follow-through"
    open_ = [CommitmentStanding(number=n, by_when=by) for n, by in enumerate(("next_week", "next_month"), start=1)]
    check = date(2027, 1, 12)
    set_for = FollowUpSet(
        round_id=a_round.round_id,
        school_id=a_round.school_id,
        day=check,
        timezone="America/Chicago",
        sequence=1,
        person_ids=(),
        commitments=tuple(open_),
    )
    await world.publish("rounds", [set_for])
    told = await world.until(path, own, lambda s: len(s["commitments"]) == 2)
    assert (told["check_on"], told["checked"]) == ("2027-01-12", False)
    assert [c["status"] for c in told["commitments"]] == [None, None]

    kept = (open_[0].model_copy(update={"status": "kept"}), open_[1].model_copy(update={"status": "not_yet"}))
    revisited = CommitmentsRevisited(
        round_id=a_round.round_id, school_id=a_round.school_id, day=check, sequence=1, held=True, commitments=kept
    )
    await world.publish("rounds", [revisited])
    told = await world.until(path, own, lambda s: s["checked"])
    assert [c["status"] for c in told["commitments"]] == ["kept", "not_yet"]
    summary = (await world.get(f"/schools/{a_round.school_id}/summary", own)).json()
    assert summary["ask"][0]["text"] == "Of 2 commitments, 1 not kept yet: what would it take?"
    lines = (await world.get("/district/overview", LEADER)).json()["items"]
    counts = next(x for x in lines if x["school_id"] == str(a_round.school_id))["commitments"]
    assert (counts["made"], counts["kept"], counts["not_yet"], counts["open"], counts["checked"]) == (2, 1, 1, 0, True)

    yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    assert (await world.get(path, own, params={"as_of": yesterday})).status_code == 404, "nothing was released by then"
    early = (await world.get("/district/overview", LEADER, params={"as_of": yesterday})).json()["items"]
    assert all(x["commitments"] is None for x in early)
