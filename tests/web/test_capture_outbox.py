"""What a person does in the outbox and with the device: mend, send again, keep both, save a copy, install, keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import expect

from tests.web.tablet import BATCHES, Tablet

NewTablet = Callable[..., Tablet]
WORDS = "What was said, done, asked or made?"
_BACK = "dispatchEvent(new Event('online'))"
_INSTALLABLE = ("warn-not-offline-capable", "platform-not-supported-on-android")


def test_what_the_server_refuses_is_put_aside_saved_mended_and_sent(new_tablet: NewTablet, tmp_path: Path) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    mark = uuid4().hex[:8]
    tablet.slot(3)
    page = tablet.page
    tablet.offline()
    tablet.write(f"{mark} Four students wrote.", "Student")
    tablet.write(f"{mark} Two students read.", "Student")
    page.get_by_role("button", name=f"Edit : {mark} Two").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Minute of the visit").fill("250")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    tablet.write(f"{mark} The task was a table of values.", "Task")
    tablet.offline(False)
    page.evaluate(_BACK)
    # One of four is refused; it holds up no other.
    expect(page.get_by_role("link", name="1 needs attention")).to_be_visible()
    assert sum(mark in words for words in tablet.stored()) == 3

    page.get_by_role("link", name="1 needs attention").click()
    expect(page.get_by_role("heading", name="Outbox")).to_be_visible()
    aside = page.locator(".item", has_text=mark)
    expect(aside).to_contain_text("Minute 250 is not in a visit")
    expect(page.get_by_text("Everything was in")).to_have_count(0)
    tablet.accessible()
    tablet.fits()
    tablet.shoot("outbox-refused")
    tablet.speak("Español")
    expect(aside).to_contain_text("El minuto no cae dentro de la visita.")
    tablet.accessible()
    tablet.fits()
    tablet.speak("English")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save a copy").click()
    caught.value.save_as(tmp_path / "copy.json")
    copy = json.loads((tmp_path / "copy.json").read_text())
    [item] = copy["items"]
    assert (item["kind"], item["minute"], item["state"], item["reason"]) == (
        "amend",
        250,
        "refused",
        "minute_out_of_range",
    )
    assert mark in item["words"]

    with page.expect_response(BATCHES):
        aside.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("link", name="1 needs attention")).to_be_visible()
    expect(aside).to_contain_text("Minute 250 is not in a visit")
    aside.get_by_role("button", name="Edit").click()
    dialog.get_by_label("Minute of the visit").fill("5")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    tablet.all_in()
    expect(aside).to_have_count(0)
    expect(page.get_by_text("Everything was in")).to_be_visible()
    day = tablet.get("rounds/capture/day")
    held = {s["words"]: s["minute"] for v in day["visits"] for slot in v["slots"] for s in slot["statements"]}
    assert held[f"{mark} Two students read."] == 5
    assert tablet.failures == []


def test_two_versions_are_made_one_or_left_as_they_are(new_tablet: NewTablet) -> None:
    tablet, phone = new_tablet(), new_tablet()
    mark = uuid4().hex[:8]
    tablet.sign_in().slot(1)
    tablet.write(f"{mark} a: two wrote.")
    tablet.write(f"{mark} b: two read.")
    tablet.all_in()
    phone.sign_in().ready().slot(1)

    def change(device: Tablet, which: str, to: str) -> None:
        device.page.get_by_role("button", name=f"Edit : {mark} {which}").click()
        dialog = device.page.get_by_role("dialog")
        dialog.get_by_label(WORDS).fill(f"{mark} {which}: {to}")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)

    for which in ("a", "b"):
        change(phone, which, "three did.")
    phone.all_in()
    tablet.offline()  # what comes back on the first would show it what the phone wrote on the second
    for which in ("a", "b"):
        change(tablet, which, "four did.")
    tablet.offline(False)
    page = tablet.page
    expect(page.get_by_role("link", name="2 need attention")).to_be_visible()
    expect(page.get_by_text("Two versions were kept")).to_have_count(2)
    page.get_by_role("listitem").filter(has_text=f"{mark} a:").get_by_role("button", name="Choose").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Make one of both").click()
    both = dialog.get_by_label(WORDS)
    expect(both).to_have_value(f"{mark} a: three did.\n{mark} a: four did.")
    both.fill(f"{mark} a: three, then four did.")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("link", name="1 needs attention").click()
    page.locator(".item", has_text=f"{mark} b:").get_by_role("button", name="Leave it so").click()
    tablet.all_in()
    assert {w for w in tablet.stored() if mark in w} == {
        f"{mark} a: three, then four did.",
        f"{mark} b: three did.",
    }


def test_the_app_installs_and_says_whether_the_browser_keeps_what_is_stored(new_tablet: NewTablet) -> None:
    tablet = new_tablet()
    tablet.sign_in().ready()
    page = tablet.page
    browser = tablet.context.new_cdp_session(page)
    errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [e["errorId"] for e in errors if e["errorId"] not in _INSTALLABLE] == []
    page.evaluate(
        """() => {
          const offer = new Event('beforeinstallprompt', { cancelable: true });
          offer.prompt = async () => ((window.prompted = true), { outcome: 'accepted' });
          window.held = !dispatchEvent(offer);
        }"""
    )
    assert page.evaluate("window.held"), "the browser's own banner waits for the person"
    page.get_by_role("button", name="Install the app").click()
    expect(page.get_by_role("button", name="Install the app")).to_have_count(0)
    assert page.evaluate("window.prompted")

    expect(page.get_by_text("The browser may clear what is stored here")).to_be_visible()
    browser.send("Browser.grantPermissions", {"permissions": ["durableStorage"], "origin": tablet.url})
    page.get_by_role("button", name="Ask it to keep").click()
    expect(page.get_by_text("The browser keeps what is stored here")).to_be_visible()
    tablet.accessible()
