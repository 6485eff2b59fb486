"""What a set of CSV files is when it is not OneRoster, told by its file names and headers alone."""

from __future__ import annotations

from collections.abc import Callable

from services.scheduling.roster.archive import EXPORT_ONEROSTER, Archive
from shared.tabular.problems import Problems
from shared.tabular.table import column_key

_HEAD_BYTES = 4096


def recognise(archive: Archive, problems: Problems) -> None:
    """Adds the error that names the set."""
    names = set(archive.entries)

    def columns(name: str) -> set[str]:
        return _columns(archive, name) if name in names else set()

    what, mend = _name(names, columns)
    problems.error("not_oneroster", "zip", what, mend)


def _name(names: set[str], columns: Callable[[str], set[str]]) -> tuple[str, str]:
    users, orgs = columns("users"), columns("orgs")
    if {"userflags", "relationships"} & names or "activedirectorymatchid" in users:
        return (
            "This is Microsoft School Data Sync (SDS) version 2.1, not OneRoster: it has no manifest.csv, and its "
            "columns differ.",
            EXPORT_ONEROSTER,
        )
    if {"users", "orgs"} <= names and "sourcedid" in users and "sourcedid" in orgs and "status" not in users | orgs:
        return (
            "This looks like Microsoft School Data Sync (SDS) version 2, not OneRoster: it has no manifest.csv and no "
            "status columns.",
            EXPORT_ONEROSTER,
        )
    if {"school", "section"} <= names or {"teacherroster", "studentenrollment"} & names:
        return "This is Microsoft School Data Sync (SDS) version 1, not OneRoster.", EXPORT_ONEROSTER
    if {"rosters", "locations"} <= names or "locationid" in columns("staff"):
        return "This is an Apple School Manager set, not OneRoster.", EXPORT_ONEROSTER
    if {"schools", "teachers", "sections"} <= names or "schoolid" in columns("schools"):
        return "This is a Clever set, not OneRoster.", EXPORT_ONEROSTER
    if "emailaddressrequired" in users or "orgunitpathrequired" in users:
        return "This is a Google Workspace list of users, not OneRoster.", EXPORT_ONEROSTER
    if {"users", "orgs"} <= names and "sourcedid" in users:
        return (
            "These look like OneRoster files, but manifest.csv is missing; without it nobody can tell a full (bulk) "
            "set from changes (delta), or which version it is.",
            "Export the set again with its manifest.csv (OneRoster 1.0 had none: choose 1.1 or 1.2).",
        )
    return "This zip of CSV files is not a OneRoster set: it has no manifest.csv.", EXPORT_ONEROSTER


def _columns(archive: Archive, name: str) -> set[str]:
    data = archive.read(name, Problems())
    if data is None:
        return set()
    first = data[:_HEAD_BYTES].decode("utf-8-sig", errors="replace").split("\n", 1)[0]
    return {column_key(c) for c in first.replace(";", ",").split(",")}
