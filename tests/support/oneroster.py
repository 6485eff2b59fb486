"""OneRoster sets, made to order: `zip_of(one_point_two(people=...))`. Every value is invented."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.scheduling.roster.model import KnownIds, ParsedRoster
from services.scheduling.roster.parse import NOTHING_KNOWN, parse
from shared.tabular.problems import Problem, Problems

Table = list[list[str]]
Set = dict[str, Table]

USERS = ["sourcedId", "status", "dateLastModified", "enabledUser", "givenName", "familyName", "email"]
SECRETS = ["password", "sms", "phone", "middleName", "userIds", "agentSourcedIds", "grades", "identifier"]

PLANTED = "PLANTED-SECRET"
"""Stands in every field that must leave no trace."""


@dataclass(frozen=True, slots=True)
class Someone:
    key: str
    given: str = "Ada"
    family: str = "Abara"
    role: str = "teacher"
    org: str = "S1"
    status: str = ""
    enabled: str = "true"
    email: str | None = None

    @property
    def address(self) -> str:
        return f"{self.key.lower()}@alder.example" if self.email is None else self.email


def staff(count: int, *, org: str = "S1", start: int = 1) -> list[Someone]:
    return [Someone(f"P{n:05d}", f"Given{n}", f"Family{n}", org=org) for n in range(start, start + count)]


def student(key: str) -> Someone:
    return Someone(key, f"{PLANTED}-given", f"{PLANTED}-family", "student", email=f"{PLANTED}@pupil.example")


TODAY = date(2026, 11, 23)
SCHOOLS = [("S1", "Alder School", "990000100001"), ("S2", "Birch School", "")]


def one_point_two(
    people: Sequence[Someone], *, mode: str = "bulk", schools: Sequence[tuple[str, str, str]] = SCHOOLS
) -> Set:
    status = "active" if mode == "delta" else ""
    day = "2026-09-01T00:00:00.000Z" if mode == "delta" else ""
    files = {
        "orgs": [["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"]]
        + [["D1", status, day, "Maple Valley", "district", "", ""]]
        + [[k, status, day, name, "school", nces, "D1"] for k, name, nces in schools],
        "users": [USERS + SECRETS]
        + [[p.key, p.status or status, day, p.enabled, p.given, p.family, p.address, *_secrets(p)] for p in people],
        "roles": [
            [
                "sourcedId",
                "status",
                "dateLastModified",
                "userSourcedId",
                "roleType",
                "role",
                "beginDate",
                "endDate",
                "orgSourcedId",
            ]
        ]
        + [[f"R-{p.key}", p.status or status, day, p.key, "primary", p.role, "", "", p.org] for p in people],
        "demographics": [["sourcedId", "birthDate", "sex"]] + [[p.key, PLANTED, PLANTED] for p in people],
        "userProfiles": [["sourcedId", "userSourcedId", "username", "password"]]
        + [[f"U-{p.key}", p.key, PLANTED, PLANTED] for p in people],
        "enrollments": [["sourcedId", "userSourcedId", "role"]] + [[f"E-{p.key}", p.key, PLANTED] for p in people],
    }
    return {**files, "manifest": manifest("1.2", dict.fromkeys(files, mode))}


def one_point_one(people: Sequence[Someone], *, mode: str = "bulk") -> Set:
    files = one_point_two(people, mode=mode)
    status = "active" if mode == "delta" else ""
    users = [[*USERS, "role", "orgSourcedIds", *SECRETS]]
    users += [
        [p.key, p.status or status, "", p.enabled, p.given, p.family, p.address, p.role, p.org, *_secrets(p)]
        for p in people
    ]
    kept = {"orgs": files["orgs"], "users": users, "demographics": files["demographics"]}
    return {**kept, "manifest": manifest("1.1", dict.fromkeys(kept, mode))}


def _secrets(person: Someone) -> list[str]:
    return [f"{PLANTED}-{name}" for name in SECRETS]


def manifest(version: str, modes: Mapping[str, str]) -> Table:
    rows = [["propertyName", "value"], ["manifest.version", "1.0"], ["oneroster.version", version]]
    return rows + [[f"file.{name}", mode] for name, mode in modes.items()]


def changed(person: Someone, **fields: str) -> Someone:
    return replace(person, **fields)  # type: ignore[arg-type]  # all its fields are text


def zip_of(
    files: Mapping[str, Table | bytes], *, newline: str = "\r\n", encoding: str = "utf-8", folder: str = ""
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in files.items():
            data = table if isinstance(table, bytes) else csv_of(table, newline).encode(encoding)
            archive.writestr(f"{folder}{name}.csv", data)
    return out.getvalue()


def csv_of(table: Table, newline: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(table)
    return out.getvalue()


def with_rows(files: Set, name: str, edit: Callable[[list[list[str]]], object]) -> Set:
    table = [list(row) for row in files[name]]
    edit(table)
    return {**files, name: table}


def read(data: bytes, known: KnownIds = NOTHING_KNOWN) -> tuple[ParsedRoster, list[Problem]]:
    problems = Problems()
    parsed = parse(data, today=TODAY, known=known, problems=problems)
    return parsed, list(problems.listed())
