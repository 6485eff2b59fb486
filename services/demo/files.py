"""The demo district as the files that a real one exports: a OneRoster zip and a GeoJSON directory."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from services.demo.district import DISTRICT, DemoDistrict

_FILES = (
    "academicSessions categories classes classResources courses courseResources demographics enrollments "
    "lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources resultLearningObjectiveIds results "
    "resultScoreScales roles scoreScales userProfiles userResources users"
).split()


def roster_zip(district: DemoDistrict) -> bytes:
    """A OneRoster 1.2 bulk export: orgs, users and roles."""
    org_of = {school.key: f"ORG-{school.key}" for school in district.schools}
    tables = {
        "orgs": _csv(
            ("sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"),
            [("ORG-DISTRICT", "", "", DISTRICT, "district", "9900000", "")]
            + [(org_of[s.key], "", "", s.name, "school", s.key, "ORG-DISTRICT") for s in district.schools],
        ),
        "users": _csv(
            ("sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName")
            + ("familyName", "middleName", "identifier", "email", "primaryOrgSourcedId"),
            [
                (p.key, "", "", "true", p.email, "", p.given, p.family, "", "", p.email, org_of[p.school])
                for p in district.people
            ],
        ),
        "roles": _csv(
            ("sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate")
            + ("orgSourcedId", "userProfileSourcedId"),
            [
                (f"ROLE-{p.key}", "", "", p.key, "primary", p.roster_role, "", "", org_of[p.school], "")
                for p in district.people
            ],
        ),
    }
    manifest = [("manifest.version", "1.0"), ("oneroster.version", "1.2")]
    manifest += [(f"file.{name}", "bulk" if name in tables else "absent") for name in _FILES]
    manifest += [("source.systemName", "Maple Valley demo"), ("source.systemCode", "demo")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.csv", _csv(("propertyName", "value"), manifest))
        for name, text in tables.items():
            archive.writestr(f"{name}.csv", text)
    return out.getvalue()


def schools_geojson(district: DemoDistrict) -> bytes:
    """The school directory as a GeoJSON FeatureCollection of points."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [s.longitude, s.latitude]},
            "properties": {
                "nces_id": s.key,
                "name": s.name,
                "grades_low": s.grade_low,
                "grades_high": s.grade_high,
                "grade_bucket": s.bucket,
                "district_name": DISTRICT,
            },
        }
        for s in district.schools
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
