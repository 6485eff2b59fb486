"""The master key: wraps the subjects' keys, and lies outside every database."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

NONCE_BYTES = 12
KEY_BYTES = 32


class KeysSettings(BaseSettings):
    """Where the keys' database and the master key are. Environment: RONDO_KEYS_..."""

    model_config = SettingsConfigDict(env_prefix="RONDO_KEYS_", extra="ignore")

    database_url: str = Field(description="postgresql://user:password@host:port/database of the keys")
    master_key: SecretStr | None = Field(
        default=None,
        description="32 bytes in base64; after a rotation the new one first, then the old ones, separated by commas",
    )
    master_key_file: Path | None = Field(
        default=None, description="a file that holds the same; made with a new key where it is missing"
    )
    cache_seconds: float = Field(default=60, ge=0, le=3600, description="how long a key is kept in memory")


class SealingSettings(BaseSettings):
    """What a service needs that seals words, or opens them."""

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


class WrongMasterKey(Exception):
    """A stored key was wrapped by a master key that we were not given, or was changed since."""


class MasterKey:
    """Wraps with the first key, unwraps with any."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(k) != KEY_BYTES for k in keys):
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        self._keys = {hashlib.sha256(b"rondo master key " + k).hexdigest()[:16]: AESGCM(k) for k in keys}
        self.id = next(iter(self._keys))

    @classmethod
    def of(cls, settings: KeysSettings) -> MasterKey:
        """Ends the process with one sentence when the settings name no usable key."""
        name = "RONDO_KEYS_MASTER_KEY"
        if settings.master_key is not None:
            words = settings.master_key.get_secret_value()
        elif settings.master_key_file is not None:
            name = f"{name}_FILE"
            words = _kept(settings.master_key_file)
        else:
            raise SystemExit(f"setting {name}: give it, or {name}_FILE")
        try:
            return cls([base64.b64decode(w, validate=True) for w in words.strip().split(",")])
        except (ValueError, binascii.Error) as error:
            raise SystemExit(f"setting {name}: {error}") from None

    def wrap(self, key: bytes, about: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._keys[self.id].encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, master_id: str, about: bytes) -> bytes:
        """Raises WrongMasterKey."""
        held = self._keys.get(master_id)
        if held is None:
            raise WrongMasterKey(f"a key was wrapped by master key {master_id}, which is not among the given ones")
        try:
            return held.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about)
        except InvalidTag:
            raise WrongMasterKey("a stored key was changed or moved to another subject") from None


def new_master_key() -> str:
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def _kept(path: Path) -> str:
    """What the file holds; made once, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(new_master_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # whole or not at all; the first of two processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_text("ascii")
