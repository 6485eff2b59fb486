"""Child processes that cannot outlive us, and the identity under which PostgreSQL agrees to run."""

from __future__ import annotations

import functools
import os
import pwd
import random
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

from shared.embedded.errors import DiskFull, StartFailed

_CHILD = Path(__file__).with_name("child.py")
_KEPT_LOG = 4_000_000  # bytes; a longer log is set aside as .1 at the next start
_NEEDED = 150_000_000  # bytes free that a start asks for: a fresh cluster with its first WAL segments


def spawn(
    command: list[str],
    log: Path,
    *,
    identity: str = "same",
    death_signal: int = signal.SIGTERM,
    env: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts `command` with its output appended to `log`, in a session of its own (a Ctrl-C at the terminal
    reaches only us) and tied to the calling **thread**: the kernel sends it `death_signal` when that ends."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _KEPT_LOG:
        log.replace(log.with_suffix(".log.1"))
    prefix = [sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), str(int(death_signal)), identity, "--"]
    with log.open("ab") as out:
        return subprocess.Popen(
            prefix + command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=log.parent,
            env=env,
            start_new_session=True,
        )


def end(process: subprocess.Popen[bytes], *signals_and_seconds: tuple[int, float]) -> None:
    """Sends each signal in turn, with so many seconds to end after it, and SIGKILL last."""
    for number, seconds in signals_and_seconds:
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        process.kill()
        process.wait()


@functools.cache
def unprivileged_identity() -> str:
    """Under which identity (see child.py) PostgreSQL, which refuses root, runs here."""
    if os.geteuid() != 0:
        return "same"
    uid, gid = _unprivileged_user()
    for identity in (f"namespace:{uid}", f"user:{uid}:{gid}"):
        command = [sys.executable, "-I", "-S", str(_CHILD), str(os.getpid()), "15", identity, "--", "/bin/true"]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return identity
    raise StartFailed(
        "PostgreSQL refuses to run as root, and this machine lets root neither make a user namespace nor "
        "become another user.",
        mend="Start the platform as an ordinary user.",
    )


def _unprivileged_user() -> tuple[int, int]:
    """The ids of a user that the machine knows (initdb looks its name up) and that is not root."""
    users = sorted(
        (u for u in pwd.getpwall() if u.pw_uid != 0), key=lambda u: (u.pw_name not in ("postgres", "nobody"), u.pw_uid)
    )
    return (users[0].pw_uid, users[0].pw_gid) if users else (65534, 65534)


def hand_over(folder: Path, identity: str) -> None:
    """Gives `folder` to the user that the server becomes, where it becomes another one."""
    kind, *ids = identity.split(":")
    if kind != "user":
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, int(ids[0]), int(ids[1]), follow_symlinks=False)


def free_port() -> int:
    """A free port of 127.0.0.1 below the range from which the kernel takes outgoing connections' ports, so that
    a server which is down for a moment finds its port free when it comes back."""
    ports = random.SystemRandom()
    for _ in range(200):
        port = ports.randrange(15_000, 32_000)
        if port_is_free(port):
            return port
    raise StartFailed("No free port was found on 127.0.0.1.", mend="Stop some programs that listen there.")


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def kept_secret(path: Path) -> str:
    """The secret in the file at `path`, made and kept with mode 0600 the first time."""
    if path.exists():
        return path.read_text().strip()
    value = secrets.token_urlsafe(24)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(value)
    return value


def has_room(folder: Path) -> bool:
    """For a server to start."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= _NEEDED


def make_folder(folder: Path, server: str) -> None:
    """Makes `folder` (mode 0700). Raises DiskFull without room for a server to start."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        room = has_room(folder)
    except OSError as error:
        raise StartFailed(
            f"The folder {folder} for {server} cannot be made: {error.strerror}.",
            mend="Choose another folder with RONDO_HOME.",
        ) from None
    if not room:
        raise DiskFull(
            f"The disk that holds {folder} is full: {server} needs at least {_NEEDED // 1_000_000} MB free.",
            mend="Make room on it, or choose another folder with RONDO_HOME, and start again.",
        )


def tail(log: Path, start: int) -> str:
    """What `log` holds from byte `start` on, at most its last 20 kB."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        begin = start if size >= start else 0  # a long log was set aside meanwhile
        file.seek(max(begin, size - 20_000))
        return file.read().decode(errors="replace")
