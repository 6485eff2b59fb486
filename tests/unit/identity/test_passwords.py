from __future__ import annotations

import pytest

from services.identity.sessions.passwords import Passwords, check_rule
from shared.errors import Invalid

WHO = {"email": "maria.lopez@alder.example", "name": "Maria Lopez-Whitfield", "min_length": 12}
CHEAP = Passwords(memory_kib=8_192, time_cost=1)


@pytest.mark.parametrize(
    "password",
    ["short", "aaaaaaaaaaaaaaaa", "maria.lopez@alder.example", "maria lopez-whitfield", "x1y2z" * 60],
)
def test_weak_and_boundless_passwords_are_refused(password: str) -> None:
    with pytest.raises(Invalid):
        check_rule(password, **WHO)  # type: ignore[arg-type]  # one dictionary for the three


def test_any_characters_will_do_when_there_are_enough() -> None:
    check_rule("paso raro de ñandú", **WHO)  # type: ignore[arg-type]  # one dictionary for the three


async def test_two_ways_of_typing_one_letter_are_one_password() -> None:
    composed, decomposed = "caf\u00e9 con leche 12", "cafe\u0301 con leche 12"
    assert (await CHEAP.verify(await CHEAP.hash(composed), decomposed)).ok


async def test_a_hash_with_older_parameters_is_replaced_at_sign_in() -> None:
    stored = await CHEAP.hash("a dozen paper boats")
    assert (await CHEAP.verify(stored, "a dozen paper boats")).rehashed is None
    stronger = Passwords(memory_kib=9_000, time_cost=2)
    verified = await stronger.verify(stored, "a dozen paper boats")
    assert verified.ok
    assert verified.rehashed is not None
    assert "m=9000,t=2" in verified.rehashed
    assert (await stronger.verify(stored, "a dozen paper boots")).rehashed is None


async def test_without_a_hash_nothing_fits() -> None:
    assert not (await CHEAP.verify(None, "")).ok
    assert not (await CHEAP.verify("not a hash", "x")).ok
