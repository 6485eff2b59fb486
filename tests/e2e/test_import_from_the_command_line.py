"""A district comes in from the command line, on a platform that runs as a person runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.one_machine import RONDO, RondoUp, rondo
from tests.support.earlier import observations
from tests.support.oneroster import PLANTED, one_point_two, staff, student, zip_of

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="needs Linux"), pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RondoUp]:
    run = RondoUp(tmp_path_factory.mktemp("home"), "--empty", "--district", "Our district")
    run.wait_for("Rondo is up at")
    yield run
    run.end()


def directory() -> bytes:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-71.4, 41.8]},
            "properties": {"nces_id": f"99000010000{n}", "name": name, "district_name": of},
        }
        for n, (name, of) in enumerate((("Alder Elementary", "Maple"), ("Birch High", "Oak")), start=1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_district_comes_in_and_every_refusal_says_what_to_do(up: RondoUp, tmp_path: Path) -> None:
    def file(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    schools = file("schools.geojson", directory())
    dry = rondo(up.home, "import", "schools", schools, "--dry-run")
    assert (dry.returncode, "If imported: schools: 2 added" in dry.stdout) == (0, True), dry
    assert "--district NAME" in dry.stdout
    done = rondo(up.home, "import", "schools", schools, "--district", "Maple", "--yes")
    assert (done.returncode, "Applied: schools: 1 added" in done.stdout) == (0, True), done

    roster = file("roster.zip", zip_of(one_point_two([*staff(20), student("X1")])))
    done = rondo(up.home, "import", "roster", roster)
    assert "people: 20 added" in done.stdout, done
    assert "Never opened: demographics.csv, enrollments.csv, userProfiles.csv." in done.stdout
    assert PLANTED not in done.stdout + done.stderr

    fewer = file("fewer.zip", zip_of(one_point_two(staff(10))))
    held = rondo(up.home, "import", "roster", fewer)
    assert (held.returncode, "The file lacks 10 of the 20 people" in held.stdout) == (5, True), held
    approve = re.search(r"rondo (import approve \S+)", held.stdout)
    assert approve is not None
    done = rondo(up.home, *approve[1].split())
    assert (done.returncode, "10 deactivated" in done.stdout) == (0, True), done

    sds = tmp_path / "sds"
    sds.mkdir()
    (sds / "users.csv").write_text("sourcedId,username,password\n1,a,b\n")
    (sds / "userFlags.csv").write_text("userSourcedId,flag\n")
    refused = rondo(up.home, "import", "roster", str(sds))
    assert (refused.returncode, "School Data Sync (SDS) version 2.1" in refused.stdout) == (1, True), refused

    listed = rondo(up.home, "import", "list")
    assert listed.stdout.count("applied") == 3


def test_a_terminal_is_told_how_far_an_import_is(up: RondoUp, tmp_path: Path) -> None:
    (tmp_path / "schools.geojson").write_bytes(directory())
    terminal, stderr = os.openpty()
    run = subprocess.Popen(
        [str(RONDO), "import", "schools", str(tmp_path / "schools.geojson"), "--dry-run"],
        env=os.environ | {"RONDO_HOME": str(up.home), "TERM": "xterm", "COLUMNS": "120"},
        stdout=subprocess.PIPE,
        stderr=stderr,
    )
    os.close(stderr)
    said, _ = run.communicate(timeout=90)
    seen = b""
    with suppress(OSError), os.fdopen(terminal, "rb", buffering=0) as screen:  # the end of a terminal is an error
        while piece := screen.read(65536):
            seen += piece
    assert run.returncode == 0, seen
    assert b"If imported: schools" in said
    assert 0 <= seen.find(b"Sending") < seen.find(b"Reading and comparing"), seen


def sent(up: RondoUp, command: list[str]) -> subprocess.CompletedProcess[str]:
    """What an import tells once the rounds service has heard of the new school, a moment after it came in."""
    told = rondo(up.home, *command)
    for _ in range(20):
        if "no such school" not in told.stdout:
            break
        told = rondo(up.home, *command)
    return told


def test_earlier_observations_come_in_without_anybodys_name(up: RondoUp, tmp_path: Path) -> None:
    many = "".join(f"9900002000{n:02},Elm {n}\n" for n in range(13))
    (tmp_path / "schools.csv").write_text(f"nces_id,name\n990000100009,Cedar Middle\n{many}")
    rondo(up.home, "import", "schools", str(tmp_path / "schools.csv"), "--yes")
    (tmp_path / "ipg.csv").write_bytes(observations())
    send = ["import", "observations", str(tmp_path / "ipg.csv"), "--instrument", "ipg", "--school", "Cedar Middle"]
    several = rondo(up.home, *send[:-1], "Elm")
    assert "(there are 13: Elm 0, " in several.stderr
    assert ", ...)" in several.stderr
    told = sent(up, send)
    assert "Imported 6 visits (0 known before), 6 ratings, 12 statements" in told.stdout, told
    again = rondo(up.home, *send)
    assert "Nothing new: 0 visits (6 known before)" in again.stdout
    listed = rondo(up.home, "import", "list")
    (row,) = [line.split() for line in listed.stdout.splitlines() if "ipg.csv" in line]
    assert row[2:6] == ["observations", "ipg.csv", "applied", "6"], listed
    shown = rondo(up.home, "import", "show", row[0])
    assert "Imported 6 visits" in shown.stdout, shown
    everything = told.stdout + again.stdout + listed.stdout + shown.stdout
    assert not re.search(r"Zelda|Quix|@alder", everything)


def test_a_form_of_the_districts_own_comes_in_by_a_mapping_that_it_wrote(up: RondoUp, tmp_path: Path) -> None:
    (tmp_path / "schools.csv").write_text("nces_id,name\n990000100010,Dogwood Middle\n")
    rondo(up.home, "import", "schools", str(tmp_path / "schools.csv"), "--yes")
    given = rondo(up.home, "import", "mapping", "instructional-core", "--version", "2")
    assert given.returncode == 0, given
    ours, walk = tmp_path / "ours.yaml", tmp_path / "walk.csv"
    walk.write_text(
        "Date,Teacher,Observer,Aim,Notes\n2026-03-04,Zelda Quix,r@alder.example,Seen only,Pairs compared.\n"
    )
    send = ["import", "observations", str(walk), "--mapping", str(ours), "--school", "Dogwood Middle"]

    ours.write_text(given.stdout.replace("look_for: content-posted", "look_for: content-pasted"))
    refused = rondo(up.home, *send)
    assert refused.returncode == 1
    assert "“content-pasted” is no look-for of instructional-core version 2." in refused.stdout + refused.stderr
    ours.write_text(given.stdout.replace("- The aim of the lesson could be seen or was said", "- Aim"))
    told = sent(up, send)
    assert "Imported 1 visits (0 known before), 1 ratings, 1 statements" in told.stdout, told
    neither = rondo(up.home, "import", "observations", str(walk))
    assert (neither.returncode, "--mapping FILE.yaml" in neither.stdout + neither.stderr) == (1, True), neither
