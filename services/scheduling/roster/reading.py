"""A OneRoster set while it is read: its files by name, and what was unsure or unreadable in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.scheduling.roster.archive import Archive
from services.scheduling.roster.manifest import Manifest
from services.scheduling.roster.model import KnownIds
from shared.tabular.problems import Problems, fault
from shared.tabular.table import Table, clean, open_table


class Reading:
    """One set while it is read."""

    def __init__(self, archive: Archive, manifest: Manifest, known: KnownIds, today: date, problems: Problems):
        self.archive, self.manifest, self.known, self.today, self.problems = archive, manifest, known, today, problems
        self.unsure: set[str] = set()
        self.unreadable = 0
        self.rows: dict[str, int] = {}

    def left_out(self, cells: Sequence[str]) -> None:
        """A row that is left out may be about somebody known: that person stays as is."""
        known = {clean(c) for c in cells} & self.known.people
        self.unsure |= known
        self.unreadable += not known

    def open(self, name: str, columns: Sequence[str], required: Sequence[str]) -> Table | None:
        if name not in self.manifest.modes:
            return None
        data = self.archive.read(name, self.problems)
        if data is None:
            return None
        people = name in ("users", "roles")
        table = open_table(
            f"{name}.csv",
            data,
            columns,
            required,
            self.problems,
            self.left_out if people else lambda cells: None,
        )
        return table

    def done(self, table: Table) -> None:
        self.rows[table.file.removesuffix(".csv")] = table.count
        if table.count == 0:
            self.problems.note("no_rows", table.file, fault("no_rows"), fault("nothing_to_do"), line=1)
