"""How often the marks of judging words are right, on sentences that a person has labelled.

`labelled_sentences.csv` is ours; the rows with "-blind" were never used to change the lists: of those the recall is
what a writer may expect. Whoever changes the lists by them writes new ones. `labelled_notes.csv` labels the sentences
of real notes, which stay outside: by hash, no words.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from services.rounds.capture.judging import judges, judging, marks
from services.rounds.imports.sentences import statements

SUPPORT = Path(__file__).resolve().parents[2] / "support"
GOLDEN = Path(__file__).resolve().parents[2] / "contract" / "golden_marks.json"
NOTES = "ipg_mathematics_observations.csv"


def labelled(*languages: str) -> list[tuple[str, bool]]:
    with (SUPPORT / "labelled_sentences.csv").open(encoding="utf-8") as file:
        return [(r["sentence"], r["judges"] == "1") for r in csv.DictReader(file) if r["language"] in languages]


def precision_and_recall(pairs: Sequence[tuple[str, bool]]) -> tuple[float, float]:
    marked = [(judges(sentence), truth) for sentence, truth in pairs]
    right = sum(m and t for m, t in marked)
    return right / sum(m for m, _ in marked), right / sum(t for _, t in marked)


@pytest.mark.parametrize(
    ("languages", "precision", "recall"),
    [(("en",), 0.95, 0.9), (("es",), 0.95, 0.9), (("en-blind", "es-blind"), 0.95, 0.6)],
    ids=["English", "Spanish", "blind"],
)
def test_marks_are_right_as_often_as_we_say(languages: tuple[str, ...], precision: float, recall: float) -> None:
    found = precision_and_recall(labelled(*languages))
    print(f"{languages}: precision {found[0]:.2f}, recall {found[1]:.2f}")
    assert found[0] >= precision
    assert found[1] >= recall


def test_marks_on_real_notes_are_right_as_often_as_we_say() -> None:
    folder = os.environ.get("RONDO_REAL_INPUT")
    if not folder or not (path := Path(folder) / "observations" / NOTES).exists():
        pytest.skip("the real notes are outside; RONDO_REAL_INPUT names their folder")
    with (SUPPORT / "labelled_notes.csv").open(encoding="utf-8") as file:
        truth = {r["sha256_16"]: r["judges"] == "1" for r in csv.DictReader(file)}
    with path.open(encoding="utf-8-sig") as file:
        cells = [v for row in csv.DictReader(file) for k, v in row.items() if k.strip().endswith("Notes:") and v]
    sentences = dict.fromkeys(s for cell in cells for s in statements(cell, []))
    pairs = [(s, truth[hashlib.sha256(s.encode()).hexdigest()[:16]]) for s in sentences]
    found = precision_and_recall(pairs)
    print(f"{len(pairs)} sentences of real notes: precision {found[0]:.2f}, recall {found[1]:.2f}")
    assert found[0] >= 0.9
    assert found[1] >= 0.9


def test_a_mark_stands_at_the_words_that_judge() -> None:
    said = "The teacher asked “Is that good?” and it was TOO  slow, and the shoes were good."
    assert [(said[m.start : m.end], m.kind) for m in marks(said)] == [("TOO  slow", "amount"), ("good", "praise")]


def test_what_is_fine_is_not_marked() -> None:
    assert not judges("Good morning, said the teacher as well; solid figures and perfect squares.")
    assert judging(["Buenos días.", "Muy bien hecho."]) == [False, True]


def test_the_browser_marks_the_same(request: pytest.FixtureRequest) -> None:
    """web/lib/judging.test.ts reads the same file. RONDO_WRITE_GOLDEN=1 writes it anew."""
    found = {
        s: [[m.start, m.end, m.kind, m.language] for m in marks(s)]
        for s, _ in labelled("en", "es", "en-blind", "es-blind")
    }
    if os.environ.get("RONDO_WRITE_GOLDEN"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == found
