"""OneRoster's words and ours.

Roles: OneRoster 1.1 section 4.13.5 (RoleType) and 1.2 section 4.13 (RoleEnum); files: 1.1 and 1.2 CSV
binding, "manifest". Only the adults of a school are kept.
"""

from __future__ import annotations

STAFF_ROLES = {
    "teacher": "teacher",
    "principal": "host_principal",
    "administrator": "school_administrator",
    "siteadministrator": "school_administrator",
    "districtadministrator": "district_administrator",
    "systemadministrator": "district_administrator",
    "aide": "aide",
    "counselor": "counselor",
    "proctor": "proctor",
}
"""OneRoster's role (letters only, lower case) -> the role in the list of people. It grants nothing:
what a person may do is granted by hand."""

FAMILY = frozenset({"parent", "guardian", "relative"})
NEVER_KEPT = FAMILY | {"student"}
"""A member of staff may have a child at school: then the role beside the staff's is not kept, the person is."""

ORG_KINDS = frozenset({"school", "district", "department", "local", "state", "national"})

READ = ("orgs", "academicSessions", "users", "roles")
"""The files that are opened. Every other file of the set stays shut: enrollments, demographics and
userProfiles hold students' data and credentials."""

FILES = frozenset(
    {
        *READ,
        "categories",
        "classes",
        "classResources",
        "courseResources",
        "courses",
        "demographics",
        "enrollments",
        "lineItemLearningObjectiveIds",
        "lineItems",
        "lineItemScoreScales",
        "resources",
        "resultLearningObjectiveIds",
        "results",
        "resultScoreScales",
        "scoreScales",
        "userProfiles",
        "userResources",
    }
)

USERS = (
    "sourcedId",
    "status",
    "enabledUser",
    "givenName",
    "familyName",
    "email",
    "role",
    "orgSourcedIds",
    "primaryOrgSourcedId",
    "preferredGivenName",
    "preferredFamilyName",
)
ROLES = ("sourcedId", "status", "userSourcedId", "role", "beginDate", "endDate", "orgSourcedId")
ORGS = ("sourcedId", "status", "name", "type", "identifier", "parentSourcedId")
SESSIONS = ("sourcedId", "status", "title", "type", "startDate", "endDate")
