"""A round's handout as a document, before it is paper or workbook: one place decides what stands in it. Pure.

Everything comes from the frozen snapshot, the school's round before it, and the words that the rounds service
released; the suppression is the snapshot's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.reporting.disclosure.rule import Hidden, Rule
from services.reporting.figures.facts import CORE_ELEMENTS
from services.reporting.figures.tables import RATED
from services.reporting.follow_through.counts import Commitments, FollowThrough
from services.reporting.handout.words import Body, RoundWords
from services.reporting.releases.changes import Change, changes
from services.reporting.releases.lead import ask_next, lead
from services.reporting.releases.snapshot import Cell, ReleasedTable, Sentence, Snapshot
from shared.wording import Wording, whole_percent


@dataclass(frozen=True, slots=True)
class Line:
    """One share in words, or the difference of two in points; the numbers are for the drawing, or the whole points, and
    None where nothing may be told."""

    label: str
    share: str
    interval: str
    count: str
    numbers: tuple[float, float, float] | None = None
    core: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """`heads`: of a block without drawings. Two: its lines have a label and a count alone; four: all, in points."""

    title: str
    definition: str
    lines: tuple[Line, ...]
    note: str = ""
    heads: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    name: str
    description: str
    base: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """`problem`: the problem of practice and the theory of action, each under its heading."""

    title: str
    subtitle: str
    lead: tuple[str, ...]
    held: str
    problem: tuple[tuple[str, str], ...]
    patterns: tuple[Pattern, ...]
    predictions: tuple[str, ...]
    commitments: tuple[tuple[str, ...], ...]
    ask: tuple[str, ...]
    blocks: tuple[Block, ...]
    foot: tuple[str, ...]


def handout(
    school: str,
    snapshot: Snapshot,
    before: Snapshot | None,
    words: RoundWords,
    say: Wording,
    kept: Commitments | None = None,
    promised: FollowThrough | None = None,
    rounds: Sequence[Snapshot] = (),
) -> Handout:
    """`kept`, `promised`: what became of the commitments, one by one and counted. `rounds`: the school's, in order."""
    synthesis = words.synthesis or {}
    tell = Teller(words if synthesis else replace(words, synthesis=_numbered(snapshot, say)), say)
    states = {c.number: c.status for c in kept.commitments} if kept else {}
    return Handout(
        title=school,
        subtitle=say.t("figures.release_of", day=say.day(snapshot.day), release=snapshot.release),
        lead=tuple(tell.sentence(s) for s in lead(snapshot, before)),
        held=" ".join(
            f"{say.t(f'figures.{what}')} {tell.why(why)}"
            for what, why in (("held", snapshot.held), ("older", snapshot.older))
            if why
        ),
        problem=tuple(
            (say.t(f"figures.{key}"), str(synthesis[name]))
            for key, name in (("problem", "problem"), ("theory", "theory_of_action"))
            if synthesis.get(name)
        ),
        patterns=tuple(tell.pattern(p) for p in synthesis.get("patterns", ())),
        predictions=tuple(str(p) for p in synthesis.get("predictions", ())),
        commitments=tuple(
            tell.commitment(c, states.get(n)) for n, c in enumerate(synthesis.get("next_level_of_work", ()), start=1)
        ),
        ask=tuple(tell.sentence(s) for s in ask_next(snapshot, before, promised)),
        blocks=tuple(tell.blocks(snapshot, before, rounds)),
        foot=foot(snapshot, say),
    )


def _numbered(snapshot: Snapshot, say: Wording) -> Body:
    """Focus questions by their place, for whoever may not read the words of a round."""
    asked = [t.subject for t in snapshot.tables if t.definition == "focus_question.visits"]
    named = [say.t("figures.focus_question", n=n) for n in range(1, len(asked) + 1)]
    return {"focus_questions": [{"focus_question_id": i, "words": w} for i, w in zip(asked, named, strict=True)]}


def foot(snapshot: Snapshot, say: Wording) -> tuple[str, ...]:
    """Rule, filters, date and snapshot: at the foot of every page that leaves."""
    return (
        rule_words(snapshot.rule, snapshot.rules, say),
        say.t("figures.foot_filters"),
        say.t("figures.foot_known", day=say.moment(snapshot.as_of), release=snapshot.release),
        say.t(
            "figures.foot_snapshot", snapshot=snapshot.snapshot_id, method=say.t(f"figures.method.{snapshot.method}")
        ),
    )


def rule_words(rule: Rule, rules: int, say: Wording) -> str:
    """`rules`: the version of what may be told."""
    least = {"visits": rule.visits, "classrooms": rule.classrooms, "observers": rule.observers}
    return say.t("figures.foot_rule", version=rules, **least)


class Teller:
    def __init__(self, words: RoundWords, say: Wording) -> None:
        self.words, self.say = words, say

    def why(self, hidden: Hidden) -> str:
        return self.say.t(f"figures.hidden.{hidden.key}", n=hidden.n)

    def _rounds_why(self, told: str) -> str:
        """Why the rounds service shows no figures of a pattern: it keeps the English."""
        found = _FEWER.fullmatch(told)
        return self.say.t(f"figures.hidden.fewer_than_{found[2]}", n=found[1]) if found else told

    def sentence(self, found: Sentence) -> str:
        params: dict[str, object] = dict(found.params)
        if isinstance(look_for := params.get("look_for"), str):
            if "answer" in params:
                params["answer"] = self.words.answer(look_for, str(params["answer"]), self.say.language)
            params["look_for"] = self.words.subject("look_for.answers", look_for, self.say.language)
        if isinstance(question := params.get("focus_question"), str):
            params["focus_question"] = self.words.subject("focus_question.visits", question, self.say.language)
        if isinstance(element := params.get("element"), str):
            params["element"] = self.say.word("core", element).lower()
        if isinstance(day := params.get("day"), str):
            params["day"] = self.say.day(date.fromisoformat(day))
        return self.say.find(f"figures.sentence.{found.key}", **params) or found.text

    def pattern(self, pattern: Body) -> Pattern:
        if pattern.get("hidden"):
            base = f"{self.say.t('figures.hidden')}: {self._rounds_why(str(pattern['hidden']))}"
        else:
            exact = pattern.get("classrooms")
            base = self.say.t(
                "figures.pattern_base_at_least" if exact is None else "figures.pattern_base",
                statements=pattern.get("statements") or 0,
                classrooms=exact or pattern.get("classrooms_at_least") or 0,
            )
        told = () if pattern.get("hidden") else pattern.get("evidence") or ()
        return Pattern(
            str(pattern["name"]), str(pattern.get("description") or ""), base, tuple(_words(t) for t in told)
        )

    def commitment(self, step: Body, status: str | None) -> tuple[str, ...]:
        by_when = self.say.find(f"figures.by_when.{step['by_when']}") or str(step["by_when"])
        return str(step["what"]), str(step["who"]), by_when, self.say.t(f"figures.status.{status or 'open'}")

    def blocks(self, snapshot: Snapshot, before: Snapshot | None, rounds: Sequence[Snapshot]) -> Iterator[Block]:
        if snapshot.base is None:
            return
        groups: dict[str, list[ReleasedTable]] = {}
        for table in snapshot.tables:
            key = table.definition if table.definition not in RATED else f"{table.definition} {table.subject}"
            groups.setdefault(key, []).append(table)
        for found in groups.values():
            if any(t.hidden or t.cells for t in found):
                yield self.block(found)
        if len(rounds) > 1:
            yield self.trend(rounds)
        if before is not None:
            yield self.changed(changes(before, snapshot), before)

    def block(self, tables: Sequence[ReleasedTable]) -> Block:
        first = tables[0]
        name = _TITLES[first.definition]
        subject = self.words.subject(first.definition, first.subject or "", self.say.language)
        unrated = sum(t.not_rated or 0 for t in tables)
        return Block(
            self.say.t(f"figures.{name}", name=subject),
            self.say.t(f"figures.definition.{first.definition}"),
            tuple(line for table in tables for line in self.lines(table)),
            self.say.t("figures.not_rated", n=unrated) if unrated else "",
        )

    def lines(self, table: ReleasedTable) -> Iterator[Line]:
        visits = table.definition.endswith(".visits")
        if table.hidden is not None:
            label = self.label(table, table.subject or "") if visits else self.say.t(f"figures.all_of_it.{table.unit}")
            yield Line(label, "", "", f"{self.say.t('figures.hidden')}: {self.why(table.hidden)}")
            return
        for cell in table.cells:
            code = (table.subject or "") if visits else cell.category
            core = code if table.definition.startswith("core_element") else None
            yield self.line(self.label(table, code), cell, table.n or 0, core)
        if table.rest is not None:
            why = f"{self.say.t('figures.hidden')}: {self.why(table.rest)}"
            yield Line(self.say.t("figures.other_answers"), "", "", why)

    def label(self, table: ReleasedTable, code: str) -> str:
        if table.definition.startswith("core_element"):
            return self.say.word("core", code)
        if table.definition.endswith(".visits"):
            return self.words.subject(table.definition, code, self.say.language)
        if table.definition == "statements.judgmental":
            return self.say.t(f"figures.manner.{code}")
        return self.words.answer(table.subject or "", code, self.say.language)

    def line(self, label: str, cell: Cell, n: int, core: str | None) -> Line:
        say = self.say
        if cell.at_most is not None:
            return Line(label, "", "", say.t("figures.at_most", bound=cell.at_most, n=n), core=core)
        if cell.at_least is not None:
            return Line(label, "", "", say.t("figures.at_least", bound=cell.at_least, n=n), core=core)
        if cell.state == "hidden" or cell.share is None or cell.low is None or cell.high is None:
            why = self.why(cell.why) if cell.why else ""
            return Line(label, "", "", f"{say.t('figures.hidden')}: {why}", core=core)
        doubt = "" if cell.certainty in (None, "fair") else f" ({say.t(f'figures.{cell.certainty}')})"
        between = say.t("figures.range", low=say.percent(cell.low), high=say.percent(cell.high))
        return Line(
            label,
            say.percent(cell.share),
            between + doubt,
            say.t("figures.of_n", count=cell.count, n=n),
            (cell.share, cell.low, cell.high),
            core,
        )

    def trend(self, rounds: Sequence[Snapshot]) -> Block:
        """Round by round below each core element, so that the bars of one stand together."""
        lines = [
            replace(line, label=f"{line.label}, {self.say.day(told.day)}")
            for core in CORE_ELEMENTS
            for told in rounds
            for table in told.tables
            if (table.definition, table.subject) == ("core_element.visits", core)
            for line in self.lines(table)
        ]
        return Block(self.say.t("figures.trend"), self.say.t("figures.trend_lead"), tuple(lines))

    def changed(self, found: Sequence[Change], before: Snapshot) -> Block:
        lines = []
        for change in found:
            label = self.name_of(change)
            if change.before is None or change.after is None or change.low is None or change.high is None:
                lines.append(Line(label, "", "", self.say.t(f"figures.change.{change.state}")))
                continue
            # That of the shares as they are told: 32.4 and 33.6 % are 32 and 34.
            difference, low, high = (
                whole_percent(change.after) - whole_percent(change.before),
                _points(change.low),
                _points(change.high),
            )
            between = self.say.t("figures.range", low=_signed(low), high=_signed(high))
            verdict = self.say.t(f"figures.change.{change.verdict}")
            small = not difference and change.before != change.after
            moved = self.say.t("figures.change.under_a_point") if small else _signed(difference)
            lines.append(Line(label, moved, between, verdict, (difference, low, high)))
        return Block(
            self.say.t("figures.change.title", day=self.say.day(before.day)),
            self.say.t("figures.change.definition"),
            tuple(lines),
            heads=tuple(self.say.t(f"figures.{key}") for key in ("what", "change.what", "interval", "change.verdict")),
        )

    def name_of(self, change: Change) -> str:
        """What a change is of, where the changes of all tables stand in one."""
        say, subject = self.say, change.subject or ""
        if change.definition == "core_element.visits":
            return say.word("core", subject)
        if change.definition == "core_element.statements":
            return f"{say.t('figures.core_statements')}: {say.word('core', change.category)}"
        if change.definition == "statements.judgmental":
            return f"{say.t('figures.manner')}: {say.t(f'figures.manner.{change.category}')}"
        name = self.words.subject(change.definition, subject, say.language)
        if change.definition.endswith(".visits"):
            return name
        return f"{name}: {self.words.answer(subject, change.category, say.language)}"


_FEWER = re.compile(r"fewer than (\d+) (classrooms|visits|observers)")
_TITLES = {
    "core_element.visits": "core_visits",
    "core_element.statements": "core_statements",
    "statements.judgmental": "manner",
    "focus_question.visits": "focus",
    "look_for.visits": "look_for_visits",
    "look_for.answers": "look_for_answers",
    "look_for.options": "look_for_options",
    "look_for.intervals": "look_for_intervals",
}


def _points(share: float) -> int:
    """Whole points, halves away from zero."""
    return int(math.copysign(math.floor(abs(100 * share) + 0.5), share))


def _signed(points: int) -> str:
    """With its sign, the minus a letter that no spreadsheet takes for a formula."""
    return f"{points:+}".replace("-", "\u2212") if points else "0"


def _words(statement: object) -> str:
    return str(statement.get("words", "")) if isinstance(statement, dict) else str(statement)
