"""Settings of the rounds service."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.keys.master import KeysSettings
from shared.settings import ServiceSettings


class RoundsSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="RONDO_ROUNDS_", extra="ignore")

    keys_database_url: str = Field(
        description="postgresql://user:password@host:port/database that holds the keys of sealed words alone"
    )
    keys_master_key: SecretStr | None = Field(
        default=None, description="wraps those keys: 32 bytes in base64 (see RONDO_KEYS_MASTER_KEY)"
    )
    keys_master_key_file: Path | None = Field(
        default=None, description="a file that holds the master key; made with a new key where it is missing"
    )

    def keys(self) -> KeysSettings:
        """Where the keys are; what is not given here comes from RONDO_KEYS_..."""
        if self.keys_master_key is None and self.keys_master_key_file is None:
            return KeysSettings(database_url=self.keys_database_url)
        return KeysSettings(
            database_url=self.keys_database_url,
            master_key=self.keys_master_key,
            master_key_file=self.keys_master_key_file,
        )
