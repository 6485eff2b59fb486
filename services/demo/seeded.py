"""The demo district that is in: who and what the later steps of its making go on from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import httpx

from services.demo.district import DemoDistrict, DemoPerson
from services.demo.door import Door


@dataclass(frozen=True, slots=True)
class Seeded:
    """What later steps need to know of the district that is in."""

    district: DemoDistrict
    person_ids: Mapping[str, UUID]  # by DemoPerson.key
    school_ids: Mapping[str, UUID]  # by DemoSchool.key
    passwords: Mapping[str, str]  # by DemoPerson.key
    http: httpx.AsyncClient
    doors: dict[str, Door]  # by DemoPerson.key: signed in once each

    def id_of(self, person: DemoPerson) -> str:
        return str(self.person_ids[person.key])

    async def door(self, person: DemoPerson) -> Door:
        if person.key not in self.doors:
            self.doors[person.key] = await Door(self.http).sign_in(person.email, self.passwords[person.key])
        return self.doors[person.key]
