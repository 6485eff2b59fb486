"""What a schema cannot say of a document: that its parts fit together and that every stage can be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services.rounds.document_words import Code, Wrong, wrong
from services.rounds.protocols.model import AUTHOR, EVERYONE, Artefact, Condition, PlainField, Protocol, Stage

Found = tuple[tuple[str | int, ...], Wrong]
FACTS = frozenset({"commitments"})
ROUND_FACTS = frozenset({"problem-of-practice", "statements", "standing-statements", "patterns", "predictions",
                         "next-level-of-work", "release"})  # fmt: skip


def problems(protocol: Protocol) -> Iterator[Found]:
    """Places and what is wrong there; none when the document holds together."""
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
            yield ("artefacts", n, "id"), wrong("artefact_unused", name=artefact.id)


def _twice(ids: Collection[str], place: tuple[str, ...]) -> Iterator[Found]:
    seen: set[str] = set()
    for n, id_ in enumerate(ids):
        if id_ in seen:
            yield (*place, n, "id"), wrong("twice", name=id_)
        seen.add(id_)


def _people(protocol: Protocol) -> Iterator[Found]:
    people = protocol.people
    if protocol.model == "instructional-rounds" and {r.id for r in people.roles} != {"facilitator", "observer"}:
        yield ("people", "roles"), wrong("rounds_parts")
    if people.most < people.least:
        yield ("people", "most"), wrong("people_most")
    ones = sum(r.takes == "one" for r in people.roles)
    if ones > people.least:
        yield ("people", "roles"), wrong("parts_more_than_people", count=ones, least=people.least)
    if ones == len(people.roles) and people.most > ones:
        yield ("people", "roles"), wrong("nobody_takes_rest")
    if sum(r.takes == "rest" for r in people.roles) > 1:
        yield ("people", "roles"), wrong("one_takes_rest")
    if people.rotate and not any(s.swaps for s in protocol.stages):
        yield ("people", "rotate"), wrong("rotate_without_swap")
    owner = protocol.policies.commitments_belong_to
    if owner != EVERYONE and owner not in {r.id for r in people.roles}:
        yield ("policies", "commitments_belong_to"), wrong("no_role", name=owner)


def _feedback(protocol: Protocol) -> Iterator[Found]:
    if protocol.policies.feedback_to_observed_teacher:
        if protocol.model == "instructional-rounds":
            place = ("policies", "feedback_to_observed_teacher")
            yield place, wrong("rounds_no_feedback")
        return
    for n, artefact in enumerate(protocol.artefacts):
        if artefact.check == "specific-and-actionable":
            yield ("artefacts", n, "check"), wrong("feedback_off")


def _stage(protocol: Protocol, stage: Stage, place: tuple[str | int, ...], roles: set[str]) -> Iterator[Found]:
    index = protocol.stage_ids.index(stage.id)
    yield from _known(stage.acts, roles | {EVERYONE}, (*place, "acts"), "no_role")
    yield from _known(stage.artefacts, {a.id for a in protocol.artefacts}, (*place, "artefacts"), "no_artefact")
    yield from _known(stage.back_to, set(protocol.stage_ids[:index]), (*place, "back_to"), "no_earlier_stage")
    if stage.swaps and not protocol.people.rotate:
        yield (*place, "swaps"), wrong("swap_without_rotate")
    if protocol.order == "free":
        for name in ("optional", "back_to", "leave_when", "swaps"):
            if getattr(stage, name):
                yield (*place, name), wrong("no_meaning_in_free_order", name=name)
    facts = FACTS | (ROUND_FACTS if protocol.model == "instructional-rounds" else frozenset())
    rounds_own = ("prepare", "visit", "describe", "analyze", "predict", "next-level-of-work", "follow-up")
    if protocol.model == "instructional-rounds" and protocol.stage_ids != rounds_own and index == 0:
        yield ("stages",), wrong("rounds_stages", stages=", ".join(rounds_own))
    if protocol.model == "instructional-rounds" and EVERYONE not in stage.acts:
        for part in ("facilitator", "observer") if stage.id == "visit" else ("facilitator",):
            if part not in stage.acts:
                yield (*place, "acts"), wrong("rounds_act", part=part, stage=stage.id)
    for name in ("enter_when", "leave_when"):
        for n, condition in enumerate(getattr(stage, name)):
            yield from _condition(protocol, stage, condition, (*place, name, n), roles, facts)


def _condition(
    protocol: Protocol, stage: Stage, condition: Condition, place: tuple[str | int, ...], roles: set[str],
    facts: frozenset[str],
) -> Iterator[Found]:  # fmt: skip
    artefact = protocol.artefact(condition.have)
    if artefact is None and condition.have not in facts:
        yield (*place, "have"), wrong("no_artefact_nor_fact", name=condition.have)
    if condition.by is not None and condition.by not in roles | {EVERYONE}:
        yield (*place, "by"), wrong("no_role", name=condition.by)
    if artefact is None:
        return
    index = protocol.stage_ids.index(stage.id)
    upto = protocol.stages[: index + 1 if place[-2] == "leave_when" else index]
    writable = upto if protocol.order == "fixed" else protocol.stages
    if not any(artefact.id in s.artefacts for s in writable):
        yield (*place, "have"), wrong("not_written_by_then", name=artefact.id)
    named = condition.by not in (None, EVERYONE) and EVERYONE not in artefact.written_by
    if named and condition.by not in artefact.written_by:
        yield (*place, "by"), wrong("does_not_write", role=condition.by or "", name=artefact.id)
    if condition.by == EVERYONE and EVERYONE not in artefact.written_by and len(roles) > len(artefact.written_by):
        yield (*place, "by"), wrong("not_everybody_writes", name=artefact.id)
    if condition.least > 1 and not artefact.many and condition.by is not None:
        yield (*place, "least"), wrong("written_once", name=artefact.id)
    if artefact.together and (condition.by is not None or condition.least > 1):
        yield (*place, "have"), wrong("one_for_all", name=artefact.id)


def _artefact(artefact: Artefact, place: tuple[str | int, ...], roles: set[str]) -> Iterator[Found]:
    yield from _known(artefact.written_by, roles | {EVERYONE}, (*place, "written_by"), "no_role")
    yield from _known(artefact.read_by, roles | {EVERYONE, AUTHOR}, (*place, "read_by"), "no_role")
    yield from _twice([f.id for f in artefact.fields], (*map(str, place[:1]), str(place[1])))
    if artefact.together and artefact.many:
        yield (*place, "many"), wrong("one_not_many")
    if artefact.shareable and AUTHOR not in artefact.read_by:
        yield (*place, "shareable"), wrong("shared_by_author")
    for n, field in enumerate(artefact.fields):
        yield from _field(field, (*place, "fields", n))
        if (field.kind == "items") != bool(field.fields):
            yield (*place, "fields", n), wrong("list_fields", name=field.id)
        for m, inner in enumerate(field.fields):
            yield from _field(inner, (*place, "fields", n, "fields", m))
            if inner.kind in ("items", "counts"):
                yield (*place, "fields", n, "fields", m, "kind"), wrong("list_in_list")


def _field(field: PlainField, place: tuple[str | int, ...]) -> Iterator[Found]:
    if (field.kind in ("choice", "choices")) != bool(field.options):
        yield (*place, "kind"), wrong("choice_options", name=field.id)
    if field.kind == "scale" and (field.most is None or field.least is None or field.most <= field.least):
        yield (*place, "kind"), wrong("scale_ends", name=field.id)
    if field.least is not None and field.most is not None and field.most < field.least:
        yield (*place, "most"), wrong("most_below_least", name=field.id)
    yield from _twice([o.id for o in field.options], ())


def _known(named: Collection[str], known: Collection[str], place: tuple[str | int, ...], code: Code) -> Iterator[Found]:
    for n, name in enumerate(named):
        if name not in known:
            yield (*place, n), wrong(code, name=name)
