"""What a schema cannot say of a document: that its parts fit together and that every stage can be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services.rounds.protocols.model import AUTHOR, EVERYONE, Artefact, Condition, PlainField, Protocol, Stage

Found = tuple[tuple[str | int, ...], str]
FACTS = frozenset({"commitments"})
ROUND_FACTS = frozenset({"problem-of-practice", "statements", "standing-statements", "patterns", "predictions",
                         "next-level-of-work", "release"})  # fmt: skip


def problems(protocol: Protocol) -> Iterator[Found]:
    """Places and sentences; none when the document holds together."""
    yield from _twice([r.id for r in protocol.people.roles], ("people", "roles"))
    yield from _twice([t.id for t in protocol.trainings], ("trainings",))
    yield from _twice(protocol.stage_ids, ("stages",))
    yield from _twice([a.id for a in protocol.artefacts], ("artefacts",))
    yield from _people(protocol)
    yield from _feedback(protocol)
    roles = {r.id for r in protocol.people.roles}
    for n, stage in enumerate(protocol.stages):
        yield from _stage(protocol, stage, ("stages", n), roles)
    for n, artefact in enumerate(protocol.artefacts):
        yield from _artefact(artefact, ("artefacts", n), roles)
        if not any(artefact.id in s.artefacts for s in protocol.stages):
            yield ("artefacts", n, "id"), f"No stage takes the artefact “{artefact.id}”."


def _twice(ids: Collection[str], place: tuple[str, ...]) -> Iterator[Found]:
    seen: set[str] = set()
    for n, id_ in enumerate(ids):
        if id_ in seen:
            yield (*place, n, "id"), f"“{id_}” is there twice."
        seen.add(id_)


def _people(protocol: Protocol) -> Iterator[Found]:
    people = protocol.people
    if protocol.model == "instructional-rounds" and {r.id for r in people.roles} != {"facilitator", "observer"}:
        yield ("people", "roles"), "The parts of rounds are `facilitator` and `observer`."
    if people.most < people.least:
        yield ("people", "most"), "There are at least as many people as `least` says."
    ones = sum(r.takes == "one" for r in people.roles)
    if ones > people.least:
        yield ("people", "roles"), f"{ones} parts need a person each, and {people.least} people are enough to begin."
    if ones == len(people.roles) and people.most > ones:
        yield ("people", "roles"), "Nobody takes the part of the people beyond the single ones: one part takes `rest`."
    if sum(r.takes == "rest" for r in people.roles) > 1:
        yield ("people", "roles"), "Only one part can take the `rest`."
    if people.rotate and not any(s.swaps for s in protocol.stages):
        yield ("people", "rotate"), "Parts go round at a stage that `swaps`; there is none."
    owner = protocol.policies.commitments_belong_to
    if owner != EVERYONE and owner not in {r.id for r in people.roles}:
        yield ("policies", "commitments_belong_to"), f"There is no role “{owner}”."


def _feedback(protocol: Protocol) -> Iterator[Found]:
    if protocol.policies.feedback_to_observed_teacher:
        if protocol.model == "instructional-rounds":
            place = ("policies", "feedback_to_observed_teacher")
            yield place, "Rounds look for patterns and give no feedback to an observed teacher: it is `false`."
        return
    for n, artefact in enumerate(protocol.artefacts):
        if artefact.check == "specific-and-actionable":
            yield (
                ("artefacts", n, "check"),
                "This is feedback to the observed teacher, and `policies: feedback_to_observed_teacher` is false.",
            )


def _stage(protocol: Protocol, stage: Stage, place: tuple[str | int, ...], roles: set[str]) -> Iterator[Found]:
    index = protocol.stage_ids.index(stage.id)
    yield from _known(stage.acts, roles | {EVERYONE}, (*place, "acts"), "role")
    yield from _known(stage.artefacts, {a.id for a in protocol.artefacts}, (*place, "artefacts"), "artefact")
    yield from _known(stage.back_to, set(protocol.stage_ids[:index]), (*place, "back_to"), "earlier stage")
    if stage.swaps and not protocol.people.rotate:
        yield (*place, "swaps"), "`swaps` needs `people: rotate: true`."
    if protocol.order == "free":
        for name in ("optional", "back_to", "leave_when", "swaps"):
            if getattr(stage, name):
                yield (*place, name), f"`{name}` has no meaning where the order is free."
    facts = FACTS | (ROUND_FACTS if protocol.model == "instructional-rounds" else frozenset())
    rounds_own = ("prepare", "visit", "describe", "analyze", "predict", "next-level-of-work", "follow-up")
    if protocol.model == "instructional-rounds" and protocol.stage_ids != rounds_own and index == 0:
        yield ("stages",), f"The stages of rounds are, in this order: {', '.join(rounds_own)}."
    if protocol.model == "instructional-rounds" and EVERYONE not in stage.acts:
        for part in ("facilitator", "observer") if stage.id == "visit" else ("facilitator",):
            if part not in stage.acts:
                yield (*place, "acts"), f"In rounds the {part} acts in “{stage.id}”: name `{part}`, or `everyone`."
    for name in ("enter_when", "leave_when"):
        for n, condition in enumerate(getattr(stage, name)):
            yield from _condition(protocol, stage, condition, (*place, name, n), roles, facts)


def _condition(
    protocol: Protocol, stage: Stage, condition: Condition, place: tuple[str | int, ...], roles: set[str],
    facts: frozenset[str],
) -> Iterator[Found]:  # fmt: skip
    artefact = protocol.artefact(condition.have)
    if artefact is None and condition.have not in facts:
        yield (*place, "have"), f"There is no artefact “{condition.have}”, and no such fact."
    if condition.by is not None and condition.by not in roles | {EVERYONE}:
        yield (*place, "by"), f"There is no role “{condition.by}”."
    if artefact is None:
        return
    index = protocol.stage_ids.index(stage.id)
    upto = protocol.stages[: index + 1 if place[-2] == "leave_when" else index]
    writable = upto if protocol.order == "fixed" else protocol.stages
    if not any(artefact.id in s.artefacts for s in writable):
        yield (*place, "have"), f"“{artefact.id}” cannot have been written by then: no stage before takes it."
    named = condition.by not in (None, EVERYONE) and EVERYONE not in artefact.written_by
    if named and condition.by not in artefact.written_by:
        yield (*place, "by"), f"“{condition.by}” does not write “{artefact.id}”."
    if condition.by == EVERYONE and EVERYONE not in artefact.written_by and len(roles) > len(artefact.written_by):
        yield (*place, "by"), f"Not everybody writes “{artefact.id}”."
    if condition.least > 1 and not artefact.many and condition.by is not None:
        yield (*place, "least"), f"A person writes “{artefact.id}” once: say `many: true` there."
    if artefact.together and (condition.by is not None or condition.least > 1):
        yield (*place, "have"), f"“{artefact.id}” is one for all: leave `by` and `least` out."


def _artefact(artefact: Artefact, place: tuple[str | int, ...], roles: set[str]) -> Iterator[Found]:
    yield from _known(artefact.written_by, roles | {EVERYONE}, (*place, "written_by"), "role")
    yield from _known(artefact.read_by, roles | {EVERYONE, AUTHOR}, (*place, "read_by"), "role")
    yield from _twice([f.id for f in artefact.fields], (*map(str, place[:1]), str(place[1])))
    if artefact.together and artefact.many:
        yield (*place, "many"), "What is one for all cannot be many."
    if artefact.shareable and AUTHOR not in artefact.read_by:
        yield (*place, "shareable"), "Only what is the `author`'s alone needs to be shared."
    for n, field in enumerate(artefact.fields):
        yield from _field(field, (*place, "fields", n))
        if (field.kind == "items") != bool(field.fields):
            yield (*place, "fields", n), f"“{field.id}”: a list, and only a list, has fields of its own."
        for m, inner in enumerate(field.fields):
            yield from _field(inner, (*place, "fields", n, "fields", m))
            if inner.kind in ("items", "counts"):
                yield (*place, "fields", n, "fields", m, "kind"), "A list holds no lists and no tables of counts."


def _field(field: PlainField, place: tuple[str | int, ...]) -> Iterator[Found]:
    if (field.kind in ("choice", "choices")) != bool(field.options):
        yield (*place, "kind"), f"“{field.id}”: a choice, and only a choice, has options."
    if field.kind == "scale" and (field.most is None or field.least is None or field.most <= field.least):
        yield (*place, "kind"), f"“{field.id}”: a scale has a `least` and a larger `most`."
    if field.least is not None and field.most is not None and field.most < field.least:
        yield (*place, "most"), f"“{field.id}”: `most` is less than `least`."
    yield from _twice([o.id for o in field.options], ())


def _known(named: Collection[str], known: Collection[str], place: tuple[str | int, ...], what: str) -> Iterator[Found]:
    for n, name in enumerate(named):
        if name not in known:
            yield (*place, n), f"There is no {what} “{name}”."
