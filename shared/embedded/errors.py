"""Why an embedded server does not start: one class and one sentence for each cause."""

from __future__ import annotations

from shared.errors import RondoError


class EmbeddedError(RondoError):
    """Base of all of them; `rondo up` prints the sentence and ends with exit code 1."""

    type = "embedded"
    title = "The platform cannot start"


class ServerMissing(EmbeddedError):
    """No server binary on this machine."""


class PortTaken(EmbeddedError):
    """Another program listens on the port."""


class DiskFull(EmbeddedError):
    """The disk that holds the data folder has no room."""


class DataUnusable(EmbeddedError):
    """The data folder is damaged, of another version, or not ours to read."""


class AlreadyRunning(EmbeddedError):
    """A server already runs on this data folder."""


class StartFailed(EmbeddedError):
    """The server ended, or did not become ready in time, for a reason that only its log tells."""


_FULL = ("No space left on device", "no space left on device", "Disk quota exceeded")
_TAKEN = ("Address already in use", "address already in use")
_RUNNING = ('lock file "postmaster.pid" already exists', "Is another postmaster")
_DAMAGED = (
    "could not locate a valid checkpoint record",
    "is not a valid data directory",
    "incorrect checksum in control file",
    "could not find the database system",
    "could not open file",
    "could not read file",
    "could not access",
    "could not open directory",
    "database files are incompatible",
    "invalid primary checkpoint record",
    "invalid checkpoint record",
    "has wrong ownership",
    "has invalid permissions",
    "invalid data in file",
    "Permission denied",
    "not a directory",
    "is not a directory",
    "permission denied",
)


def explain(server: str, folder: str, port: int, log: str) -> EmbeddedError:
    """The typed error for a server that ended while starting, told from the tail of its log."""
    if any(word in log for word in _FULL):
        return DiskFull(
            f"The disk that holds {folder} is full, so {server} could not start.",
            mend="Make room on it, or choose another folder with RONDO_HOME, and start again.",
        )
    if any(word in log for word in _TAKEN):
        return PortTaken(
            f"Port {port} on 127.0.0.1 is taken by another program, so {server} could not start.",
            mend="Stop that program or choose another port.",
        )
    if any(word in log for word in _RUNNING):
        return AlreadyRunning(f"{server} already runs on {folder}.", mend="Stop it first.")
    if any(word in log for word in _DAMAGED):
        return unusable(server, folder, reason(log))
    return StartFailed(f"{server} did not start: {reason(log)}.", mend=f"Its log is in {folder}.")


def unusable(server: str, folder: str, why: str) -> DataUnusable:
    return DataUnusable(
        f"The data of {server} in {folder} is damaged or not readable: {why}.",
        mend="Restore the folder from a backup; or move it away to start with an empty platform.",
    )


def reason(log: str) -> str:
    """The last line of the log that tells a cause, without its time stamp."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    telling = [line for line in lines if any(w in line for w in ("PANIC", "FATAL", "error:", "[FTL]", "[ERR]"))]
    line = (telling or lines or ["it left no word in its log"])[-1]
    for mark in ("PANIC:", "FATAL:", "error:", "[FTL]", "[ERR]"):
        line = line.split(mark, 1)[-1]
    return line.strip().rstrip(".")
