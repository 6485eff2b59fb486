"""The zip as it came from outside: bounded, never unpacked to disk, and named for what it is."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from shared.tabular.problems import Fault, Problems, fault

MAX_ENTRIES = 500
MAX_FILE_BYTES = 256 * 1024 * 1024
"""The largest file, unpacked: a state's users.csv of about a million rows."""

_LITTER = ("__MACOSX/", ".")
EXPORT_ONEROSTER = fault("export_oneroster")


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
                            fault("unpacked_large", most=MAX_FILE_BYTES // 2**20),
                            fault("own_schools"),
                        )
                        return None
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
            problems.error("damaged", f"{name}.csv", fault("file_damaged"), fault("export_zip"))
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
        problems.error("damaged", "zip", fault("zip_damaged"), fault("export_or_download"))
        return None
    names = [i.filename.replace("\\", "/") for i in infos]
    if "[Content_Types].xml" in names:
        problems.error("excel", "zip", fault("office_file"), EXPORT_ONEROSTER)
        return None
    if len(infos) > MAX_ENTRIES:
        problems.error(
            "too_many_files",
            "zip",
            fault("many_files", files=len(infos)),
            EXPORT_ONEROSTER,
        )
        return None
    if any(i.flag_bits & 1 for i in infos):
        problems.error("encrypted", "zip", fault("zip_password"), fault("without_password"))
        return None
    if any(n.startswith("/") or n[1:2] == ":" or ".." in n.split("/") for n in names):
        problems.error("unsafe_path", "zip", fault("unsafe_path"), fault("zip_again"))
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
            problems.error("file_twice", "zip", fault("file_twice"), fault("set_per_zip"))
            return None
        entries[key] = info
    if not entries:
        problems.error("no_csv", "zip", fault("no_csv"), EXPORT_ONEROSTER)
        return None
    if len(folders) > 1:
        problems.error("several_folders", "zip", fault("several_folders"), fault("one_set"))
        return None
    if folders != {PurePosixPath()}:
        problems.note("folder_in_zip", "zip", fault("folder_in_zip"), fault("nothing_to_do"))
    return Archive(archive, entries)


def _not_a_zip(data: bytes) -> tuple[Fault, Fault]:
    if not data:
        return fault("zip.empty"), EXPORT_ONEROSTER
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        return fault("zip.other_archive"), fault("zip_of_csv")
    if data.startswith(b"%PDF"):
        return fault("zip.pdf"), EXPORT_ONEROSTER
    if data.lstrip()[:1] in (b"{", b"["):
        return fault("zip.json"), EXPORT_ONEROSTER
    if b"," in data[:2000] and b"\0" not in data[:2000]:
        return fault("zip.single_csv"), EXPORT_ONEROSTER
    return fault("zip.none"), EXPORT_ONEROSTER
