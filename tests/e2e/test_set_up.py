"""The first `make up` on a machine that lacks something: one sentence says what."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What set-up reads, in a folder where nothing was set up yet."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _set_up(checkout: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "tools/set-up.sh", "platform"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_without_a_network_one_sentence_says_so(checkout: Path) -> None:
    cut_off = os.environ | {name: _NOWHERE for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")}
    cut_off |= {"PYTHON": sys.executable, "NO_PROXY": "", "no_proxy": "", "PIP_NO_CACHE_DIR": "1"}

    told = _set_up(checkout, cut_off)

    assert told.returncode != 0
    last = told.stderr.strip().splitlines()[-1]
    assert last.startswith("Rondo cannot be set up: the package index cannot be reached.")
    assert "Traceback" not in told.stderr


def test_with_an_old_python_one_sentence_says_which_is_needed(checkout: Path) -> None:
    tools = checkout / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "mkdir", "grep"):
        found = shutil.which(name)
        assert found is not None
        (tools / name).symlink_to(found)
    old = tools / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(old.stat().st_mode | stat.S_IXUSR)

    told = _set_up(checkout, {"PATH": str(tools)})

    assert told.returncode != 0
    assert told.stderr.strip().splitlines() == [
        "Rondo cannot be set up: it needs Python 3.11 or newer, and Python 3.9.2 was found. "
        "Install one, or name it: make PYTHON=/path/to/python3."
    ]
