from __future__ import annotations

from uuid import uuid4

import pytest
from pydantic import ValidationError

from services.identity.districts.commands import ChangeSettings, DistrictSettings, RegisterDistrict
from services.identity.districts.decide import decide, district
from services.identity.districts.events import DistrictRegistered, DistrictSettingsChanged
from shared.errors import NotFound, Refused

ID = uuid4()
SETTINGS = DistrictSettings(name="Alder Valley", timezone="America/Chicago")
REGISTERED = DistrictRegistered(district_id=ID, **SETTINGS.model_dump())


def changed(**fields: object) -> DistrictSettings:
    return DistrictSettings.model_validate({**SETTINGS.model_dump(), **fields})


def test_a_district_starts_at_the_floors_of_disclosure_control() -> None:
    assert (SETTINGS.slot_minutes, SETTINGS.min_visits, SETTINGS.min_classrooms, SETTINGS.min_observers) == (
        20,
        5,
        5,
        3,
    )
    assert decide(RegisterDistrict(district_id=ID, settings=SETTINGS), None) == [REGISTERED]


def test_registering_the_same_district_again_changes_nothing() -> None:
    state = district.fold([REGISTERED])
    assert decide(RegisterDistrict(district_id=ID, settings=SETTINGS), state) == []


def test_registering_a_district_with_other_settings_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        decide(RegisterDistrict(district_id=ID, settings=changed(slot_minutes=15)), district.fold([REGISTERED]))
    assert refused.value.code == "district_registered"


@pytest.mark.parametrize(("field", "floor"), [("min_visits", 5), ("min_classrooms", 5), ("min_observers", 3)])
def test_a_threshold_may_be_raised_and_lowered_again_to_the_floor_but_never_below(field: str, floor: int) -> None:
    state = district.fold([REGISTERED])
    raised = changed(**{field: floor + 2})
    events = decide(ChangeSettings(settings=raised), state)
    assert events == [DistrictSettingsChanged(district_id=ID, **raised.model_dump())]
    state = district.fold(events, state)
    assert decide(ChangeSettings(settings=SETTINGS), state)
    with pytest.raises(Refused) as refused:
        decide(ChangeSettings(settings=changed(**{field: floor - 1})), state)
    assert refused.value.code == "threshold_below_floor"
    assert refused.value.where == field


def test_a_district_cannot_be_registered_below_the_floor() -> None:
    with pytest.raises(Refused, match="min_observers"):
        decide(RegisterDistrict(district_id=ID, settings=changed(min_observers=2)), None)


def test_an_unknown_time_zone_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="Central Time"):
        changed(timezone="Central Time")


def test_settings_of_an_unregistered_district_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        decide(ChangeSettings(settings=SETTINGS), None)
