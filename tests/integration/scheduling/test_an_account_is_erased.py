"""What scheduling forgets when identity has erased an account: name, address, times away, mail that waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.identity.contract import AccountErased
from services.rounds.contract import MeetingPlanned
from services.scheduling.appointments import reactions as appointments
from services.scheduling.appointments.notify import Notifier
from services.scheduling.district import reactions as district
from shared.calendars.write import Address
from tests.integration.scheduling.test_planning_over_http import Planning, planning
from tests.support.hearing import Hearing

__all__ = ["planning"]


async def test_an_erased_account_takes_its_name_mail_and_times_away_along_and_its_rounds_stay(
    planning: Planning,
) -> None:
    db, district_id = planning.office.db, planning.office.district_id
    gone, stays = planning.visitors[1:3]
    hearing = Hearing(district_id)
    district.wire(hearing, db)
    appointments.wire(hearing, db)
    made = await planning.ask("POST", "/rounds", 201, json=planning.wish())
    day = "2099-05-01"
    away = {"since": day, "until": day, "away": [{"first": day, "last": day}]}
    for person in (gone, stays):
        await planning.ask("PUT", f"/observers/{person}/availability", 200, json=away)
    start = datetime(2099, 3, 4, 20, tzinfo=UTC)
    meeting = MeetingPlanned(
        meeting_id=uuid4(),
        sequence=0,
        title="coaching_meeting",
        person_ids=(UUID(gone), UUID(stays)),
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        timezone="America/New_York",
    )
    await hearing.tell(meeting)
    notifier = Notifier(db, Address("rondo@district.example", "Rondo"), "https://rondo.example", lambda: None)
    while await notifier.tell():
        pass

    async def held() -> dict[str, list[str]]:
        found = {}
        async with db.reader(district_id) as conn:
            for table in ("people", "unavailable", "mail_outbox"):
                rows = await conn.fetch(f"select distinct person_id::text as id from {table}")
                found[table] = sorted(r["id"] for r in rows if r["id"] in (gone, stays))
        return found

    assert set(map(tuple, (await held()).values())) == {tuple(sorted((gone, stays)))}
    [row] = [p for p in planning.people if p["person_id"] == gone]
    name = f"{row['given_name']} {row['family_name']}"
    for _ in range(2):  # hearing it twice is harmless
        await hearing.tell(AccountErased(person_id=UUID(gone)))
        assert set(map(tuple, (await held()).values())) == {(stays,)}
    assert row["email"] not in await planning.office.everything()
    shown = (await planning.ask("GET", f"/rounds/{made.json()['round_id']}", 200)).text
    assert gone in shown, "the round keeps its team"
    assert name not in shown
