"""A file on its way to the platform, told on a terminal: how much is sent, then how long it is worked on."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn


class _Read(io.BytesIO):
    """Bytes that tell how far they were read; a request that is sent again begins anew."""

    def __init__(self, data: bytes, bar: Progress, working: str) -> None:
        super().__init__(data)
        self._bar, self._working, self._total = bar, working, len(data)
        self._task = bar.add_task("Sending", total=self._total)

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        if self.tell() < self._total:
            self._bar.update(self._task, description="Sending", completed=self.tell(), total=self._total)
        else:  # how far the platform is with it, it does not say: the bar moves without a measure
            self._bar.update(self._task, description=self._working, total=None, refresh=True)
        return piece


@contextmanager
def told(data: bytes, working: str) -> Iterator[io.BytesIO]:
    """`data` as a file to be sent in the block, with its progress on stderr where that is a terminal. `working`: what
    the platform does with it once it is sent. The line is gone when the block ends."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True,
    )  # fmt: skip
    with bar:
        yield _Read(data, bar, working)
