"""No server may stay behind when the process that started it is gone, however it went."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import sys, pathlib
from shared.embedded import NatsServer, PostgresServer
folder = pathlib.Path(sys.argv[1])
postgres, nats = PostgresServer(folder / "postgres", durable=False), NatsServer(folder / "nats", durable=False)
postgres.start(); nats.start()
print(postgres.pid, nats.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_sigkill_of_python_ends_both_servers(tmp_path: Path) -> None:
    python = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert python.stdout is not None
    children = [os.pidfd_open(int(pid)) for pid in python.stdout.readline().split()]
    assert len(children) == 2

    python.send_signal(signal.SIGKILL)
    python.wait()

    for child in children:
        ended, _, _ = select.select([child], [], [], 20)
        assert ended, "a server outlived the process that started it"
        os.close(child)
