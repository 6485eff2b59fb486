"""Figures a second time, by another way: straight from the published events, with arithmetic of its own.

Shares nothing with services.reporting: no SciPy, no projection, no tables. Incomplete beta by Lentz's
continued fraction (Press et al., Numerical Recipes, 6.4), quantiles by bisection.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from math import exp, lgamma, log, log1p
from typing import Any

from shared.messages import PublishedEvent

Key = tuple[str, str | None, str]
Opinion = tuple[int, int, float, float, float]
"""count, n, share, low, high"""


def incomplete_beta(a: float, b: float, x: float) -> float:
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 500):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + step * d)
            c = 1 + step / c
            h *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * h


def where(rises: Callable[[float], float], goal: float, low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        if rises(middle) < goal:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_quantile(df: int) -> float:
    return where(lambda t: 1 - incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2, 0.975, 0, 1e3)


def interval(count: int, n: int, classrooms: int, observers: int | None) -> tuple[float, float]:
    """By Kish's design effect: a quarter of the variance lies between classrooms, a tenth between observers."""
    effects = []
    for clusters, likeness in ((classrooms, 0.25), (observers, 0.1)):
        if clusters is not None:
            each = max(n / clusters, 1)
            effects.append(1 - likeness + likeness * each if clusters > 1 else n)
    shrink = t_quantile(max(n - 1, 1)) / t_quantile(max(classrooms - 1, 1))
    return limits(count / n, max(1.0, min(float(n), n / max(effects) * shrink**2)))


def limits(share: float, effective: float) -> tuple[float, float]:
    x = effective * share
    low = 0.0 if x <= 0 else where(lambda p: incomplete_beta(x, effective - x + 1, p), 0.025, 0, 1)
    high = 1.0 if x >= effective else where(lambda p: incomplete_beta(x + 1, effective - x, p), 0.975, 0, 1)
    return low, high


def opinion(has: Iterable[bool], classrooms: int, observers: int | None) -> Opinion:
    held = list(has)
    count, n = sum(held), len(held)
    return (count, n, count / n, *interval(count, n, classrooms, observers))


def figures_of(events: Iterable[PublishedEvent]) -> dict[Key, Opinion]:
    """Every share of one round: (definition, subject, category) -> opinion."""
    statements: dict[str, dict[str, Any]] = {}
    answers: dict[tuple[str, str, str], tuple[str, str]] = {}
    rooms: dict[str, str] = {}
    people: set[str] = set()
    questions: list[str] = []
    verdicts: dict[str, str] = {}
    for event in events:
        body = json.loads(event.data)
        if "visit" in body:
            rooms.setdefault(body["visit"]["slot_id"], body["visit"]["classroom_id"])
            people.add(body["visit"]["observer_id"])
        if event.type in ("EvidenceRecorded", "EvidenceAmended"):
            statements[body["statement_id"]] = body
        elif event.type == "EvidenceWithdrawn":
            statements.pop(body["statement_id"], None)
        elif event.type == "LookForRated":
            visit = body["visit"]
            answers[body["look_for_id"], visit["slot_id"], visit["observer_id"]] = (
                body["value"],
                body["kind"],
            )
        elif event.type == "RatingWithdrawn":
            answers.pop((body["look_for_id"], body["visit"]["slot_id"], body["visit"]["observer_id"]), None)
        elif event.type == "EvidenceScreened":
            verdicts.update(dict.fromkeys(body["statement_ids"], body["verdict"]))
        elif event.type == "ProblemOfPracticeWritten":
            questions = body["focus_question_ids"]
    marks = {True: "challenged", False: "admitted"}
    evidence = [s for i, s in statements.items() if verdicts.get(i, marks[s["judgmental"]]) == "admitted"]
    found: dict[Key, Opinion] = {}

    classrooms, observers = len(set(rooms.values())), len(people)

    def visits(definition: str, subject: str, has: Callable[[dict[str, Any]], bool]) -> None:
        slots = {s["visit"]["slot_id"] for s in evidence if has(s)}
        found[definition, subject, "with"] = opinion((slot in slots for slot in rooms), classrooms, None)

    elements = ("teacher", "student", "content", "task")
    for element in elements:
        visits("core_element.visits", element, lambda s, e=element: s["core_element"] == e)  # type: ignore[misc]  # a bound default
        if evidence:
            found["core_element.statements", None, element] = opinion(
                (s["core_element"] == element for s in evidence), classrooms, observers
            )
    kept = {id(s) for s in evidence}
    for manner in ("descriptive", "judgmental"):
        if statements:
            found["statements.judgmental", None, manner] = opinion(
                ((id(s) in kept) == (manner == "descriptive") for s in statements.values()), classrooms, observers
            )
    for question in questions:
        visits("focus_question.visits", question, lambda s, q=question: q in s["focus_question_ids"])  # type: ignore[misc]  # as above
    for tag in {tag for s in evidence for tag in s["look_for_ids"]}:
        visits("look_for.visits", tag, lambda s, t=tag: t in s["look_for_ids"])  # type: ignore[misc]  # as above
    for look_for in {key[0] for key in answers}:
        given = [
            (value, kind)
            for (name, _, _), (value, kind) in answers.items()
            if name == look_for and value not in ("not_observed", "not_applicable")
        ]
        several = {"multi_choice": "look_for.options", "tally": "look_for.intervals"}
        definition = next((several[kind] for _, kind in given if kind in several), "look_for.answers")
        if definition == "look_for.intervals":
            given = [(part.split(":")[1], kind) for value, kind in given for part in value.split(" ")]
        for code in {code for value, _ in given for code in value.split(" ")}:
            said = (code in value.split(" ") for value, _ in given)
            found[definition, look_for, code] = opinion(said, classrooms, observers)
    return found
