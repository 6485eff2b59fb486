"""What the log does where it cannot be written."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOGS = """
import logging
from pathlib import Path
from services.logs import configure
configure(Path({file!r}))
logging.getLogger("services").error("a word for the log")
{more}
"""


def _logs(file: str, more: str = "") -> str:
    done = subprocess.run([sys.executable, "-c", LOGS.format(file=file, more=more)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs a disk that is always full")
def test_a_log_without_room_leaves_the_console_alone() -> None:
    assert _logs("/dev/full") == ""


def test_another_fault_of_the_log_is_told() -> None:
    assert "Logging error" in _logs("/dev/null", "logging.getLogger('services').error('%d', 'no number')")
