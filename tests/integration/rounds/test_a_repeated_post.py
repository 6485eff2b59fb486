"""A POST that is sent again under its key is answered as before; under the same key nothing else is done."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.rounds.world import RoundsWorld


async def test_the_same_post_is_answered_again_and_another_is_refused(rounds_world: RoundsWorld) -> None:
    made = await rounds_world.a_round()
    key = {"Idempotency-Key": str(uuid4())}
    first = await rounds_world.ask(made.facilitator, "POST", f"{made.path}/stages/visit", headers=key)
    again = await rounds_world.ask(made.facilitator, "POST", f"{made.path}/stages/visit", headers=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert "idempotent-replay" not in first.headers
    assert again.headers["idempotent-replay"] == "true"
    other = await rounds_world.ask(made.facilitator, "POST", f"{made.path}/stages/describe", headers=key)
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"
