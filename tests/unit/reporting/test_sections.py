"""Figures by grade and subject: told over three schools or more, and no part of a school can be worked out."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import openpyxl
import pytest
from pdfminer.high_level import extract_text

from services.reporting.disclosure.attack import ToldCell
from services.reporting.disclosure.cells import AtLeast, AtMost, Told, Withheld, two_sided
from services.reporting.disclosure.rule import RULES, Rule, hidden
from services.reporting.figures.intervals import share_interval
from services.reporting.figures.pooling import Seen, likeness
from services.reporting.figures.tables import WITH, Unit
from services.reporting.handout import paper, workbook
from services.reporting.handout.document import Teller
from services.reporting.handout.words import RoundWords
from services.reporting.sections.attack import Attack, RoundTold, State
from services.reporting.sections.commands import FreezeSection
from services.reporting.sections.compose import group_of
from services.reporting.sections.control import Verdict, judge
from services.reporting.sections.decide import SECTIONS, Sections, evolve
from services.reporting.sections.events import SectionFrozen
from services.reporting.sections.gate import _solved, audited, state_of
from services.reporting.sections.handout import AGREEMENT, HEADER, document, rows_of
from services.reporting.sections.section import Section, SectionAgreement, SectionGroup
from services.reporting.sections.spread import spread_of
from services.reporting.sections.visits import ELEMENTS, Group, Visit, menu, named_alike, table_of
from shared.errors import Conflict, Refused
from shared.wording import LANGUAGES, Wording
from tests.support.figures import an_id

RULE = Rule()
MATH, MUSIC = "Mathematics", "Music"


def a_visit(school: int, n: int, subject: str, elements: Sequence[str], grade: str = "3-5") -> Visit:
    unit = Unit(
        "", an_id(f"{school} slot {n}"), an_id(f"{school} room {n}"), frozenset({an_id(f"o {(school + n) % 5}")})
    )
    return Visit(an_id(f"round {school}"), an_id(f"school {school}"), grade, subject, unit, frozenset(elements))


def a_school(school: int, math: int, music: int, task: int) -> list[Visit]:
    """So many rooms of each subject; the first `task` of all show the task."""
    kinds = [MATH] * math + [MUSIC] * music
    return [a_visit(school, n, kind, ["task"] if n < task else []) for n, kind in enumerate(kinds)]


def mixed(school: int) -> list[Visit]:
    """Six rooms of mathematics and four of music; half of each show the task."""
    kinds = [(MATH, n % 2) for n in range(6)] + [(MUSIC, n % 2) for n in range(4)]
    return [a_visit(school, n, kind, ["task"] if shows else []) for n, (kind, shows) in enumerate(kinds)]


def released(visits: Sequence[Visit], place: int = 1) -> dict[tuple[UUID, int], RoundTold]:
    """What each round's own release told."""
    found = {}
    for round_id in {v.round_id for v in visits}:
        mine = [v for v in visits if v.round_id == round_id]
        cells = {}
        for element in ELEMENTS:
            match two_sided(table_of(mine, element), WITH):
                case Told(count):
                    cells[element] = ToldCell(element, count)
                case AtMost(bound):
                    cells[element] = ToldCell(element, at_most=bound)
                case AtLeast(bound):
                    cells[element] = ToldCell(element, at_least=bound)
        found[round_id, place] = RoundTold(len(mine), cells, mine)
    return found


def places(visits: Sequence[Visit]) -> dict[UUID, int]:
    return dict.fromkeys((v.round_id for v in visits), 1)


async def a_section(visits: Sequence[Visit], before: Sequence[State] = ()) -> tuple[list[Verdict], tuple[str, ...]]:
    verdicts = judge(visits, [s.visits for s in before], RULE)
    return await audited(verdicts, visits, places(visits), before, released(visits))


def of(verdicts: Sequence[Verdict], **names: str) -> Verdict:
    return next(v for v in verdicts if v.group == Group(**names))


async def test_a_subject_of_many_schools_is_told_and_one_of_few_rooms_is_not_even_by_subtraction() -> None:
    visits = [v for n in range(4) for v in a_school(n, math=8, music=1 if n < 2 else 0, task=4)]
    told, leaks = await a_section(visits)
    assert leaks == ()
    music = of(told, subject=MUSIC)
    assert music.whole is not None
    assert music.whole.text == "fewer than 5 classrooms"
    everything, math = of(told), of(told, subject=MATH)
    exact = [v for v in (everything, math) if v.whole is None and isinstance(v.cells["task"], Told)]
    assert len(exact) < 2, "all less mathematics would be music"


async def test_what_everybody_teaches_alike_is_told() -> None:
    visits = [v for n in range(4) for v in mixed(n)]
    told, leaks = await a_section(visits)
    assert leaks == ()
    assert of(told, subject=MATH).cells["task"] == Told(12)
    assert of(told, subject=MUSIC).cells["task"] == Told(8)


async def test_two_schools_are_too_few() -> None:
    told, _ = await a_section([v for n in range(2) for v in a_school(n, math=8, music=8, task=6)])
    assert {v.whole.key for v in told if v.whole} == {"fewer_than_schools"}
    assert all(v.whole for v in told)


def planted(told: Sequence[Verdict], group: Group, element: str, cell: Told) -> list[Verdict]:
    return [Verdict(v.group, v.visits, None, {**v.cells, element: cell}) if v.group == group else v for v in told]


async def test_the_auditor_finds_a_hidden_subject_by_subtraction() -> None:
    visits = [v for n in range(4) for v in a_school(n, math=8, music=1 if n < 2 else 0, task=4)]
    told = judge(visits, [], RULE)
    leak = planted(planted(told, Group(), "task", Told(16)), Group(subject=MATH), "task", Told(16))
    now = state_of(leak, visits, places(visits))
    found = await _solved(Attack(now, [], released(visits)), now)
    pinned = {key for s in found for key in s.pinned}
    assert f"task|*|{MUSIC}" in pinned
    assert any(key.startswith("part task|") for key in pinned), "the one music room of a school"


async def test_the_auditor_finds_one_school_by_the_difference_of_two_sections() -> None:
    first = [v for n in range(4) for v in mixed(n)]
    second = [*first, *a_school(4, math=6, music=2, task=4)]
    told, _ = await a_section(first)
    before = [state_of(told, first, places(first))]
    kept, leaks = await a_section(second, before)
    assert leaks == ()
    assert {v.whole.key for v in kept if v.whole} == {"few_corrections"}, "one school more is a small change"
    leak = [
        Verdict(v.group, v.visits, None, {e: two_sided(table_of(v.visits, e), WITH) for e in ELEMENTS}) for v in kept
    ]
    now = state_of(leak, second, places(second))
    found = await _solved(Attack(now, before, released(second)), now)
    assert any(str(an_id("round 4")) in key for s in found for key in s.pinned)


def scarce(school: int, shows: Sequence[int]) -> list[Visit]:
    """Ten rooms of mathematics, so few of which show the task that its own release tells a bound alone."""
    return [a_visit(school, n, MATH, ["task"] if n in shows else []) for n in range(10)]


async def test_the_auditor_finds_a_corrected_visit_by_the_difference_of_two_states_of_a_round() -> None:
    others = [v for n in range(1, 6) for v in scarce(n, [0, 1] if n < 3 else [0])]
    first, second = [*scarce(0, [0]), *others], [*scarce(0, [0, 9]), *others]
    round_0, corrected = an_id("round 0"), a_visit(0, 9, MATH, ["task"])

    def told(visits: Sequence[Visit]) -> list[Verdict]:
        held = Group()
        cells = {e: two_sided(table_of(visits, e), WITH) for e in ELEMENTS}
        return [Verdict(held, tuple(visits), None, cells)]

    before = state_of(told(first), first, places(first))
    now = state_of(told(second), second, places(second) | {round_0: 2})
    own = {**released(first), (round_0, 2): released(second)[round_0, 1]}
    assert own[round_0, 2].cells == own[round_0, 1].cells, "its own releases tell the same bound twice"
    (ranges,) = [
        s.ranges for s in await _solved(Attack(now, [before], own), now) if any("part task" in key for key in s.pinned)
    ]
    (leak,) = [found for key, found in ranges.items() if key == f"part task|{round_0} *|* since 0"]
    assert (leak.low, leak.high) == (1, 1), "the sum rose by one: the corrected visit shows the task"
    assert corrected in second

    kept, leaks = await audited(judge(second, [first], RULE), second, places(second) | {round_0: 2}, [before], own)
    assert leaks == ()
    assert all(v.whole is not None and v.whole.key == "few_corrections" for v in kept)


async def test_a_correction_of_many_visits_is_told_as_far_as_it_says_nothing_of_one() -> None:
    """Twelve visits of three schools change both ways; what is told leaves each school's part open."""
    first = [v for n in range(4) for v in mixed(n)]
    flipped = {(n, m) for n in range(3) for m in range(4)}
    second = [
        a_visit(n, m, v.subject, (["task"] if "task" not in v.elements else []) if (n, m) in flipped else [*v.elements])
        for n in range(4)
        for m, v in enumerate(mixed(n))
    ]
    at = {an_id(f"round {n}"): 2 if n < 3 else 1 for n in range(4)}
    told, _ = await a_section(first)
    before = [state_of(told, first, places(first))]
    own = {**released(first), **{(key[0], 2): cell for key, cell in released(second).items()}}
    kept, leaks = await audited(judge(second, [first], RULE), second, at, before, own)
    assert leaks == ()
    assert of(kept).cells["task"] == Told(20)


def corrected(visits: Sequence[Visit]) -> list[Visit]:
    """School 0 at its second release: five rooms of mathematics show content now, and one of music shows the task."""
    found = []
    for n, v in enumerate(visits):
        more = {"content"} if n < 5 else {"task"} if n == 6 else set()
        found.append(replace(v, elements=v.elements | more) if v.round_id == an_id("round 0") else v)
    return found


async def test_what_a_round_told_between_two_sections_is_held_against_them() -> None:
    first = [v for n in range(4) for v in mixed(n)]
    second = corrected(first)
    told, _ = await a_section(first)
    now = {**places(second), an_id("round 0"): 3}
    mine = [v for v in second if v.round_id == an_id("round 0")]
    rounds = {**released(first), **released(mine, 2), **released(mine, 3)}
    state = state_of(judge(second, [], RULE), second, now)
    asked = Attack(state, [state_of(told, first, places(first))], rounds).element("task", state)
    names = [set(asked.told[f"round {an_id('round 0')} {place}"].form) for place in (1, 2, 3)]
    assert names[1] == names[2], "nothing changed between them: the same counts"
    assert names[0] & names[1]
    assert names[0] != names[1]


def test_how_sure_a_section_is_says_nothing_of_how_schools_differ() -> None:
    """Eight of sixteen rooms of four schools: two of four in each, or all of two schools and none of the others."""
    alike = [a_visit(n, m, MUSIC, ["task"] if m < 2 else []) for n in range(4) for m in range(4)]
    apart = [a_visit(n, m, MUSIC, ["task"] if n < 2 else []) for n in range(4) for m in range(4)]
    spread = spread_of([], schools=4, visits=40)

    def music(visits: Sequence[Visit]) -> SectionGroup:
        return group_of(of(judge(visits, [], RULE), subject=MUSIC), spread)

    assert music(alike) == music(apart)
    task = next(c for c in music(alike).cells if c.category == "task")
    assert task.count == 8
    assert task.low is not None
    assert task.low < share_interval(8, 16, 16).low, "wider than of sixteen rooms by themselves"


def test_likeness_of_schools_is_found_from_what_was_released() -> None:
    chance = Random(4)

    def likeness_of(shares: Sequence[float]) -> float:
        schools = []
        for share in shares:
            has = sum(chance.random() < share for _ in range(40))
            found = share_interval(has, 40, 40)
            schools.append(Seen(40, has / 40, found.low, found.high))
        known = likeness(schools)
        assert known is not None
        return known

    same, spread = likeness_of([0.5] * 60), likeness_of([0.5 + 0.4 * (-1) ** n for n in range(60)])
    assert same < 0.06
    assert spread == pytest.approx(0.64, abs=0.2), "variance 0.16 of 0.25 lies between the schools"
    assert likeness([Seen(10, at_most=2)] * 4) is None


@pytest.mark.parametrize("seed", range(4))
async def test_no_district_of_chance_can_be_worked_out(seed: int) -> None:
    chance = Random(seed)
    visits = []
    for school in range(chance.randint(3, 6)):
        for n in range(chance.randint(4, 9)):
            elements = [e for e in ELEMENTS if chance.random() < chance.choice([0.2, 0.5, 0.9])]
            grade, subject = chance.choice(["K-2", "3-5"]), chance.choice([MATH, MATH, MUSIC])
            visits.append(a_visit(school, n, subject, elements, grade))
    told, leaks = await a_section(visits)
    assert leaks == ()
    for verdict in told:
        for element, outcome in verdict.cells.items():
            if isinstance(outcome, Told):
                assert outcome.count == sum(element in v.elements for v in visits if verdict.group.holds(v))
            elif not isinstance(outcome, Withheld):
                assert outcome == two_sided(table_of(verdict.visits, element), WITH)


def test_grade_bands_come_by_age_on_the_page_as_on_paper() -> None:
    visits = [a_visit(1, n, MATH, [], band) for n, band in enumerate(("9-12", "K-2", "3-5", "PK"))]
    assert [g.grade_band for g in menu(visits) if g.grade_band and g.subject is None] == ["PK", "K-2", "3-5", "9-12"]


def test_one_subject_has_one_name() -> None:
    slots = [an_id(f"slot {n}") for n in range(3)]
    found = named_alike(zip(slots, ("3-5", "3-5", "3-5"), ("mathematics", "Mathematics ", "Mathematics"), strict=True))
    assert set(found.values()) == {("3-5", "Mathematics")}


def frozen(since: date, until: date, release: int = 1, place: int = 1) -> SectionFrozen:
    section = Section(
        section_id=an_id(f"section {since} {release}"),
        since=since,
        until=until,
        release=release,
        as_of=datetime(2026, 10, 6, tzinfo=UTC),
        rule=RULE,
        rounds=3,
        schools=3,
        groups=(),
    )
    return SectionFrozen(section=section, places={an_id("round"): place})


def test_periods_are_the_same_or_apart() -> None:
    autumn = frozen(date(2026, 8, 1), date(2026, 12, 20))
    state = evolve(Sections(), autumn)

    def wish(event: SectionFrozen, n: int = 1) -> FreezeSection:
        return FreezeSection(section=event.section, places=event.places, frozen=n)

    with pytest.raises(Refused):
        SECTIONS.decide(wish(frozen(date(2026, 8, 1), date(2026, 10, 1))), state)
    assert SECTIONS.decide(wish(frozen(date(2027, 1, 5), date(2027, 6, 1))), state)
    assert SECTIONS.decide(wish(frozen(date(2026, 8, 1), date(2026, 12, 20), 2)), state) == (), "nothing new"
    assert SECTIONS.decide(wish(frozen(date(2026, 8, 1), date(2026, 12, 20), 2, place=2)), state)
    newer = autumn.model_copy(update={"section": autumn.section.model_copy(update={"rules": RULES})})
    assert SECTIONS.decide(wish(newer), state), "made by older rules"
    with pytest.raises(Conflict):
        SECTIONS.decide(wish(frozen(date(2027, 1, 5), date(2027, 6, 1)), 0), state)


def section_of(told: Sequence[Verdict]) -> Section:
    """The section of these verdicts, as four schools would have it."""
    spread = spread_of([], schools=4, visits=sum(len(v.visits) for v in told if v.group == Group()))
    return frozen(date(2026, 8, 1), date(2026, 12, 20)).section.model_copy(
        update={"groups": tuple(group_of(v, spread) for v in told)}
    )


async def test_paper_and_workbook_hold_the_figures_of_the_section_and_no_other() -> None:
    visits = [v for n in range(4) for v in mixed(n)] + [a_visit(0, 20, "Art", ["task"])]
    told, _ = await a_section(visits)
    named = {"instrument": "ipg", "instrument_version": 1}
    agreed = (
        SectionAgreement(**named, look_for="1a", alpha=0.6, low=0.4, high=0.8),
        SectionAgreement(**named, look_for="1b", alpha=0.0),
        SectionAgreement(**named, look_for="1c", hidden=hidden("few_or_linked", 3)),
    )
    section = section_of(told).model_copy(update={"agreement": agreed})
    shares = {f"{c.count} of {g.n}" for g in section.groups for c in g.cells if c.count is not None}
    assert shares
    assert any(g.hidden for g in section.groups)
    for language in LANGUAGES:
        say = Wording(language)
        prompt = {"en": "Work is cognitively demanding", "es": "El trabajo exige pensar"}
        handed = document(section, say, {("ipg", 1): RoundWords(items={"1a": {"prompt": prompt}})})
        text = " ".join(extract_text(io.BytesIO(paper.to_pdf(handed, say))).split())
        for foot in handed.foot:
            assert " ".join(foot.split()) in text
        tell = Teller(RoundWords(), say)
        reasons = {tell.why(g.hidden) for g in section.groups if g.hidden}
        assert all(why in text for why in reasons), "each group that is hidden says why, in one table"
        for said in (
            f"{prompt[language]} (ipg 1)",
            "1b (ipg 1)",
            {"en": "0.6 (0.4 to 0.8)", "es": "0,6 (de 0,4 a 0,8)"}[language],
            say.t("district.agreement_chance"),
            tell.why(hidden("few_or_linked", 3)),
        ):
            assert said in text
        if language == "en":
            assert set(re.findall(r"(?<!at most )(?<!at least )\b\d+ of \d+\b", text)) == shares
        body = workbook.to_xlsx(handed, list(rows_of(section)), section.as_of, say, HEADER)
        assert body == workbook.to_xlsx(handed, list(rows_of(section)), section.as_of, say, HEADER)
        head, *rows = openpyxl.load_workbook(io.BytesIO(body))[say.t("figures.sheet_figures")].iter_rows(
            values_only=True
        )
        assert head == HEADER
        assert {f"{r[4]} of {r[5]}" for r in rows if r[3] == "told" and r[2] != AGREEMENT} == shares
        assert [r[3:4] + r[10:] for r in rows if r[2] == AGREEMENT] == [
            ("told", "1a (ipg 1)", 0.6, 0.4, 0.8, "0.6 (0.4 to 0.8)"),
            ("told", "1b (ipg 1)", 0, None, None, Wording().t("district.agreement_chance")),
            ("hidden", "1c (ipg 1)", None, None, None, hidden("few_or_linked", 3).text),
        ]
        assert all(r[4:9] == (None,) * 5 for r in rows if r[3] == "hidden" and r[2] is None)
