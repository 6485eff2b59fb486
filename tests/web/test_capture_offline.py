"""Taking notes without a network: what the app called saved is on the server once, whatever happened between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from uuid import uuid4

from playwright.sync_api import expect

from tests.web.tablet import CORE, ON_DISK, Tablet

NewTablet = Callable[..., Tablet]
STATEMENTS = 200
AIM = "content-posted"
_BACK = "dispatchEvent(new Event('online'))"
# The words go in as typing puts them there, without a round trip of the test for each.
_WRITE = """async ([texts, cores]) => {
  const area = document.getElementById('words');
  const said = document.querySelector('.said');
  for (const [n, text] of texts.entries()) {
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => setTimeout(done));
    const before = localStorage.getItem('told') ?? '';
    document.querySelectorAll('.core-button')[cores[n]].click();
    while (area.value !== '') await new Promise((done) => requestAnimationFrame(done));
    localStorage.setItem('told', before + text.slice(0, 8) + ' ');
  }
}"""


def some(count: int) -> tuple[list[str], list[str]]:
    marks = [uuid4().hex[:8] for _ in range(count)]
    return marks, [f"{mark} Student {n % 28} wrote line {n} of the text." for n, mark in enumerate(marks)]


def times_stored(tablet: Tablet, marks: list[str]) -> Counter[str]:
    held = Counter(words[:8] for words in tablet.stored())
    return Counter({mark: held[mark] for mark in marks})


def test_a_statement_written_without_a_network_is_sent_when_it_is_back(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    [mark], [words] = some(1)
    tablet.offline()
    tablet.slot()
    tablet.write(words)
    expect(tablet.page.get_by_text("1 on this device only")).to_be_visible()

    tablet.kill()
    tablet.start(offline=True)
    tablet.slot()
    expect(tablet.page.locator("p.words", has_text=mark)).to_be_visible()
    expect(tablet.page.get_by_label("What was said, done, asked or made?")).to_have_value("")

    tablet.offline(False)
    tablet.page.evaluate(_BACK)
    tablet.all_in()
    assert times_stored(tablet, [mark]) == {mark: 1}
    tablet.page.get_by_role("link", name="Everything is in").click()
    expect(tablet.page.get_by_text("received and confirmed").first).to_be_visible()
    assert tablet.failures == []


# What waits to be sent has been changed twice since it was first written, on the disk.
_CHANGED_TWICE = f"""async () => {{
  {ON_DISK}
  const rows = await own((db) => asked(held(db, 'rows').getAll()));
  return rows.some((row) => row.state === 'device' && row.edition === 2);
}}"""


def test_an_answer_taken_back_without_a_network_is_none_on_the_server(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready().slot(2)
    page = tablet.page
    aim = page.get_by_role("group", name="The aim of the lesson could be seen or was said")
    aim.get_by_label("Seen only").check()
    tablet.answered({AIM: "seen"})
    tablet.offline()
    aim.get_by_role("button", name="Clear answer").press("Enter")
    expect(aim.get_by_text("Not answered.")).to_be_visible()
    tablet.accessible()
    aim.get_by_role("button", name="Undo").press("Enter")
    expect(aim.get_by_label("Seen only")).to_be_checked()
    aim.get_by_role("button", name="Clear answer").press("Enter")
    expect(aim.get_by_text("Not answered.")).to_be_visible()
    expect(page.get_by_text("on this device only")).to_be_visible()
    tablet.until(_CHANGED_TWICE)

    page.reload()
    expect(aim.get_by_label("Seen only")).not_to_be_checked()
    tablet.offline(False)
    page.evaluate(_BACK)
    tablet.all_in()
    tablet.answered({AIM: None})
    page.reload()
    expect(aim.get_by_label("Neither")).to_be_visible()
    expect(aim.get_by_label("Seen only")).not_to_be_checked()
    assert tablet.failures == []


def test_two_hundred_statements_survive_kills_lost_answers_and_a_busy_server(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    marks, texts = some(STATEMENTS)
    cores = [n % len(CORE) for n in range(STATEMENTS)]
    tablet.offline()
    tablet.slot()
    for first, last in ((0, 60), (60, 130), (130, STATEMENTS)):
        tablet.page.evaluate(_WRITE, [texts[first:last], cores[first:last]])
        if last < STATEMENTS:
            tablet.kill()
            tablet.start(offline=True)
            tablet.slot()
    expect(tablet.page.get_by_text(f"{STATEMENTS} on this device only")).to_be_visible()

    left = [tablet.refuse_service(2), tablet.lose_answers(1)]  # first taken and never heard of, then 503 twice
    tablet.offline(False)
    tablet.page.evaluate(_BACK)
    tablet.all_in()
    assert left == [[0], [0]]
    assert set(times_stored(tablet, marks).values()) == {1}
    assert tablet.failures == []


def test_whenever_the_browser_is_killed_all_that_was_called_saved_is_found(new_tablet: NewTablet) -> None:
    random = Random(11)
    tablet = new_tablet()
    tablet.sign_in().ready()
    tablet.offline()
    told: set[str] = set()
    written: set[str] = set()
    for _ in range(4):
        tablet.slot()
        marks, texts = some(60)
        written |= set(marks)
        tablet.page.evaluate("localStorage.setItem('told', '')")
        tablet.page.evaluate(f"args => void ({_WRITE})(args)", [texts, [0] * len(texts)])
        enough = random.randint(2, 25)
        tablet.page.wait_for_function("n => localStorage.getItem('told').split(' ').length > n", arg=enough)
        told |= set((tablet.page.evaluate("localStorage.getItem('told')") or "").split())
        tablet.kill()
        tablet.start(offline=True)
    assert told
    tablet.slot()
    tablet.offline(False)
    tablet.page.evaluate(_BACK)
    tablet.all_in()
    found = times_stored(tablet, sorted(written))
    assert told <= {mark for mark, times in found.items() if times}
    assert max(found.values()) == 1
