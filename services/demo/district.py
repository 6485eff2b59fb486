"""Who and what the demo district is made of: invented, and the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

DISTRICT = "Maple Valley Schools"
TIMEZONE = "America/New_York"

_SCHOOLS = (
    ("Alder Creek Elementary", "PK", "5", "Elementary", 44.021, -71.520),
    ("Birch Hill Elementary", "KG", "5", "Elementary", 44.048, -71.488),
    ("Cedar Grove Elementary", "KG", "5", "Elementary", 43.997, -71.561),
    ("Dogwood Elementary", "PK", "5", "Elementary", 44.072, -71.530),
    ("Elm Street Middle", "6", "8", "Middle", 44.030, -71.501),
    ("Fern Lake Middle", "6", "8", "Middle", 44.060, -71.552),
    ("Hawthorn High", "9", "12", "High", 44.035, -71.540),
    ("Juniper Career Academy", "9", "12", "High", 44.010, -71.495),
)
_GIVEN = (
    "Amara Bela Carmen Dario Elif Farid Grace Hana Imani Joaquin Kofi Leila Mateo Nadia Omar Priya Quentin Rosa Sofia "
    "Tomas Uma Viktor Wanda Ximena Yusuf Zora Anton Bianca Cyrus Delia Emil Flora Gustavo Helena Ines Jonas Kira Luca "
    "Mina Noel Odette Pavel Renata Silas Tamar Ulla Vera Walter Yara Zeno"
).split()
_FAMILY = (
    "Abara Bello Castellan Dvorak Ekwueme Fontaine Galvez Hartwell Ibarra Jensen Kowalski Lindqvist Marchetti Nwosu "
    "Okonjo Pereira Quigley Rasmussen Santoro Thornbury Umarov Vasquez Whitlock Xu Yilmaz Zielinski Ashdown Brandt "
    "Corrigan Delacroix Everly Fairbanks Grimaldi Holloway Iverson Jovanovic Kessler Lombardi Moreau Novak Osei "
    "Petrov Quintero Rosales Sandoval Tanaka Ueda Villanueva Wexler Yoon"
).split()
_SUBJECTS = {
    "Elementary": ("Mathematics", "Reading", "Science"),
    "Middle": ("Mathematics", "English", "Science", "Social studies"),
    "High": ("Mathematics", "English", "Science", "Social studies", "Spanish"),
}
_BANDS = {"Elementary": ("K-2", "3-5"), "Middle": ("6-8",), "High": ("9-12",)}


@dataclass(frozen=True, slots=True)
class DemoSchool:
    key: str  # stands for the school in files: its NCES-like id
    name: str
    grade_low: str
    grade_high: str
    bucket: str
    latitude: float
    longitude: float
    rooms: tuple[tuple[str, str, str], ...]  # room, grade band, subject


@dataclass(frozen=True, slots=True)
class DemoPerson:
    key: str  # sourcedId in the roster file
    given: str
    family: str
    school: str  # DemoSchool.key
    roster_role: str  # as OneRoster names it
    roles: tuple[str, ...]  # what the person signs in as

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        return f"{self.given}.{self.family}@maplevalley.example".lower()


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    schools: tuple[DemoSchool, ...]
    people: tuple[DemoPerson, ...]

    def principal(self, school: DemoSchool) -> DemoPerson:
        return next(p for p in self.people if p.school == school.key and "host_principal" in p.roles)

    def with_role(self, role: str) -> tuple[DemoPerson, ...]:
        return tuple(p for p in self.people if role in p.roles)


def generate(seed: int = 2026) -> DemoDistrict:
    """8 schools with 8 rooms each; per school a principal, 5 observers, 2 teachers; 4 facilitators,
    a leader and an analyst. Everybody is invented."""
    random = Random(seed)
    names = [(g, f) for g in _GIVEN for f in _FAMILY]
    random.shuffle(names)
    schools = tuple(
        DemoSchool(f"99000{n:02d}00{n:03d}", name, low, high, bucket, lat, lon, tuple(_rooms(bucket, random)))
        for n, (name, low, high, bucket, lat, lon) in enumerate(_SCHOOLS, start=1)
    )
    people: list[DemoPerson] = []

    def add(school: DemoSchool, roster_role: str, *roles: str) -> None:
        given, family = names[len(people)]
        people.append(DemoPerson(f"MV-{len(people) + 1:04d}", given, family, school.key, roster_role, roles))

    for n, school in enumerate(schools):
        add(school, "principal", "host_principal")
        for _ in range(5):
            add(school, "teacher", "observer")
        add(school, "teacher", "teacher")
        add(school, "teacher")
        if n % 2 == 0:
            add(school, "administrator", "facilitator")
    add(schools[6], "districtAdministrator", "district_leader")
    add(schools[6], "administrator", "analyst")
    return DemoDistrict(schools, tuple(people))


def _rooms(bucket: str, random: Random) -> list[tuple[str, str, str]]:
    return [(f"Room {100 + n}", random.choice(_BANDS[bucket]), random.choice(_SUBJECTS[bucket])) for n in range(1, 9)]
