"""Files on the disk and their rows: durable together, gone together, nobody else's."""

import stat
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app import clock
from app.backup import backup, restore
from app.database import AlreadyThere
from app.settings import settings, use_settings
from responses import store
from responses.store.uploads import folder
from responses.tables import UploadRow
from surveys import store as surveys
from tests.conftest import settings_on
from tests.responses.asking import NOW, SLUG, asked
from tests.responses.files import LETTER, PLAN, asking_for_files

DAY = timedelta(days=1)
ADDED = [("plans", LETTER), ("plans", PLAN)]


def on_disk() -> set[str]:
    return {file.name for file in folder().iterdir()} if folder().exists() else set()


async def draft_with_files() -> store.Draft:
    newest, _ = await asked(await asking_for_files())
    token = await store.begin_draft(newest, {"stop": "A1"}, language="en", now=NOW)
    draft = await store.draft(token)
    assert draft is not None
    await store.change_files(draft.key, add=ADDED, now=NOW)
    return draft


async def sent(draft: store.Draft) -> str:
    """Sent with all its files; the receipt."""
    newest, version = await asked(await surveys.consultation(SLUG))
    tokens = [file.token for file in await store.files_of(draft.key)]
    return await store.submit_draft(
        draft,
        {"stop": "A1", "plans": tokens},
        round=newest,
        version=version,
        language="en",
        now=NOW,
    )


async def test_a_file_is_kept_as_it_came_for_its_owner_alone(database: str) -> None:
    key = uuid4()
    [letter, plan] = await store.change_files(key, add=ADDED, now=NOW)
    assert await store.files_of(key) == (letter, plan)
    assert (letter.name, letter.size) == ("letter.txt", len(LETTER.data))
    assert letter.path.read_bytes() == LETTER.data
    assert stat.S_IMODE(letter.path.stat().st_mode) == 0o600
    assert letter.path.is_relative_to(settings().data_dir / "uploads")
    assert letter.name not in str(letter.path)
    assert await store.files_of(uuid4()) == ()


async def test_a_file_that_is_removed_is_gone_from_the_disk(database: str) -> None:
    key = uuid4()
    [letter, plan] = await store.change_files(key, add=ADDED, now=NOW)
    await store.change_files(key, remove=[letter], now=NOW)
    assert await store.files_of(key) == (plan,)
    assert on_disk() == {plan.token}


async def test_a_file_is_removed_by_its_own_key_only(database: str) -> None:
    key = uuid4()
    [letter, plan] = await store.change_files(key, add=ADDED, now=NOW)
    await store.change_files(uuid4(), remove=[letter], now=NOW)
    assert await store.files_of(key) == (letter, plan)
    assert on_disk() == {letter.token, plan.token}


async def test_nothing_is_left_of_a_file_whose_row_could_not_be_written(database: str) -> None:
    key = uuid4()
    [letter] = await store.change_files(key, add=[("plans", LETTER)], now=NOW)
    twice = UploadRow.insert(
        UploadRow(token=letter.token, key=key, question="q", name="n", media_type="m", kept_at=NOW)
    )
    with pytest.raises(AlreadyThere):
        await store.change_files(key, add=[("plans", PLAN)], now=NOW, also=(twice,))
    assert await store.files_of(key) == (letter,)
    assert on_disk() == {letter.token}


async def test_sending_keeps_the_files_of_the_answers_and_no_others(database: str) -> None:
    draft = await draft_with_files()
    [letter, plan] = await store.files_of(draft.key)
    newest, version = await asked(await surveys.consultation(SLUG))
    receipt = await store.submit_draft(
        draft,
        {"stop": "A1", "plans": [plan.token]},
        round=newest,
        version=version,
        language="en",
        now=NOW,
    )
    found = await store.response_by_receipt(receipt)
    assert found is not None
    assert found.answers["plans"] == [plan.token]
    assert await store.files_of(found.key) == (plan,)
    assert on_disk() == {plan.token}
    assert letter.token not in on_disk()


async def test_a_response_takes_no_more_files_and_loses_none(database: str) -> None:
    draft = await draft_with_files()
    files = await store.files_of(draft.key)
    await sent(draft)
    await store.change_files(draft.key, add=[("plans", PLAN)], remove=files, now=NOW)
    assert await store.files_of(draft.key) == files
    assert {file.token for file in files} <= on_disk()


async def test_files_go_along_when_a_correction_gives_their_question_another_key(
    database: str,
) -> None:
    draft = await draft_with_files()
    [letter, plan] = await store.files_of(draft.key)
    answers = {"stop": "A1", "drawings": [letter.token], "plans": [plan.token]}
    await store.carry_draft(draft, draft.version_id, answers, now=NOW)
    questions = [file.question for file in await store.files_of(draft.key)]
    assert questions == ["drawings", "plans"]


async def test_withdrawing_deletes_the_files(database: str) -> None:
    draft = await draft_with_files()
    await store.withdraw(await sent(draft))
    assert await store.files_of(draft.key) == ()
    assert on_disk() == set()


async def test_discarding_deletes_the_files(database: str) -> None:
    draft = await draft_with_files()
    await store.discard_draft(draft)
    assert await store.files_of(draft.key) == ()
    assert on_disk() == set()


async def test_what_was_not_sent_within_a_week_is_cleared(database: str) -> None:
    draft = await draft_with_files()
    await sent(draft)
    kept = await store.files_of(draft.key)
    left = uuid4()
    [old] = await store.change_files(left, add=[("plans", PLAN)], now=NOW)
    [new] = await store.change_files(left, add=[("plans", PLAN)], now=NOW + 2 * DAY)
    await store.clear_unsent(NOW + 8 * DAY)
    assert await store.files_of(left) == (new,)
    assert await store.files_of(draft.key) == kept
    assert old.token not in {row["token"] for row in await UploadRow.select(UploadRow.token)}


async def test_a_file_without_a_row_is_cleared_once_it_is_a_day_old(database: str) -> None:
    [letter] = await store.change_files(uuid4(), add=[("plans", LETTER)], now=clock.now())
    stray = folder() / ("0" * 32)
    stray.write_bytes(b"left by a crash")
    assert await store.clear_unsent(clock.now()) == 0
    assert stray.exists()
    assert await store.clear_unsent(clock.now() + 2 * DAY) == 1
    assert on_disk() == {letter.token}


async def test_a_backup_brings_the_files_back(
    database: str, empty_url: str, tmp_path: Path
) -> None:
    draft = await draft_with_files()
    files = await store.files_of(draft.key)
    use_settings(settings_on(database, settings().data_dir))
    await backup(tmp_path / "backup.tar.gz")
    use_settings(settings_on(empty_url, tmp_path / "new"))
    await restore(tmp_path / "backup.tar.gz", replace=False)
    assert [file.path.read_bytes() for file in files] == [LETTER.data, PLAN.data]
    assert {stat.S_IMODE(file.path.stat().st_mode) for file in files} == {0o600}
