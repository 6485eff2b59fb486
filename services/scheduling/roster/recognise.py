"""What a set of CSV files is when it is not OneRoster, told by its file names and headers alone."""

from __future__ import annotations

from collections.abc import Callable

from services.scheduling.roster.archive import EXPORT_ONEROSTER, Archive
from shared.tabular.problems import Fault, Problems, fault
from shared.tabular.table import column_key

_HEAD_BYTES = 4096


def recognise(archive: Archive, problems: Problems) -> None:
    """Adds the error that names the set."""
    names = set(archive.entries)

    def columns(name: str) -> set[str]:
        return _columns(archive, name) if name in names else set()

    what, mend = _name(names, columns)
    problems.error("not_oneroster", "zip", what, mend)


def _name(names: set[str], columns: Callable[[str], set[str]]) -> tuple[Fault, Fault]:
    users, orgs = columns("users"), columns("orgs")
    if {"userflags", "relationships"} & names or "activedirectorymatchid" in users:
        return fault("set.sds_2_1"), EXPORT_ONEROSTER
    if {"users", "orgs"} <= names and "sourcedid" in users and "sourcedid" in orgs and "status" not in users | orgs:
        return fault("set.sds_2"), EXPORT_ONEROSTER
    if {"school", "section"} <= names or {"teacherroster", "studentenrollment"} & names:
        return fault("set.sds_1"), EXPORT_ONEROSTER
    if {"rosters", "locations"} <= names or "locationid" in columns("staff"):
        return fault("set.apple"), EXPORT_ONEROSTER
    if {"schools", "teachers", "sections"} <= names or "schoolid" in columns("schools"):
        return fault("set.clever"), EXPORT_ONEROSTER
    if "emailaddressrequired" in users or "orgunitpathrequired" in users:
        return fault("set.google"), EXPORT_ONEROSTER
    if {"users", "orgs"} <= names and "sourcedid" in users:
        return fault("set.no_manifest"), fault("export_with_manifest")
    return fault("set.unknown"), EXPORT_ONEROSTER


def _columns(archive: Archive, name: str) -> set[str]:
    data = archive.read(name, Problems())
    if data is None:
        return set()
    first = data[:_HEAD_BYTES].decode("utf-8-sig", errors="replace").split("\n", 1)[0]
    return {column_key(c) for c in first.replace(";", ",").split(",")}
