"""manifest.csv: which version the set is, and whether each file is everything (bulk) or changes (delta)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.scheduling.roster.archive import EXPORT_ONEROSTER, Archive
from services.scheduling.roster.model import Mode, Version
from services.scheduling.roster.vocabulary import FILES, READ
from shared.tabular.problems import Problems, fault, value_class
from shared.tabular.table import open_table

FILE = "manifest.csv"
_NAMES = {name.lower(): name for name in FILES}
_MODES: dict[str, Mode] = {"bulk": "bulk", "delta": "delta"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """`modes` of the files that are there and were announced; `absent` the announced as absent."""

    version: Version
    modes: dict[str, Mode] = field(default_factory=dict)


def read_manifest(archive: Archive, problems: Problems) -> Manifest | None:
    """None, with errors, when the set cannot be understood from it."""
    data = archive.read("manifest", problems)
    if data is None:
        return None
    table = open_table(FILE, data, ("propertyName", "value"), ("propertyName", "value"), problems)
    if table is None:
        return None
    properties: dict[str, tuple[str, int]] = {}
    for row in table.rows():
        name = row["propertyName"].lower()
        if name in properties and properties[name][0].lower() != row["value"].lower():
            problems.error(
                "property_twice",
                FILE,
                fault("property_twice"),
                fault("keep_right"),
                line=row.line,
                column="propertyName",
            )
        properties[name] = (row["value"], row.line)
    version = _version(properties, problems)
    modes = _modes(properties, archive, problems)
    return Manifest(version, modes) if version is not None else None


def _version(properties: dict[str, tuple[str, int]], problems: Problems) -> Version | None:
    text, line = properties.get("oneroster.version", ("", 1))
    number = re.sub(r"^v", "", text.strip().lower()).replace("p", ".")
    if number.startswith("1.1"):
        return "1.1"
    if number.startswith("1.2"):
        return "1.2"
    problems.error(
        "version",
        FILE,
        fault("version"),
        EXPORT_ONEROSTER,
        line=line,
        column="value",
        value=value_class("") if not text else fault("value.other_version"),
    )
    return None


def _modes(properties: dict[str, tuple[str, int]], archive: Archive, problems: Problems) -> dict[str, Mode]:
    modes: dict[str, Mode] = {}
    for key, (value, line) in properties.items():
        name = _NAMES.get(key.removeprefix("file.")) if key.startswith("file.") else None
        if name is None:
            continue
        said = value.lower()
        there = name.lower() in archive.entries
        if said in _MODES and there:
            modes[name] = _MODES[said]
        elif name not in READ and not (said == "absent" and there):
            continue  # nobody opens it: whatever is said of it, the rest is certain
        elif not said and not there:
            problems.note(
                "mode",
                FILE,
                fault("not_told", name=name),
                fault("nothing_to_do"),
                line=line,
                column="value",
            )
        elif said in _MODES:
            problems.error(
                "file_missing",
                FILE,
                fault("file_missing", name=name, mode=said),
                fault("export_set"),
                line=line,
            )
        elif said == "absent" and there:
            problems.warning(
                "file_unexpected",
                FILE,
                fault("unexpected", name=name),
                fault("say_mode"),
                line=line,
            )
        elif said != "absent":
            problems.error(
                "mode",
                FILE,
                fault("mode", name=name),
                fault("write_mode"),
                line=line,
                column="value",
            )
    for name in sorted(FILES):
        if name.lower() in archive.entries and f"file.{name.lower()}" not in properties:
            problems.warning(
                "file_unannounced",
                FILE,
                fault("unannounced", name=name),
                fault("name_in_manifest"),
            )
    return modes
