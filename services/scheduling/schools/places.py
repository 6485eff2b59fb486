"""Where schools lie: longitude first in GeoJSON, anything in other people's files."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from services.scheduling.schools.model import ListedSchool
from shared.tabular.problems import Problems, fault

FAR_DEGREES = 25.0
"""Farther than this from the middle of the file's schools is taken for a mistake: the contiguous United
States reach about 29 degrees either side of their middle in longitude, a state or district far less."""
_FEW = 3

Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Place:
    """What the file says, each (longitude, latitude) as text: the geometry, and the properties."""

    geometry: tuple[str, str] | None
    properties: tuple[str, str]


def settle(file: str, listed: Sequence[tuple[ListedSchool, Place]], problems: Problems) -> list[ListedSchool]:
    """The schools with their positions; a position that is not certain is left out and reported."""
    read = [(school, *_read(file, school, place, problems)) for school, place in listed]
    sure = [point for _, point, turned in read if point is not None and not turned]
    middle = (median(p[0] for p in sure), median(p[1] for p in sure)) if len(sure) >= _FEW else None
    found = []
    for school, point, turned in read:
        at = point
        if turned:
            problems.note(
                "swapped",
                file,
                fault("swapped"),
                fault("longitude_first"),
                line=school.place,
            )
        elif at is not None and middle is not None and _far(at, middle):
            back = (at[1], at[0])
            if abs(back[0]) <= 90 and not _far(back, middle):
                problems.note(
                    "swapped",
                    file,
                    fault("swapped_elsewhere"),
                    fault("correct_position"),
                    line=school.place,
                )
                at = back
            else:
                problems.warning(
                    "far_away",
                    file,
                    fault("far_away"),
                    fault("correct_position"),
                    line=school.place,
                )
                at = None
        found.append(replace(school, latitude=at[0], longitude=at[1]) if at else school)
    return found


def _far(point: Point, middle: Point) -> bool:
    return abs(point[0] - middle[0]) > FAR_DEGREES or abs(point[1] - middle[1]) > FAR_DEGREES * 2


def _read(file: str, school: ListedSchool, place: Place, problems: Problems) -> tuple[Point | None, bool]:
    """The position, and whether it was certainly swapped."""
    said = [p for p in (place.geometry, place.properties) if p is not None and any(x.strip() for x in p)]
    if not said:
        return None, False
    numbers = [_numbers(p) for p in said]
    good = [n for n in numbers if n is not None and (abs(n[1]) <= 90 and abs(n[0]) <= 180) and n != (0.0, 0.0)]
    if good:
        longitude, latitude = good[0]
        if len(good) == 2 and good[0] == (good[1][1], good[1][0]) and good[0] != good[1]:
            problems.warning(
                "position_two_ways",
                file,
                fault("position_two_ways"),
                fault("correct_position"),
                line=school.place,
            )
            return None, False
        return (latitude, longitude), False
    turned = [n for n in numbers if n is not None and abs(n[0]) <= 90 < abs(n[1]) <= 180]
    if turned:
        return (turned[0][0], turned[0][1]), True
    problems.warning(
        "position",
        file,
        fault("position"),
        fault("write_position"),
        line=school.place,
        column="latitude",
    )
    return None, False


def _numbers(pair: tuple[str, str]) -> tuple[float, float] | None:
    try:
        first, second = (float(re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", text.strip())) for text in pair)
    except ValueError:
        return None
    return (first, second) if math.isfinite(first) and math.isfinite(second) else None
