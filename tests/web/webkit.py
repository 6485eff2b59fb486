"""WebKit (Debian's webkit2gtk-driver under Xvfb), spoken to by WebDriver: what a smoke test needs of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from shared.embedded.process import free_port

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
_PATIENCE = 60  # seconds
_POLL = 0.1


def missing() -> str | None:
    """What this machine lacks, in one line; None when all is there."""
    if shutil.which("WebKitWebDriver") and shutil.which("Xvfb") and _BROWSERS:
        return None
    return "WebKit is not here: apt-get install webkit2gtk-driver xvfb"


class WebKit:
    """One browser window."""

    def __init__(self, http: httpx.Client, session: str) -> None:
        self._http, self._session = http, session

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        json = (body or {}) if method == "POST" else None
        answer = self._http.request(method, f"/session/{self._session}{path}", json=json)
        value = answer.json()["value"]
        if answer.is_error:
            raise RuntimeError(f"{path}: {value['error']}: {value['message']}")
        return value

    def goto(self, url: str) -> None:
        self._ask("POST", "/url", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of a function answers."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, css: str) -> str:
        """Waits for an element that is shown; answers its handle."""
        return str(self.until(lambda: self._shown(css), css))

    def _shown(self, css: str) -> str | None:
        found = self._ask("POST", "/elements", {"using": "css selector", "value": css})
        for element in found:
            if self._ask("GET", f"/element/{element[_ELEMENT]}/displayed"):
                return str(element[_ELEMENT])
        return None

    def click(self, css: str) -> None:
        self._ask("POST", f"/element/{self.find(css)}/click")

    def type(self, css: str, text: str) -> None:
        self._ask("POST", f"/element/{self.find(css)}/value", {"text": text})

    def says(self, text: str) -> None:
        """Waits until the page shows the text."""
        self.until(lambda: text in str(self.run("return document.body.innerText")), text)

    def until(self, there: Any, what: str) -> Any:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                found = there()
            except RuntimeError as error:  # the page is between two documents
                found, what = None, f"{what} ({error})"
            if found:
                return found
            if time.monotonic() > deadline:
                shown = self.run("return location.href + '\\n' + document.body.innerText")
                raise AssertionError(f"never seen: {what}\n{shown}")
            time.sleep(_POLL)


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A window on a disk of its own, gone at the end."""
    reading, writing = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    folder.mkdir()
    home = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    port = free_port()
    driver = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env=os.environ | home | {"DISPLAY": f":{number}", "WEBKIT_DISABLE_DMABUF_RENDERER": "1"},
        stdout=subprocess.DEVNULL, stderr=(folder / "driver.log").open("wb"),
    )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE) as http:
            window = WebKit(http, _session(http))
            yield window
            http.delete(f"/session/{window._session}")
    finally:
        for process in (driver, display):
            process.kill()
            process.wait()


def _session(http: httpx.Client) -> str:
    options = {"binary": str(_BROWSERS[-1]), "args": ["--automation"]}
    asked = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            answer = http.post("/session", json=asked)
        except httpx.TransportError:
            assert time.monotonic() < deadline, "WebKitWebDriver does not answer"
            time.sleep(_POLL)
            continue
        assert answer.is_success, answer.text
        return str(answer.json()["value"]["sessionId"])
