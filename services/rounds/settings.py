"""Settings of the rounds service."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class RoundsSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="RONDO_ROUNDS_", extra="ignore")

    keys_database_url: str = Field(
        description="postgresql://user:password@host:port/database that holds the keys of sealed words alone"
    )
