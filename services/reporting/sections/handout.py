"""A section as a document, before it is paper or workbook; and its rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from services.reporting.handout.document import Block, Handout, Line, Teller, rule_words
from services.reporting.handout.words import RoundWords
from services.reporting.releases.export import safe
from services.reporting.sections.section import Section, SectionGroup
from shared.wording import Wording

HEADER = (
    "grade_band", "subject", "category", "state", "count", "n", "share", "low", "high", "certainty", "words",
)  # fmt: skip


def document(section: Section, say: Wording) -> Handout:
    """One block per grade band and subject; the frozen figures and nothing else."""
    blocks = [_block(group, say) for group in section.groups]
    what = say.t("figures.definition.core_element.visits")
    return Handout(
        title=say.t("district.sections"),
        subtitle=say.t(
            "district.sections_of", since=say.day(section.since), until=say.day(section.until), release=section.release
        ),
        lead=(say.t("figures.section_base", rounds=section.rounds, schools=section.schools),),
        held="",
        patterns=(),
        predictions=(),
        commitments=(),
        ask=(),
        blocks=(*blocks[:-1], *(Block(b.title, what, b.lines) for b in blocks[-1:])),
        foot=(
            f"{rule_words(section.rule, say)} {say.t('figures.foot_schools', n=section.least_schools)}",
            say.t("figures.foot_section_filters", since=section.since, until=section.until),
            say.t("figures.foot_known", day=f"{section.as_of:%Y-%m-%d %H:%M} UTC", release=section.release),
            say.t(
                "figures.foot_snapshot", snapshot=section.section_id, method=say.t(f"figures.method.{section.method}")
            ),
        ),
    )


def _block(group: SectionGroup, say: Wording) -> Block:
    tell = Teller(RoundWords(), say)
    title = ", ".join(x for x in (group.grade_band, group.subject) if x) or say.t("district.sections_all")
    if group.hidden is not None:
        why = f"{say.t('figures.hidden')}: {tell.why(group.hidden)}"
        return Block(title, "", (Line(say.t("figures.all_of_it"), "", "", why),))
    cells = (tell.line(say.word("core", c.category), c, group.n or 0, c.category) for c in group.cells)
    return Block(title, "", tuple(cells))


def rows_of(section: Section) -> Iterator[list[object]]:
    """A row per figure, under HEADER."""
    for group in section.groups:
        named: list[object] = [safe(group.grade_band or "all"), safe(group.subject or "all")]
        if group.hidden is not None:
            yield [*named, "", "hidden", "", "", "", "", "", "", group.hidden.text]
        for c in group.cells:
            numbers = ["" if v is None else v for v in (c.count, group.n, c.share, c.low, c.high)]
            yield [*named, c.category, c.state, *numbers, c.certainty or "", c.text]
