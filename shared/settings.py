"""Settings: one typed class per service, every field documented, a wrong value refused at start by name."""

from __future__ import annotations

import sys
from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """What every service needs. Environment names carry the service: `RONDO_ROUNDS_DATABASE_URL`."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = Field(
        description="postgresql://user:password@host:port/database of this service's own database"
    )
    nats_url: str = Field(default="nats://127.0.0.1:4222", description="NATS server, credentials included")
    jwks_url: str = Field(
        default="http://127.0.0.1:8000/api/identity/jwks.json",
        description="where identity serves its public keys",
    )
    otlp_endpoint: str | None = Field(
        default=None,
        validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description="OpenTelemetry collector (HTTP); unset: telemetry stays off",
    )
    pool_size: int = Field(default=6, ge=2, le=100, description="PostgreSQL connections that this process may hold")


S = TypeVar("S", bound=BaseSettings)


def load(settings: type[S], **given: object) -> S:
    """Reads the settings, or ends the process with one line per wrong value."""
    try:
        return settings(**given)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        prefix = settings.model_config.get("env_prefix", "")
        for e in error.errors():
            name = f"{prefix}{'_'.join(str(p) for p in e['loc'])}".upper()
            sys.stderr.write(f"setting {name}: {e['msg']}\n")
        raise SystemExit(2) from None
