"""Sealed text is readable until its subject is forgotten, and by nobody after."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from pydantic import SecretStr

from shared.keys.master import KeysSettings, MasterKey, WrongMasterKey, new_master_key
from shared.privacy import Forgotten, NotSealed, Privacy, SubjectForgotten
from shared.tasks import end
from shared.testing.servers import Servers

OpenPrivacy = Callable[..., Awaitable[Privacy]]


@pytest.fixture
async def settings(servers: Servers) -> AsyncIterator[KeysSettings]:
    url = servers.postgres_url()
    yield KeysSettings(database_url=url, master_key=SecretStr(new_master_key()))
    servers.drop_database(url)


@pytest.fixture
async def open_privacy(settings: KeysSettings) -> AsyncIterator[OpenPrivacy]:
    """Each call is another process with the same database."""
    opened: list[Privacy] = []

    async def start(**changes: object) -> Privacy:
        privacy = await Privacy.start(settings.model_copy(update=changes))
        opened.append(privacy)
        return privacy

    yield start
    for privacy in opened:
        await privacy.close()


async def test_words_are_sealed_and_opened_in_their_order(open_privacy: OpenPrivacy) -> None:
    one, two = await open_privacy(), await open_privacy()
    district = uuid4()
    texts = [(f"note:{n % 4}", f"asked {n} questions — ✓") for n in range(20)]
    sealed = await one.seal_many(district, texts)
    assert len(set(sealed)) == 20
    assert not any("questions" in s for s in sealed)
    boxes = [(subject, s) for (subject, _), s in zip(texts, sealed, strict=True)]
    assert await two.open_many(district, boxes) == [t for _, t in texts]
    assert await two.seal_many(district, []) == []


async def test_what_was_forgotten_opens_for_nobody_and_takes_nothing_more(open_privacy: OpenPrivacy) -> None:
    privacy, district = await open_privacy(), uuid4()
    gone, stays = await privacy.seal_many(district, [("note:1", "gone"), ("note:2", "stays")])
    await privacy.forget(district, "note:1")
    await privacy.forget(district, "note:1")
    assert await privacy.open_many(district, [("note:1", gone), ("note:2", stays)]) == [Forgotten("note:1"), "stays"]
    assert await (await open_privacy()).open(district, "note:1", gone) == Forgotten("note:1")
    with pytest.raises(SubjectForgotten):
        await privacy.seal_many(district, [("note:2", "x"), ("note:1", "again")])


async def test_what_is_forgotten_is_gone_from_every_process_when_forgetting_is_done(open_privacy: OpenPrivacy) -> None:
    one, two, three = await open_privacy(), await open_privacy(), await open_privacy()
    district = uuid4()
    sealed = await one.seal(district, "note:1", "words")
    for other in (two, three):
        assert await other.open(district, "note:1", sealed) == "words"
    await one.forget(district, "note:1")
    for other in (two, three):
        assert await other.open(district, "note:1", sealed) == Forgotten("note:1")
        with pytest.raises(SubjectForgotten):
            await other.seal(district, "note:1", "late")


async def test_a_key_that_is_shut_opens_and_seals_no_more_in_any_process(open_privacy: OpenPrivacy) -> None:
    one, two = await open_privacy(), await open_privacy()
    district = uuid4()
    sealed = await two.seal(district, "note:1", "words")
    await one.shut(district, "note:1")
    for privacy in (one, two):
        assert await privacy.open(district, "note:1", sealed) == "words"
        with pytest.raises(SubjectForgotten):
            await privacy.seal(district, "note:1", "late")
    await one.forget(district, "note:1")
    await one.shut(district, "note:1")
    assert await two.open(district, "note:1", sealed) == Forgotten("note:1")


async def test_who_hears_nothing_uses_no_kept_key_once_its_lease_has_run_out(
    settings: KeysSettings, open_privacy: OpenPrivacy, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, deaf = await open_privacy(), await open_privacy()
    district = uuid4()
    sealed = await deaf.seal(district, "note:1", "words")
    await end(deaf._holders._task)  # as a process that was stopped: it neither hears nor renews
    forgetting = asyncio.create_task(one.forget(district, "note:1"))
    done, _ = await asyncio.wait([forgetting], timeout=0.3)
    assert not done, "the other one has not confirmed, and its lease still runs"
    conn = await asyncpg.connect(settings.database_url)
    await conn.execute("UPDATE key_holders SET renewed_at = clock_timestamp() - interval '1 minute'")
    await conn.close()
    await forgetting
    monkeypatch.setattr(deaf._holders, "_until", 0.0)  # its own clock, which runs as the database's
    assert await deaf.open(district, "note:1", sealed) == Forgotten("note:1")


async def test_a_subject_may_be_forgotten_before_it_has_words(open_privacy: OpenPrivacy) -> None:
    privacy, district = await open_privacy(), uuid4()
    await privacy.forget(district, "person:1")
    with pytest.raises(SubjectForgotten):
        await privacy.seal(district, "person:1", "late")


async def test_the_database_refuses_to_bring_a_subject_back(open_privacy: OpenPrivacy, settings: KeysSettings) -> None:
    privacy, district = await open_privacy(), uuid4()
    await privacy.seal(district, "note:1", "words")
    await privacy.forget(district, "note:1")
    conn = await asyncpg.connect(settings.database_url)
    assert await conn.fetchval("SELECT wrapped FROM subject_keys") is None
    for statement in ("UPDATE subject_keys SET wrapped = 'x', forgotten_at = NULL", "DELETE FROM subject_keys"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await conn.execute(statement)
    await conn.close()


async def test_sealed_text_opens_for_its_own_subject_and_district_alone(open_privacy: OpenPrivacy) -> None:
    privacy, district, other = await open_privacy(), uuid4(), uuid4()
    sealed = await privacy.seal(district, "note:1", "words")
    await privacy.seal(district, "note:2", "words")
    await privacy.seal(other, "note:1", "words")
    wrong = [(district, "note:2", sealed), (other, "note:1", sealed), (district, "note:9", sealed)]
    wrong += [(district, "note:1", s) for s in ("plain words", "s1.", sealed[:-4] + "AAAA", "s1.ä")]
    for place, subject, text in wrong:
        with pytest.raises(NotSealed):
            await privacy.open(place, subject, text)


async def test_another_master_key_is_found_out_at_the_start(open_privacy: OpenPrivacy) -> None:
    await (await open_privacy()).seal(uuid4(), "note:1", "words")
    with pytest.raises(WrongMasterKey):
        await open_privacy(master_key=SecretStr(new_master_key()))


async def test_a_master_key_can_be_changed_while_the_old_one_still_unwraps(
    open_privacy: OpenPrivacy, settings: KeysSettings
) -> None:
    district = uuid4()
    sealed = await (await open_privacy()).seal(district, "note:1", "words")
    assert settings.master_key is not None
    both = SecretStr(f"{new_master_key()},{settings.master_key.get_secret_value()}")
    rotated = await open_privacy(master_key=both)
    assert await rotated.open(district, "note:1", sealed) == "words"
    assert await rotated.open(district, "note:2", await rotated.seal(district, "note:2", "new")) == "new"


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master"
    settings = KeysSettings(database_url="postgresql://", master_key_file=path)
    first = MasterKey.of(settings)
    assert MasterKey.of(settings).id == first.id
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["master"]


@pytest.mark.parametrize("words", ["", "not base64!", "c2hvcnQ="])
def test_a_key_that_is_none_ends_the_start_with_its_setting_named(words: str) -> None:
    with pytest.raises(SystemExit, match="RONDO_KEYS_MASTER_KEY"):
        MasterKey.of(KeysSettings(database_url="postgresql://", master_key=SecretStr(words)))
    with pytest.raises(SystemExit, match="RONDO_KEYS_MASTER_KEY"):
        MasterKey.of(KeysSettings(database_url="postgresql://"))
