"""Settings of the identity service."""

from __future__ import annotations

from pathlib import Path
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class OidcProvider(BaseModel):
    """A district's own sign-in. Register `<public_url>/api/identity/oidc/<key>/callback` there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = Field(pattern=r"^[a-z0-9-]{1,40}$", description="short name in addresses")
    name: str = Field(min_length=1, max_length=80, description="what the button says")
    district_id: UUID = Field(description="the district whose accounts sign in here")
    issuer: str = Field(pattern=r"^https?://", description="issuer; its discovery document lies below it")
    client_id: str = Field(min_length=1)
    client_secret: SecretStr


class IdentitySettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="RONDO_IDENTITY_", extra="ignore")

    secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="seals the signing keys at rest and the OIDC cookie, 32 characters or more; unset: secret_file",
    )
    secret_file: Path = Field(
        default=Path(".rondo/identity.secret"),
        description="file that holds the secret, made when absent, readable by its owner alone",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/]+$",
        description="the address people see, without a path; https makes the cookies Secure",
    )
    mount_path: str = Field(
        default="/api/identity", pattern=r"^(/[a-z-]+)*$", description="where this service is served below public_url"
    )
    key_days: int = Field(default=30, ge=1, le=365, description="days after which a new key signs")
    session_days: int = Field(default=14, ge=1, le=90, description="days without use that end a sign-in")
    link_hours: int = Field(default=72, ge=1, le=720, description="hours that a set-password link works")
    password_min_length: int = Field(default=12, ge=8, le=64)
    argon2_memory_kib: int = Field(default=65_536, ge=8_192, description="memory of one password hash (KiB)")
    argon2_time_cost: int = Field(default=3, ge=1, le=20)
    sign_in_tries: int = Field(default=10, ge=3, description="tries per account and address in five minutes")
    sign_in_tries_per_account: int = Field(
        default=60, ge=10, description="tries per account in five minutes, from wherever they come"
    )
    sign_in_failures_per_address: int = Field(
        default=200, ge=10, description="failures from one address in five minutes, whatever the account"
    )
    oidc_providers: tuple[OidcProvider, ...] = Field(default=(), description="a JSON list")

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [provider.key for provider in self.oidc_providers]
        if len(set(keys)) != len(keys):
            raise ValueError("two OIDC providers have the same key")
        return self

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")
