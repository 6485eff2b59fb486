"""The zip as it came from outside: bounded, never unpacked to disk, and named for what it is."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from shared.tabular.problems import Problems

MAX_ENTRIES = 500
MAX_FILE_BYTES = 256 * 1024 * 1024
"""The largest file, unpacked: a state's users.csv of about a million rows."""

_LITTER = ("__MACOSX/", ".")
EXPORT_ONEROSTER = (
    "In your student information system choose the export “OneRoster 1.1 CSV” or “OneRoster 1.2 CSV” "
    "and import the zip as it comes, with manifest.csv in it."
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The CSV files of a zip by their names in lower case, without `.csv`."""

    zip: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo]

    def read(self, name: str, problems: Problems) -> bytes | None:
        """The file's bytes; None, with an error, when it is damaged or unpacks to too much."""
        info = self.entries[name.lower()]
        chunks, size = [], 0
        try:
            with self.zip.open(info) as stream:
                while chunk := stream.read(1 << 20):
                    size += len(chunk)
                    # The size in the directory is the sender's word; what is unpacked is counted here.
                    if size > MAX_FILE_BYTES:
                        problems.error(
                            "too_large",
                            f"{name}.csv",
                            f"Unpacked, the file is larger than {MAX_FILE_BYTES // 2**20} MB.",
                            "Export only the schools of your district.",
                        )
                        return None
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
            problems.error("damaged", f"{name}.csv", "The file in the zip is damaged.", "Export the zip again.")
            return None
        return b"".join(chunks)


def open_archive(data: bytes, problems: Problems) -> Archive | None:
    """The zip's CSV files, or None with an error that says what came instead."""
    if not data.startswith(b"PK"):
        what, mend = _not_a_zip(data)
        problems.error("not_a_zip", "zip", what, mend)
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [i for i in archive.infolist() if not i.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, OverflowError):
        problems.error("damaged", "zip", "The zip is damaged or was cut short.", "Export or download it again.")
        return None
    names = [i.filename.replace("\\", "/") for i in infos]
    if "[Content_Types].xml" in names:
        problems.error("excel", "zip", "This is an Excel or Word file, not a zip of CSV files.", EXPORT_ONEROSTER)
        return None
    if len(infos) > MAX_ENTRIES:
        problems.error(
            "too_many_files",
            "zip",
            f"The zip holds {len(infos)} files; a OneRoster set has at most 23.",
            EXPORT_ONEROSTER,
        )
        return None
    if any(i.flag_bits & 1 for i in infos):
        problems.error("encrypted", "zip", "The zip is protected by a password.", "Make it again without a password.")
        return None
    if any(n.startswith("/") or n[1:2] == ":" or ".." in n.split("/") for n in names):
        problems.error("unsafe_path", "zip", "The zip holds paths that lead out of it.", "Make the zip again.")
        return None
    return _csv_files(archive, infos, names, problems)


def _csv_files(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], names: list[str], problems: Problems
) -> Archive | None:
    entries: dict[str, zipfile.ZipInfo] = {}
    folders = set()
    for info, name in zip(infos, names, strict=True):
        path = PurePosixPath(name)
        if name.startswith(_LITTER[0]) or path.name.startswith(_LITTER[1]) or path.suffix.lower() != ".csv":
            continue
        folders.add(path.parent)
        key = path.stem.lower()
        if key in entries:
            problems.error("file_twice", "zip", "The zip holds two files of the same name.", "Send one set per zip.")
            return None
        entries[key] = info
    if not entries:
        problems.error("no_csv", "zip", "The zip holds no CSV files.", EXPORT_ONEROSTER)
        return None
    if len(folders) > 1:
        problems.error(
            "several_folders", "zip", "The CSV files lie in several folders of the zip.", "Put one set into one zip."
        )
        return None
    if folders != {PurePosixPath()}:
        problems.note(
            "folder_in_zip", "zip", "The files lie in a folder of the zip; they were found.", "Nothing to do."
        )
    return Archive(archive, entries)


def _not_a_zip(data: bytes) -> tuple[str, str]:
    if not data:
        return "The file is empty.", EXPORT_ONEROSTER
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        return "This is an archive of another kind, not a zip.", "Unpack it and make a zip of the CSV files."
    if data.startswith(b"%PDF"):
        return "This is a PDF, not a zip of CSV files.", EXPORT_ONEROSTER
    if data.lstrip()[:1] in (b"{", b"["):
        return "This is a JSON file, not a zip of CSV files.", EXPORT_ONEROSTER
    if b"," in data[:2000] and b"\0" not in data[:2000]:
        return "This looks like a single CSV file; OneRoster is a zip of several.", EXPORT_ONEROSTER
    return "This is not a zip file.", EXPORT_ONEROSTER
