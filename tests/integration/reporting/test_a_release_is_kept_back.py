"""What the audit stops is not told, and the school's page says why, without the count that it protects."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from services.reporting.disclosure.auditor import Finding
from services.reporting.releases.events import ReleaseBlocked
from services.reporting.releases.freeze import put_snapshot
from services.reporting.releases.queries import blocked_of_school, find_release
from shared.database import Database
from tests.support.published import DISTRICT


async def test_a_blocked_release_is_listed_with_its_reasons_and_serves_nothing(db: Database) -> None:
    event = ReleaseBlocked(
        round_id=uuid4(),
        school_id=uuid4(),
        release=1,
        day=date(2026, 10, 6),
        as_of=datetime(2026, 10, 7, tzinfo=UTC),
        log_seq=12,
        findings=(
            Finding(kind="pinned", where="look_for.answers|1a|mostly", text="It could be worked out.", mend="Wait."),
            Finding(kind="pinned", where="look_for.answers|1a|no", text="It could be worked out.", mend="Wait."),
        ),
    )
    async with db.writer(DISTRICT) as conn:
        await put_snapshot(conn, DISTRICT, event, 1)
    async with db.reader(DISTRICT) as conn:
        (found,) = await blocked_of_school(conn, event.school_id)
        assert await find_release(conn, event.round_id, None) is None
        assert await blocked_of_school(conn, event.school_id, datetime(2026, 10, 1, tzinfo=UTC)) == []
    assert (found.release, found.reasons, found.mends) == (1, ("It could be worked out.",), ("Wait.",))
    assert "mostly" not in found.model_dump_json()
