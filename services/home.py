"""The folder that the platform of one machine keeps everything in: `.rondo/`, or RONDO_HOME.

postgres/ nats/           the servers' own folders
secrets/                  generated passwords and keys, one file each, mode 0600
run.json                  process and address, while the platform runs
administrators.json       the local administrator of each district, mode 0600
sign-ins.json             the demo's sign-ins
outbox/                   mail, as files, while no mail server is set
rondo.log                 what happened, one JSON object a line
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from shared.embedded import AlreadyRunning
from shared.embedded.process import kept_secret, make_folder

DEFAULT = ".rondo"


@dataclass(frozen=True, slots=True)
class LocalAdmin:
    """Who the command line signs in as on the machine that runs the platform."""

    district_id: str
    district: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of the demo."""

    role: str
    name: str
    email: str
    password: str


class Home:
    """The folder, and who holds it. Nothing is made on disk before `prepare`."""

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = Path(folder or os.environ.get("RONDO_HOME") or DEFAULT).absolute()

    def prepare(self) -> Self:
        """Makes the folder. Raises an EmbeddedError without room or right."""
        make_folder(self.folder, "Rondo")
        (self.folder / "secrets").mkdir(exist_ok=True, mode=0o700)
        return self

    @contextmanager
    def held(self) -> Iterator[None]:
        """Ours alone meanwhile; the kernel lets go when the process dies. Raises AlreadyRunning."""
        with (self.folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                url = self.url
                where = f" at {url}" if url else f" on {self.folder} and is still starting"
                raise AlreadyRunning(f"Rondo already runs{where}.", mend="Stop it with Ctrl-C there.") from None
            self.run_file.unlink(missing_ok=True)
            try:
                yield
            finally:
                self.run_file.unlink(missing_ok=True)

    @property
    def running(self) -> bool:
        """True while some process holds the folder."""
        try:
            with (self.folder / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    @property
    def run_file(self) -> Path:
        return self.folder / "run.json"

    def tell(self, url: str) -> None:
        """Writes the run-file."""
        _write(self.run_file, {"pid": os.getpid(), "url": url})

    @property
    def url(self) -> str | None:
        """Where the running platform is, by the run-file."""
        held = _read(self.run_file)
        return str(held["url"]) if isinstance(held, dict) else None

    def secret(self, name: str) -> str:
        """The generated secret of that name, kept from the first time on."""
        return kept_secret(self.secret_file(name))

    def secret_file(self, name: str) -> Path:
        return self.folder / "secrets" / name

    def administrators(self) -> list[LocalAdmin]:
        return [LocalAdmin(**held) for held in _read(self.folder / "administrators.json") or []]

    def remember(self, admin: LocalAdmin) -> None:
        others = [a for a in self.administrators() if a.district_id != admin.district_id]
        _write(self.folder / "administrators.json", [asdict(a) for a in [*others, admin]])

    def discard_half_made_demo(self) -> bool:
        """Where filling the demo was interrupted, forgets all of it, so that it is filled anew."""
        if not self._filling.exists():
            return False
        for name in ("postgres", "nats"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for file in (self.folder / "administrators.json", self.folder / "session.json", self._filling):
            file.unlink(missing_ok=True)
        return True

    @contextmanager
    def filling_demo(self) -> Iterator[None]:
        """Around the work that fills it; the mark stays when that is cut short."""
        self._filling.touch()
        yield
        self._filling.unlink()

    @property
    def _filling(self) -> Path:
        return self.folder / "demo-is-being-filled"

    def sign_ins(self) -> list[SignIn]:
        return [SignIn(**held) for held in _read(self.folder / "sign-ins.json") or []]

    def keep_sign_ins(self, sign_ins: list[SignIn]) -> None:
        _write(self.folder / "sign-ins.json", [asdict(s) for s in sign_ins])


def _write(path: Path, content: Any) -> None:
    """Whole or not at all, readable by the owner alone."""
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
    new.replace(path)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return None
