from __future__ import annotations

import stat
from pathlib import Path

import pytest

from services.identity.seal import BrokenSeal, Seal, seal_of
from services.identity.settings import IdentitySettings


def test_what_is_sealed_opens_only_with_the_secret_and_for_the_purpose() -> None:
    sealed = Seal(lambda: "a" * 40).close(b"private", "keys")
    assert b"private" not in sealed
    assert Seal(lambda: "a" * 40).open(sealed, "keys") == b"private"
    for other, purpose in ((Seal(lambda: "b" * 40), "keys"), (Seal(lambda: "a" * 40), "cookies")):
        with pytest.raises(BrokenSeal):
            other.open(sealed, purpose)


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 40])
def test_damage_is_noticed(damaged: bytes) -> None:
    with pytest.raises(BrokenSeal):
        Seal(lambda: "a" * 40).open(damaged, "keys")


def test_the_secret_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "identity.secret"
    settings = IdentitySettings(database_url="postgresql://x", secret_file=file)
    sealed = seal_of(settings).close(b"private", "keys")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert seal_of(settings).open(sealed, "keys") == b"private"
