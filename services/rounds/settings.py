"""Settings of the rounds service."""

from __future__ import annotations

from pydantic_settings import SettingsConfigDict

from shared.keys.master import SealingSettings
from shared.settings import ServiceSettings


class RoundsSettings(SealingSettings, ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="RONDO_ROUNDS_", extra="ignore")
