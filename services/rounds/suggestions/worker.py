"""`python -m services.rounds.suggestions.worker`: statements in on stdin, groups out on stdout; words go nowhere else.

With the extra `suggest` statements are compared by a small sentence-embedding model, without it by the words that they
share (TF-IDF, stems cut at six letters, English and Spanish stop words left out). Those that point the same way are
joined (average linkage over cosine distance); a group is called by the words that mark it.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from services.rounds.suggestions.minilm import MiniLM, folder

FURTHEST = {"words": 0.8, "model": 0.55}  # cosine distance within a group, on average
SMALLEST = 3
LARGEST_SHARE = 0.4  # of all statements: a group of nearly everything says nothing
MOST_GROUPS = 12
STEM = 6
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    "the and for was were with that this they them their from have has had not are but you all one two who what when "
    "where which while then than into about each said says say asked ask students student teacher teachers class "
    "los las del que con por para una uno unos unas fue son era eran sus como más pero este esta ese esa les docente "
    "docentes alumnos alumno estudiantes estudiante clase dijo dice preguntó".split()
)


def terms(words: str) -> list[str]:
    return [w[:STEM] for w in _WORD.findall(words.lower()) if w not in _STOP]


def group(statements: list[dict[str, str]], model: MiniLM | None = None) -> list[dict[str, Any]]:
    """Of `{"id", "words"}`: groups with the words that they share, the closest first."""
    kept = [(s["id"], t) for s in statements if (t := terms(s["words"]))]
    if len(kept) < SMALLEST:
        return []
    documents = Counter(t for _, found in kept for t in set(found))
    usable = sorted(t for t, n in documents.items() if n > 1)
    index = {t: n for n, t in enumerate(usable)}
    matrix = np.zeros((len(kept), len(usable)))
    for row, (_, found) in enumerate(kept):
        for term, n in Counter(found).items():
            if term in index:
                matrix[row, index[term]] = (1 + math.log(n)) * math.log(len(kept) / documents[term] + 1)
    lengths = np.linalg.norm(matrix, axis=1)
    rows = np.flatnonzero(lengths) if model is None else np.arange(len(kept))
    if len(rows) < SMALLEST:
        return []
    unit = matrix[rows] / np.maximum(lengths[rows, None], 1e-9)
    by_id = {s["id"]: s["words"] for s in statements}
    points = unit if model is None else model.embed([by_id[id_] for id_, _ in kept])
    distance = np.clip(1 - points @ points.T, 0, 1).astype(float)
    distance = (distance + distance.T) / 2
    np.fill_diagonal(distance, 0)
    furthest = FURTHEST["words" if model is None else "model"]
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), furthest, "distance")
    found_groups: list[dict[str, Any]] = []
    for label in sorted(set(labels)):
        members = np.flatnonzero(labels == label)
        if not SMALLEST <= len(members) <= max(SMALLEST, LARGEST_SHARE * len(kept)):
            continue
        weight = unit[members].mean(axis=0)
        shared = [usable[n] for n in np.argsort(-weight)[:3] if weight[n] > 0]
        spread = float(distance[np.ix_(members, members)].mean())
        whole = _whole_words(shared, [by_id[kept[rows[m]][0]] for m in members])
        found_groups.append(
            {"statement_ids": [kept[rows[m]][0] for m in members], "words": whole, "closeness": round(1 - spread, 3)}
        )
    found_groups.sort(key=lambda g: (-g["closeness"], g["statement_ids"]))
    return found_groups[:MOST_GROUPS]


def _whole_words(stems: list[str], texts: list[str]) -> list[str]:
    """The most frequent whole word of each stem."""
    counted = Counter(w for text in texts for w in _WORD.findall(text.lower()))
    of = {stem: [w for w in counted if w[:STEM] == stem] for stem in stems}
    return [max(of[stem], key=lambda w: (counted[w], w), default=stem) for stem in stems]


if __name__ == "__main__":
    found = folder()
    told = group(json.load(sys.stdin), MiniLM(found) if found else None)
    json.dump({"method": "model" if found else "words", "groups": told}, sys.stdout)
