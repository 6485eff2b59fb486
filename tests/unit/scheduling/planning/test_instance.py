"""Planning data: written and read again, refused where they contradict themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.scheduling.planning.document import from_json, to_json
from services.scheduling.planning.generate import SIZES, generate
from services.scheduling.planning.instance import BadInstance, Pin


@pytest.mark.parametrize("size", ["tiny", "small", "medium", "small-tight"])
def test_a_generated_district_is_sound_and_survives_its_json(size: str) -> None:
    instance = generate(size, 3)
    assert from_json(to_json(instance)) == instance
    assert len(instance.schools) == SIZES[size].schools
    assert sum(o.observes for o in instance.observers) == SIZES[size].observers
    assert len(instance.rounds) == SIZES[size].rounds


def test_the_same_seed_gives_the_same_district_and_another_seed_another() -> None:
    assert to_json(generate("tiny", 5)) == to_json(generate("tiny", 5))
    assert to_json(generate("tiny", 5)) != to_json(generate("tiny", 6))


def test_every_problem_is_told_at_once_each_with_its_mend() -> None:
    instance = generate("tiny")
    first, *rest = instance.rounds
    wrong = replace(
        instance,
        time_zone="Nowhere/Land",
        rounds=(replace(first, min_observers=9, target_observers=3), *rest, replace(first, id="other", host="s99")),
        pins=(Pin(id="x", round=first.id), Pin(id="y", round="none", day=date(2026, 10, 1))),
    )
    with pytest.raises(BadInstance) as refused:
        from_json(to_json(wrong))
    where = [p.where for p in refused.value.problems]
    assert where == ["time_zone", f"rounds/{first.id}", "rounds/other", "pins/x", "pins/y"]
    assert all(p.what and p.mend for p in refused.value.problems)
    told = [p["detail"] for p in refused.value.extra["problems"]]
    assert told == [p.what for p in refused.value.problems], "pages read `detail`"


def test_what_is_no_instance_is_refused_with_its_place() -> None:
    with pytest.raises(BadInstance, match=r"\$\.days"):
        from_json('{"time_zone": "UTC", "days": 3, "schools": [], "observers": [], "rounds": []}')
