"""What the identity database must not give away at rest is sealed with a key that lies elsewhere."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.identity.settings import IdentitySettings

NONCE_BYTES = 12


class BrokenSeal(Exception):
    """Sealed under another secret, for another purpose, or changed since."""


class Seal:
    """AES-256-GCM under keys derived from one secret. What is sealed for one `purpose` does not open for
    another. The secret is asked for at the first use."""

    def __init__(self, secret: Callable[[], str]) -> None:
        self._ask = secret

    @cached_property
    def _secret(self) -> bytes:
        return self._ask().encode()

    def close(self, plain: bytes, purpose: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(purpose).encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Raises BrokenSeal."""
        try:
            return self._cipher(purpose).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            raise BrokenSeal(purpose) from None

    def _cipher(self, purpose: str) -> AESGCM:
        key = HKDF(SHA256(), 32, salt=None, info=b"rondo identity " + purpose.encode()).derive(self._secret)
        return AESGCM(key)


def seal_of(settings: IdentitySettings) -> Seal:
    given = settings.secret
    return Seal(given.get_secret_value if given is not None else lambda: _kept_secret(settings.secret_file))


def _kept_secret(path: Path) -> str:
    """The secret in the file, made there (owner may read it, nobody else) the first time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = path.read_text("ascii").strip()
        if len(secret) < 32:
            raise SystemExit(f"setting RONDO_IDENTITY_SECRET_FILE: {path} holds fewer than 32 characters") from None
        return secret
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret


def new_token() -> str:
    """A bearer secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a bearer secret. SHA-256 is enough: the token itself cannot be guessed."""
    return hashlib.sha256(token.encode()).digest()
