"""What the pages of a test stood at when it failed, beside its report: where another machine fails, nobody looks on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page

MOST_LINES = 40
MOST_WORDS = 1500  # characters of a page


@dataclass
class Watched:
    page: Page
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_LINES))


_watched: list[Watched] = []


def watch(page: Page) -> None:
    """Writes down what the browser says of this page from now on."""
    seen = Watched(page)
    _watched.append(seen)
    say = seen.lines.append
    page.on("pageerror", lambda error: say(f"error: {error}"))
    page.on("console", lambda message: say(f"{message.type}: {message.text}"))
    page.on("requestfailed", lambda request: say(f"no answer: {request.method} {request.url} ({request.failure})"))
    page.on("framenavigated", lambda frame: say(f"went to {frame.url}"))
    page.on("close", lambda _: _watched.remove(seen) if seen in _watched else None)


def told() -> str:
    """The pages that stand open, each with its words and what was said of it last."""
    return "\n\n".join(filter(None, map(_told, _watched)))


def _told(seen: Watched) -> str:
    if not seen.lines:
        return ""
    try:
        words = seen.page.locator("body").inner_text(timeout=2000)
    except Error as error:  # a browser that was ended has nothing to say
        words = f"({error.message})"
    seen_last = "\n".join(seen.lines)
    seen.lines.clear()
    return f"{seen.page.url}\n{words[:MOST_WORDS]}\n--\n{seen_last}"
