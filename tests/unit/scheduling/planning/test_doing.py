"""What a worker says that it does has a word on the screen."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def test_whatever_a_plan_is_told_to_be_doing_is_in_the_catalogue() -> None:
    words = json.loads((ROOT / "shared/catalogue/plans.json").read_text())
    sources = [
        p.read_text() for p in (ROOT / "services/scheduling/planning").rglob("*.py") if "visit_day" not in p.parts
    ]
    said = {word for text in sources for word in re.findall(r'\.doing\("([a-z_]+)"', text)}
    assert {"started", "relaxations"} <= said
    assert {f"doing.{word}" for word in said} <= words.keys()
