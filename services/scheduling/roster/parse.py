"""OneRoster CSV -> organisations, terms and adults. Pure: bytes in, facts and problems out.

Of users.csv only the columns in `vocabulary.USERS` are ever taken out of a row, and only adults' rows are
kept; enrollments, demographics and userProfiles are never opened. Problems name places, not values.
"""

from __future__ import annotations

from datetime import date

from services.scheduling.roster import facts, users
from services.scheduling.roster.archive import Archive, open_archive
from services.scheduling.roster.manifest import Manifest, read_manifest
from services.scheduling.roster.model import FileRead, KnownIds, ParsedRoster
from services.scheduling.roster.reading import Reading
from services.scheduling.roster.recognise import recognise
from services.scheduling.roster.vocabulary import FILES, READ
from shared.tabular.problems import Problems, fault

NOTHING_KNOWN = KnownIds()


def parse(data: bytes, *, today: date, known: KnownIds = NOTHING_KNOWN, problems: Problems) -> ParsedRoster:
    """What the zip `data` holds for us. Never raises on what is in it: look at `problems.refuses`.

    `known`: the sourcedIds that the district has (a delta may refer to them). `today` decides which
    roles have ended.
    """
    archive = open_archive(data, problems)
    if archive is None:
        return ParsedRoster()
    if "manifest" not in archive.entries:
        recognise(archive, problems)
        return ParsedRoster()
    manifest = read_manifest(archive, problems)
    if manifest is None:
        return ParsedRoster(files=_files(archive, None, {}))
    reading = Reading(archive, manifest, known, today, problems)
    orgs = facts.read_orgs(reading)
    sessions = facts.read_sessions(reading)
    people = users.read_people(reading, orgs)
    if not any(name in manifest.modes for name in ("orgs", "users", "roles")):
        problems.error(
            "nothing_to_import",
            "zip",
            fault("nothing_to_import"),
            fault("export_staff"),
        )
    return ParsedRoster(
        version=manifest.version,
        files=_files(archive, manifest, reading.rows),
        orgs=orgs,
        sessions=sessions,
        people=people.people,
        placements=people.placements,
        replaces_placements=people.replaces_placements,
        users_seen=people.users_seen,
        now_students=people.now_students,
        unsure=frozenset(reading.unsure),
        unreadable=reading.unreadable,
        modes=dict(manifest.modes),
    )


def _files(archive: Archive, manifest: Manifest | None, rows: dict[str, int]) -> tuple[FileRead, ...]:
    modes = manifest.modes if manifest else {}
    there = [name for name in sorted(FILES) if name.lower() in archive.entries]
    return tuple(
        FileRead(f"{name}.csv", modes.get(name, "not announced"), rows.get(name, 0), name in READ and name in rows)
        for name in there
    )
