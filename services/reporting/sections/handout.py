"""A section as a document, before it is paper or workbook; and its rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.reporting.handout.document import Block, Handout, Line, Teller, rule_words
from services.reporting.handout.words import RoundWords
from services.reporting.releases.export import ENGLISH, cell_told, safe, why_told
from services.reporting.sections.section import Section, SectionAgreement, SectionGroup
from services.reporting.sections.visits import by_age
from shared.wording import Wording

HEADER = (
    "grade_band", "subject", "category", "state", "count", "n", "share", "low", "high", "certainty",
    "look_for", "alpha", "alpha_low", "alpha_high", "words",
)  # fmt: skip
AGREEMENT = "agreement"
"""The category of rows that tell how observers of one room agree, over all grades and subjects."""


def document(
    section: Section, say: Wording, instruments: Mapping[tuple[str, int], RoundWords] | None = None
) -> Handout:
    """One block per grade band and subject that is told, then what is hidden, then the observers' agreement; the frozen
    figures and nothing else. `instruments`: the words of each (key, version), for its look-fors."""
    tell = Teller(RoundWords(), say)
    groups = sorted(section.groups, key=_in_order)
    untold = [Line(_name(g, say), "", "", tell.why(g.hidden)) for g in groups if g.hidden is not None]
    agreed = [Line(_look_for(a, instruments or {}, say), "", "", _agreement(a, tell)) for a in section.agreement]
    blocks = [_block(g, tell) for g in groups if g.hidden is None]
    if untold:
        heads = (f"{say.t('district.grade_band')}, {say.t('district.subject')}", say.t("figures.why"))
        blocks.append(Block(say.t("figures.hidden_groups"), "", tuple(untold), heads=heads))
    if agreed:
        heads = (say.t("figures.look_for"), say.t("figures.agreement_value"))
        lead = say.t("figures.agreement_lead")
        blocks.append(Block(say.t("district.agreement"), lead, tuple(agreed), heads=heads))
    return Handout(
        title=say.t("district.sections"),
        subtitle=say.t(
            "district.sections_of", since=say.day(section.since), until=say.day(section.until), release=section.release
        ),
        lead=(say.t("figures.section_base", rounds=section.rounds, schools=section.schools),),
        held=" ".join((say.t("figures.definition.core_element.visits"), *_about_all(section, say))),
        problem=(),
        patterns=(),
        predictions=(),
        commitments=(),
        ask=(),
        blocks=tuple(blocks),
        foot=(
            f"{rule_words(section.rule, section.rules, say)} {say.t('figures.foot_schools', n=section.least_schools)}",
            say.t("figures.foot_section_filters", since=say.day(section.since), until=say.day(section.until)),
            say.t("figures.foot_known", day=say.moment(section.as_of), release=section.release),
            say.t(
                "figures.foot_snapshot", snapshot=section.section_id, method=say.t(f"figures.method.{section.method}")
            ),
        ),
    )


def total_is_hidden(section: Section) -> bool:
    """Whether something of all grades and subjects is hidden that is told of some: that looks odd."""
    whole = next((g for g in section.groups if not g.grade_band and not g.subject), None)
    if whole is None:
        return False
    told = {c.category for g in section.groups if g is not whole for c in g.cells if c.state != "hidden"}
    return bool(told) if whole.hidden else any(c.state == "hidden" and c.category in told for c in whole.cells)


def _about_all(section: Section, say: Wording) -> tuple[str, ...]:
    return (say.t("figures.hidden_total"),) if total_is_hidden(section) else ()


def _name(group: SectionGroup, say: Wording) -> str:
    return ", ".join(x for x in (group.grade_band, group.subject) if x) or say.t("district.sections_all")


def _in_order(group: SectionGroup) -> tuple[bool, bool, tuple[int, str], str]:
    """All of it, then subjects, grade bands and both; grade bands by age."""
    band, subject = group.grade_band, group.subject
    return (bool(band), bool(band and subject), by_age(band or ""), subject or "")


def _block(group: SectionGroup, tell: Teller) -> Block:
    cells = (tell.line(tell.say.word("core", c.category), c, group.n or 0, c.category) for c in group.cells)
    return Block(_name(group, tell.say), "", tuple(cells))


def _look_for(found: SectionAgreement, instruments: Mapping[tuple[str, int], RoundWords], say: Wording) -> str:
    words = instruments.get((found.instrument, found.instrument_version), RoundWords())
    name = words.subject("look_for.answers", found.look_for, say.language)
    return f"{name} ({found.instrument} {found.instrument_version})"


def _agreement(found: SectionAgreement, tell: Teller) -> str:
    if found.alpha is None or found.low is None or found.high is None:
        why = tell.why(found.hidden) if found.hidden else tell.say.t("figures.agreement_few")
        return tell.say.t("district.agreement_chance") if found.alpha == 0 else why
    low, high = (tell.say.tenths(v) for v in (found.low, found.high))
    return f"{tell.say.tenths(found.alpha)} ({tell.say.t('figures.range', low=low, high=high)})"


def rows_of(section: Section, words: Wording = ENGLISH) -> Iterator[list[object]]:
    """A row per figure, under HEADER; last the agreement on each look-for. `words`: the language of what is told in
    words; columns and codes stay."""
    for group in section.groups:
        named: list[object] = [safe(group.grade_band or "all"), safe(group.subject or "all")]
        if group.hidden is not None:
            yield [*named, "", "hidden", *[""] * 10, why_told(group.hidden, words)]
        for c in group.cells:
            numbers = ["" if v is None else v for v in (c.count, group.n, c.share, c.low, c.high)]
            yield [
                *named,
                c.category,
                c.state,
                *numbers,
                c.certainty or "",
                *[""] * 4,
                cell_told(c, group.n, "visit", words),
            ]
    tell = Teller(RoundWords(), words)
    for a in section.agreement:
        state = "hidden" if a.hidden else "cannot_say" if a.alpha is None else "told"
        values = ["" if v is None else v for v in (a.alpha, a.low, a.high)]
        look_for = safe(_look_for(a, {}, tell.say))
        yield [
            "all",
            "all",
            AGREEMENT,
            state,
            *[""] * 6,
            look_for,
            *values,
            why_told(a.hidden, words) if a.hidden else _agreement(a, tell),
        ]
