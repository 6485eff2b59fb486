"""The way to many machines, as the compose stack goes it: provision, bootstrap, a process for a service."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import httpx
import pytest

from shared.embedded.process import free_port
from shared.provision import DATABASES
from shared.testing.servers import Servers
from tests.e2e.one_machine import RONDO

pytestmark = pytest.mark.timeout(180)


def _rondo(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(RONDO), *arguments], env=environment, capture_output=True, text=True, timeout=90, check=False
    )


def test_a_service_runs_on_its_own_with_no_more_rights_than_its_own(servers: Servers, tmp_path: Path) -> None:
    with servers.extra_postgres(durable=False) as postgres, servers.extra_nats(durable=False) as nats:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {
            "PATH": os.environ["PATH"],
            "RONDO_PROVISION_ADMIN_URL": postgres.url(),
            "RONDO_IDENTITY_DATABASE_URL": f"postgresql://rondo_identity:of-identity@127.0.0.1:{postgres.port}/identity",
            "RONDO_IDENTITY_NATS_URL": nats.url,
            "RONDO_IDENTITY_SECRET": "s" * 40,
            "RONDO_IDENTITY_JWKS_URL": f"{url}/api/identity/jwks.json",
            "RONDO_BOOTSTRAP_PASSWORD": "a long enough password",
        }
        incomplete = _rondo(environment, "provision")
        assert incomplete.returncode == 1
        assert "Not set: RONDO_PROVISION_IDENTITY_PASSWORD" in incomplete.stderr

        environment |= {f"RONDO_PROVISION_{name.upper()}_PASSWORD": f"of-{name}" for name in DATABASES}
        for _ in range(2):
            assert _rondo(environment, "provision").returncode == 0
        who = ["--district", "Alder Valley", "--timezone", "America/New_York", "--email", "ana@alder.example"]
        registered = _rondo(environment, "bootstrap", *who)
        assert registered.returncode == 0, registered.stderr

        postgres.stop()
        log = (tmp_path / "identity.log").open("w")
        process = subprocess.Popen([str(RONDO), "serve", "identity", "--port", str(port)], env=environment, stderr=log)
        try:
            with httpx.Client(base_url=url, transport=httpx.HTTPTransport(retries=7), timeout=30) as client:
                assert client.get("/health/live").status_code == 200
                assert client.get("/health/ready").status_code == 503, "the database is not there yet"
                postgres.start()
                while client.get("/health/ready").status_code != 200:
                    assert process.poll() is None, (tmp_path / "identity.log").read_text()
                signed_in = client.post(
                    "/api/identity/session", json={"email": "ana@alder.example", "password": "a long enough password"}
                )
                assert signed_in.status_code == 200, signed_in.text
                assert signed_in.json()["district"]["name"] == "Alder Valley"
                assert client.get("/desk/").status_code == 404, "the pages are the proxy's to serve"
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
            process.wait()
            log.close()


def test_a_wrong_setting_is_refused_by_its_name() -> None:
    told = _rondo({"PATH": os.environ["PATH"], "RONDO_SCHEDULING_POOL_SIZE": "many"}, "serve", "scheduling")

    assert told.returncode == 2
    assert "RONDO_SCHEDULING_POOL_SIZE" in told.stderr
    assert "RONDO_SCHEDULING_DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr
