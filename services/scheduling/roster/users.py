"""users.csv and roles.csv: who works where. Students, parents and guardians pass by and are not kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from services.scheduling.roster.facts import GONE, column_order, gone, uncertain_date
from services.scheduling.roster.model import Org, Person, Placement
from services.scheduling.roster.reading import Reading
from services.scheduling.roster.vocabulary import FAMILY, NEVER_KEPT, ROLES, STAFF_ROLES, USERS
from shared.tabular.dates import DayOrder, read_day
from shared.tabular.problems import Problems, fault, value_class
from shared.tabular.table import Row, Table

_YES, _NO = frozenset({"true", "1", "yes", "y", "t"}), frozenset({"false", "0", "no", "n", "f"})
_EMAIL = re.compile(r"^[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+$")
_LONGEST_NAME, _LONGEST_EMAIL, _LONGEST_ID = 100, 254, 255


@dataclass(slots=True)
class People:
    people: dict[str, Person] = field(default_factory=dict)
    placements: dict[str, dict[str, Placement | None]] = field(default_factory=dict)
    replaces_placements: bool = True
    users_seen: frozenset[str] = frozenset()
    now_students: frozenset[str] = frozenset()


def read_people(reading: Reading, orgs: Mapping[str, Org]) -> People:
    """The adults of the set, and the known ones that it speaks of."""
    found = People()
    never: set[str] = set()
    in_roles = reading.manifest.version == "1.2" and "roles" in reading.manifest.modes
    if in_roles:
        never = _read_roles(reading, found)
        found.replaces_placements = reading.manifest.modes["roles"] == "bulk"
    _read_users(reading, found, never, own_roles=not in_roles)
    _drop_students(reading, found, never)
    if reading.rows.get("users") and never and not found.people:
        reading.problems.note(
            "nobody_taken",
            "users.csv",
            fault("nobody_taken"),
            fault("nothing_or_staff"),
        )
    _check_references(reading, found, orgs)
    return found


def _read_roles(reading: Reading, found: People) -> set[str]:
    """Fills the placements; gives the ids of everybody who is a student, or a parent or guardian and no staff."""
    table = reading.open("roles", ROLES, ("sourcedId", "userSourcedId", "role", "orgSourcedId"))
    never: set[str] = set()
    family: set[str] = set()
    if table is None:
        return never
    rows = []
    for row in table.rows():
        word = _letters(row["role"])
        if word not in NEVER_KEPT:
            rows.append(row)
        elif row["userSourcedId"] and row["status"].lower() not in GONE:
            (family if word in FAMILY else never).add(row["userSourcedId"])
    reading.done(table)
    order = column_order(rows, ("beginDate", "endDate"))
    for row in rows:
        _read_role(reading, table, row, order, found)
    staff = frozenset(found.placements)
    if reading.manifest.modes["roles"] == "delta":  # what it does not speak of stays
        staff |= reading.known.people
    return never | (family - staff)


def _read_role(reading: Reading, table: Table, row: Row, order: DayOrder | None, found: People) -> None:
    problems, user, key = reading.problems, row["userSourcedId"], row["sourcedId"]
    if not user or not key:
        column = "sourcedId" if user else "userSourcedId"
        reading.left_out([user])
        problems.warning(
            "cell_empty",
            table.file,
            fault("cell_empty", column=column),
            fault("fill_in", column=column),
            line=row.line,
            column=column,
            value=value_class(""),
        )
        return
    role = _role(row["role"], table, row, problems)
    if role is None:
        reading.left_out([user])
        return
    ended = gone(row, table, problems)
    if row["endDate"]:
        end = read_day(row["endDate"], order)
        if end is None:
            uncertain_date(table, row, "endDate", problems, fault("then.goes_on"))
        elif end < reading.today:
            ended = True
    held = found.placements.setdefault(user, {})
    if key in held:
        problems.note("row_twice", table.file, fault("role_twice"), fault("nothing_to_do"), line=row.line)
    held[key] = None if ended else Placement(role, row["orgSourcedId"] or None, row.line)


@lru_cache(maxsize=256)
def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _role(text: str, table: Table, row: Row, problems: Problems) -> str | None:
    word = _letters(text)
    role = STAFF_ROLES.get(word)
    if role is None:
        problems.warning(
            "role",
            table.file,
            fault("role"),
            fault("use_one_of", words=", ".join(sorted(STAFF_ROLES))),
            line=row.line,
            column="role",
            value=value_class(text),
        )
    return role


def _read_users(reading: Reading, found: People, never: set[str], *, own_roles: bool) -> None:
    problems = reading.problems
    roles = ("role", "orgSourcedIds") if own_roles and reading.manifest.version == "1.1" else ()
    table = reading.open("users", USERS, ("sourcedId", "givenName", "familyName", *roles))
    if table is None:
        return
    if own_roles and not table.has("role"):
        own_roles = False
        problems.warning(
            "no_roles",
            table.file,
            fault("no_roles"),
            fault("export_roles"),
        )
    seen: set[str] = set()
    lines: dict[str, int] = {}
    conflicting: set[str] = set()
    for row in table.rows():
        sourced_id = row["sourcedId"]
        if not sourced_id or len(sourced_id) > _LONGEST_ID:
            reading.left_out(())
            problems.warning(
                "cell_empty",
                table.file,
                fault("no_id"),
                fault("fill_in_id"),
                line=row.line,
                column="sourcedId",
                value=value_class(sourced_id),
            )
            continue
        seen.add(sourced_id)
        if own_roles and not _own_roles(row, table, reading, found, never):
            continue
        if not own_roles and sourced_id not in found.placements and sourced_id not in reading.known.people:
            continue
        deleted = gone(row, table, problems) or not _enabled(row, table, problems)
        person = _person(row, table, problems, deleted)
        if person is None:
            reading.left_out([sourced_id])
            continue
        held = found.people.get(sourced_id)
        if held is not None and held != person:
            conflicting.add(sourced_id)
            problems.warning(
                "id_twice",
                table.file,
                fault("id_twice_both", line=lines[sourced_id]),
                fault("keep_row"),
                line=row.line,
                column="sourcedId",
            )
        found.people[sourced_id] = person
        lines.setdefault(sourced_id, row.line)
    reading.done(table)
    for sourced_id in conflicting:
        del found.people[sourced_id]
        found.placements.pop(sourced_id, None)
        reading.left_out([sourced_id])
    found.users_seen = frozenset(seen & reading.known.people) | frozenset(found.people)
    _same_address(found.people, lines, table, problems)


def _own_roles(row: Row, table: Table, reading: Reading, found: People, never: set[str]) -> bool:
    """OneRoster 1.1: the role stands in the user's row. False when the row is not an adult's."""
    sourced_id, word = row["sourcedId"], _letters(row["role"])
    if word in NEVER_KEPT:
        never.add(sourced_id)
        return False
    role = _role(row["role"], table, row, reading.problems)
    if role is None:
        reading.left_out([sourced_id])
        return False
    held = found.placements.setdefault(sourced_id, {})
    for org in _listed(row["orgSourcedIds"]) or [None]:
        held[f"{role} {org or ''}"] = Placement(role, org, row.line)
    return True


def _listed(cell: str) -> list[str | None]:
    """The ids of a cell: `a,b` by the standard; `a;b`, `a|b` and `["a", "b"]` are met too."""
    return [one for part in re.split(r"[,;|]", cell.strip("[] ")) if (one := part.strip(" \"'"))]


def _person(row: Row, table: Table, problems: Problems, deleted: bool) -> Person | None:
    given = row["preferredGivenName"] or row["givenName"]
    family = row["preferredFamilyName"] or row["familyName"]
    if not (given and family) and not deleted:
        column = "familyName" if given else "givenName"
        problems.warning(
            "cell_empty",
            table.file,
            fault("cell_empty", column=column),
            fault("fill_in", column=column),
            line=row.line,
            column=column,
            value=value_class(""),
        )
        return None
    email: str | None = row["email"].lower() or None
    if email is not None and (len(email) > _LONGEST_EMAIL or not _EMAIL.match(email)):
        problems.warning(
            "email",
            table.file,
            fault("email"),
            fault("correct_address"),
            line=row.line,
            column="email",
            value=value_class(row["email"]),
        )
        email = None
    return Person(row["sourcedId"], given[:_LONGEST_NAME], family[:_LONGEST_NAME], email, deleted)


def _enabled(row: Row, table: Table, problems: Problems) -> bool:
    word = row["enabledUser"].lower()
    if word in _NO:
        return False
    if word and word not in _YES:
        problems.warning(
            "boolean",
            table.file,
            fault("boolean"),
            fault("write_boolean"),
            line=row.line,
            column="enabledUser",
            value=value_class(row["enabledUser"]),
        )
    return True


def _same_address(people: Mapping[str, Person], lines: Mapping[str, int], table: Table, problems: Problems) -> None:
    times = Counter(p.email for p in people.values() if p.email and not p.deleted)
    for person in people.values():
        if person.email and times[person.email] > 1 and not person.deleted:
            problems.warning(
                "email_twice",
                table.file,
                fault("email_twice"),
                fault("own_address"),
                line=lines.get(person.sourced_id),
                column="email",
            )


def _drop_students(reading: Reading, found: People, never: Collection[str]) -> None:
    both = [s for s in never if s in found.placements]
    for sourced_id in both:
        del found.placements[sourced_id]
    for sourced_id in never:
        found.people.pop(sourced_id, None)
    found.now_students = frozenset(never) & reading.known.people
    if both:
        reading.problems.warning(
            "staff_and_student",
            "roles.csv",
            fault("staff_and_student", people=len(both)),
            fault("own_id"),
        )


def _check_references(reading: Reading, found: People, orgs: Mapping[str, Org]) -> None:
    problems, known = reading.problems, reading.known
    source = "roles.csv" if "roles" in reading.rows else "users.csv"
    orphans = 0
    for user, held in list(found.placements.items()):
        if user not in found.people and user not in known.people:
            orphans += 1
            for p in held.values():
                if p is not None and user not in reading.unsure:
                    problems.warning(
                        "dangling",
                        source,
                        fault("no_user"),
                        fault("export_user"),
                        line=p.line,
                        column="userSourcedId",
                    )
            del found.placements[user]
            continue
        for key, p in held.items():
            if p is not None and p.org is not None and p.org not in orgs and p.org not in known.orgs:
                problems.warning(
                    "dangling",
                    source,
                    fault("no_org"),
                    fault("export_org"),
                    line=p.line,
                    column="orgSourcedId" if source == "roles.csv" else "orgSourcedIds",
                )
                held[key] = replace(p, org=None)
