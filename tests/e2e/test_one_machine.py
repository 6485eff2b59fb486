"""What a person meets who runs the platform on one machine, from a bare folder."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from shared.embedded import PostgresServer
from tests.e2e.dead_letter import no_reaction_works, set_aside
from tests.e2e.one_machine import RondoUp, administrators, rondo

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="needs Linux"), pytest.mark.timeout(240)]

_MEMORY = 600_000_000  # bytes at rest, everything together


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RondoUp]:
    """A platform without the demo, for tests that leave it running."""
    run = RondoUp(tmp_path_factory.mktemp("home"), "--empty", "--district", "Our district")
    run.wait_for("Rondo is up at")
    yield run
    run.end()


def test_every_service_is_ready_at_one_address(up: RondoUp) -> None:
    ready = httpx.get(f"{up.url}/health/ready")

    assert ready.status_code == 200
    assert ready.json()["services"] == ["identity", "scheduling", "rounds", "reporting"]
    assert httpx.get(f"{up.url}/health/live").status_code == 200
    assert "rondo_relay_leading" in httpx.get(f"{up.url}/metrics").text
    for service in ("scheduling", "rounds", "reporting"):
        assert httpx.get(f"{up.url}/api/{service}/openapi.json").status_code == 200
    assert httpx.get(f"{up.url}/api/scheduling/schools").status_code == 401


def test_the_command_line_signs_in_by_itself_on_this_machine(up: RondoUp) -> None:
    told = rondo(up.home, "who")

    assert told.returncode == 0, told.stderr
    assert "Our district: district_admin" in told.stdout
    for file in ("administrators.json", "session.json", "run.json"):
        assert (up.home / file).stat().st_mode & 0o777 == 0o600


def test_a_second_start_says_where_it_already_runs(up: RondoUp) -> None:
    second = rondo(up.home, "up", "--empty")

    assert second.returncode == 0
    assert second.stdout == f"Rondo already runs at {up.url}.\n"


def test_pages_and_answers_carry_security_headers(up: RondoUp) -> None:
    answer = httpx.get(f"{up.url}/api/scheduling/schools")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    desk = httpx.get(f"{up.url}/", follow_redirects=False)
    assert (desk.status_code, desk.headers["location"]) == (307, "/desk/")


def test_everything_together_rests_below_600_mb(up: RondoUp) -> None:
    memory = sum(process.memory_full_info().pss for process in up.family())
    assert memory < _MEMORY, f"{memory / 1e6:.0f} MB"


def test_a_dead_letter_is_listed_and_told_and_tried_again_and_given_up(up: RondoUp) -> None:
    letters = "dead-letters"
    assert rondo(up.home, letters, "list").stdout == "There are no dead letters.\n"
    seq = str(set_aside(up.home))
    one = ("rounds", "identity", seq)

    listed = json.loads(rondo(up.home, letters, "list", "--json").stdout)
    assert [(i["service"], i["source"], i["type"], i["error"]) for i in listed] == [
        ("rounds", "identity", "DistrictRegistered", "RuntimeError")
    ], "over HTTP the error's kind alone is told"
    assert "Alder District was away" in rondo(up.home, letters, "show", *one).stdout
    with no_reaction_works(up.home):
        failed = rondo(up.home, letters, "retry", *one)
        assert (failed.returncode, "It failed again: UndefinedTableError" in failed.stderr) == (1, True), failed
        failed = rondo(up.home, letters, "retry-all")
        assert (failed.returncode, "1 of 1 stay" in failed.stderr) == (1, True), failed
    done = rondo(up.home, letters, "retry", *one)
    assert (done.returncode, done.stdout) == (0, f"rounds has reacted to identity entry {seq}.\n"), done
    assert rondo(up.home, letters, "retry", *one).returncode == 1, "it has left the list"

    set_aside(up.home)
    assert rondo(up.home, letters, "drop", *one, "--yes").stdout == f"rounds has given up identity entry {seq}.\n"
    again = rondo(up.home, letters, "drop", *one, "--yes")
    assert (again.returncode, "rounds has no dead letter identity" in again.stderr) == (1, True), again
    assert rondo(up.home, letters, "list", "--json").stdout == "[]\n"
    unknown = rondo(up.home, letters, "show", "identity", "rounds", "1")
    assert "Name one of: scheduling, rounds, reporting" in unknown.stderr


def test_a_database_that_is_killed_comes_back_by_itself(up: RondoUp) -> None:
    postmaster = next(p for p in up.family() if p.name() == "postgres" and p.ppid() == up.process.pid)
    postmaster.kill()
    psutil.wait_procs([postmaster], timeout=20)

    with httpx.Client(base_url=up.url, transport=httpx.HTTPTransport(retries=3), timeout=60) as client:
        while client.get("/health/ready").status_code != 200:
            assert up.process.poll() is None, up.said
    assert rondo(up.home, "who").returncode == 0


def test_ctrl_c_stops_all_of_it_and_the_next_start_finds_its_data(tmp_path: Path) -> None:
    first = RondoUp(tmp_path, "--empty")
    second = None
    try:
        first.wait_for("Rondo is up at")
        family = first.family()
        assert {"nats-server", "postgres"} <= {process.name() for process in family}
        before = administrators(tmp_path)

        assert first.interrupt() == 0
        assert first.said.rstrip().endswith("Rondo has stopped; its data stays.")
        assert psutil.wait_procs(family, timeout=20)[1] == []

        second = RondoUp(tmp_path)
        second.wait_for("Rondo is up at")
        assert administrators(tmp_path) == before
        assert not (tmp_path / "sign-ins.json").exists(), "a district of one's own gets no demo"
        assert rondo(tmp_path, "who").returncode == 0

        family = second.family()
        second.process.kill()
        assert psutil.wait_procs(family, timeout=30)[1] == [], "SIGKILL leaves no server behind"
        assert rondo(tmp_path, "who").returncode == 4
    finally:
        for run in (first, second):
            if run is not None:
                run.end()


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = RondoUp(tmp_path, "--empty", port=port)
        code = run.wait_end()

    assert code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in run.said
    assert f"make up PORT={port + 1}" in run.said
    assert "Traceback" not in run.said


def test_a_damaged_data_folder_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True, mode=0o700)
    run = RondoUp(tmp_path, "--empty")

    assert run.wait_end() == 1
    last = run.said.strip().splitlines()[-1]
    assert last.startswith("The platform cannot start: The data of PostgreSQL in")
    assert "Traceback" not in run.said


def test_a_secret_that_is_damaged_is_told_in_one_line_and_everything_ends(tmp_path: Path) -> None:
    first = RondoUp(tmp_path, "--empty")
    first.wait_for("Rondo is up at")
    first.interrupt()
    (tmp_path / "secrets" / "identity-seal").write_text("")
    damaged = RondoUp(tmp_path)
    try:
        assert damaged.wait_end() == 1
    finally:
        damaged.end()
    (told,) = damaged.said.replace("Starting Rondo ...", "").strip().splitlines()
    assert told.startswith("The platform cannot start: setting RONDO_IDENTITY_SECRET_FILE:")
    assert "identity-seal holds fewer than 32 characters" in told


def test_data_that_goes_missing_below_a_server_that_starts_is_told_in_one_line(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "postgres", durable=False)
    server.start()
    server.stop()
    data = server.folder / "data"
    shutil.rmtree(data / "base")
    (data / "base").mkdir(mode=0o700)
    shutil.chown(data / "base", data.stat().st_uid, data.stat().st_gid)
    run = RondoUp(tmp_path, "--empty")

    assert run.wait_end() == 1
    last = run.said.strip().splitlines()[-1]
    assert last.startswith("The platform cannot start: The data of PostgreSQL in"), run.said
    assert "backup" in last


def test_no_platform_and_no_sign_in_are_told_apart(tmp_path: Path, up: RondoUp) -> None:
    nowhere = rondo(tmp_path, "who")
    assert nowhere.returncode == 4
    assert nowhere.stderr.startswith("Not available at the moment: No platform runs on this machine.")

    os.environ["XDG_CONFIG_HOME"] = str(tmp_path)
    try:
        unknown = rondo(tmp_path, "--url", up.url, "who")
    finally:
        del os.environ["XDG_CONFIG_HOME"]
    assert unknown.returncode == 3
    assert "rondo sign-in" in unknown.stderr


def test_a_person_signs_in_by_password_from_anywhere(
    tmp_path: Path, up: RondoUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    admin = administrators(up.home)[0]
    monkeypatch.setenv("RONDO_PASSWORD", admin["password"])

    signed_in = rondo(tmp_path, "--url", up.url, "sign-in", "--email", admin["email"])
    assert signed_in.returncode == 0, signed_in.stderr
    assert rondo(tmp_path, "--url", up.url, "who").returncode == 0
    assert rondo(tmp_path, "--url", up.url, "sign-out").returncode == 0
    assert rondo(tmp_path, "--url", up.url, "who").returncode == 3
