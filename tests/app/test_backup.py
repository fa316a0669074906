"""The whole state goes into one file and comes back, or nothing is touched, on both databases."""

import asyncio
import hashlib
import io
import stat
import tarfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import msgspec
import pytest

from app import database as db
from app.backup import (
    AnotherSecretIsSet,
    NoSuchFolder,
    NotAWholeBackup,
    NotEmptyHere,
    backup,
    restore,
)
from app.database.copies import CopyDoesNotFit
from app.settings import Settings, load_settings, settings, use_settings
from surveys.tables import ConsultationRow, QuestionnaireVersionRow

OLD_SECRET = b"the secret of the old place, long enough"


def settings_for(url: str, data_dir: Path) -> Settings:
    return load_settings({"HEARBACK_DATABASE_URL": url, "HEARBACK_DATA_DIR": str(data_dir)})


@pytest.fixture
async def old_place(database: str, tmp_path: Path) -> AsyncIterator[Path]:
    """A place with a consultation, an upload and a secret, in force."""
    before = settings()
    data_dir = tmp_path / "old"
    (data_dir / "uploads" / "7").mkdir(parents=True)
    (data_dir / "uploads" / "7" / "plan.pdf").write_bytes(b"plan")
    (data_dir / "secret-key").write_bytes(OLD_SECRET)
    use_settings(settings_for(database, data_dir))
    await ConsultationRow.insert(ConsultationRow(slug="kent", title="Kent’s strategy\n\t\\N"))
    await QuestionnaireVersionRow.insert(QuestionnaireVersionRow(consultation=1, number=1))
    yield data_dir
    use_settings(before)


@pytest.fixture
async def archive(old_place: Path, tmp_path: Path) -> Path:
    file = tmp_path / "backup.tar.gz"
    await backup(file)
    return file


@pytest.fixture
def new_place(archive: Path, empty_url: str, tmp_path: Path) -> Path:
    """An empty place, in force instead of the old one."""
    data_dir = tmp_path / "new"
    use_settings(settings_for(empty_url, data_dir))
    return data_dir


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


async def slugs() -> list[str]:
    async with db.connected(settings().database_url):
        return [row["slug"] for row in await ConsultationRow.select(ConsultationRow.slug)]


async def test_an_empty_place_becomes_the_old_one(archive: Path, new_place: Path) -> None:
    await restore(archive, replace=False)
    assert (new_place / "uploads" / "7" / "plan.pdf").read_bytes() == b"plan"
    assert (new_place / "secret-key").read_bytes() == OLD_SECRET
    assert names_in(new_place) == ["secret-key", "uploads"]
    async with db.connected(settings().database_url):
        [row] = await ConsultationRow.select()
        assert (row["slug"], row["title"]) == ("kent", "Kent’s strategy\n\t\\N")
        assert await QuestionnaireVersionRow.count() == 1
        await db.migrate()


async def test_new_rows_after_a_restore_get_new_ids(archive: Path, new_place: Path) -> None:
    await restore(archive, replace=False)
    async with db.connected(settings().database_url):
        await ConsultationRow.insert(ConsultationRow(slug="next", title="Next"))
        assert await ConsultationRow.count() == 2


async def test_only_the_owner_may_read_a_backup(archive: Path) -> None:
    assert mode_of(archive) == 0o600
    assert not [name for name in names_in(archive.parent) if name.startswith(".")]


async def test_only_the_owner_may_read_what_was_restored(archive: Path, new_place: Path) -> None:
    await restore(archive, replace=True)
    assert mode_of(new_place / "secret-key") == 0o600
    assert mode_of(new_place / "uploads" / "7" / "plan.pdf") == 0o600
    url = settings().database_url
    if url.startswith("sqlite:///"):
        assert mode_of(Path(url.removeprefix("sqlite:///"))) == 0o600


async def test_a_backup_while_others_write_is_of_one_moment(
    old_place: Path, tmp_path: Path, empty_url: str
) -> None:
    file = tmp_path / "busy.tar.gz"

    async def pair(n: int) -> None:
        consultation = ConsultationRow(id=n, slug=f"c{n}", title="")
        version = QuestionnaireVersionRow(consultation=n, number=1)
        await db.write_together(
            ConsultationRow.insert(consultation), QuestionnaireVersionRow.insert(version)
        )

    async def write() -> None:
        for start in range(100, 400, 10):
            await asyncio.gather(*(pair(n) for n in range(start, start + 10)))

    await asyncio.gather(write(), backup(file))
    use_settings(settings_for(empty_url, tmp_path / "new"))
    await restore(file, replace=False)
    async with db.connected(settings().database_url):
        assert await ConsultationRow.count() == await QuestionnaireVersionRow.count()


async def test_a_place_with_something_in_it_is_kept_unless_replacing(
    archive: Path, old_place: Path
) -> None:
    await ConsultationRow.insert(ConsultationRow(slug="later", title=""))
    (old_place / "uploads" / "later.pdf").write_bytes(b"later")
    with pytest.raises(NotEmptyHere):
        await restore(archive, replace=False)
    assert await slugs() == ["kent", "later"]
    await restore(archive, replace=True)
    assert await slugs() == ["kent"]
    assert not (old_place / "uploads" / "later.pdf").exists()
    assert (old_place / "uploads" / "7" / "plan.pdf").exists()


def repacked(archive: Path, change: Mapping[str, bytes | None], *, honest: bool = False) -> Path:
    """The same archive with files changed or left out (None), and its manifest to match or not."""
    with tarfile.open(archive) as old:
        files = {
            member.name: old.extractfile(member).read()  # type: ignore[union-attr]
            for member in old.getmembers()
            if member.isfile()
        }
    files.update({name: data for name, data in change.items() if data is not None})
    for name in [name for name, data in change.items() if data is None]:
        del files[name]
    if honest:
        files["manifest.json"] = manifest(files)
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(target, "w:gz") as new:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


def manifest(files: dict[str, bytes]) -> bytes:
    rest = {name: data for name, data in files.items() if name != "manifest.json"}
    return msgspec.json.encode(
        {name: hashlib.sha256(data).hexdigest() for name, data in rest.items()}
    )


async def unchanged(place: Path) -> bool:
    kept = (place / "uploads" / "7" / "plan.pdf").read_bytes() == b"plan"
    secret = (place / "secret-key").read_bytes() == OLD_SECRET
    tidy = names_in(place) == ["secret-key", "uploads"]
    return kept and secret and tidy and await slugs() == ["kent"]


@pytest.mark.parametrize(
    "change",
    [{"uploads/7/plan.pdf": b"other"}, {"uploads/7/plan.pdf": None}, {"uploads/more": b"more"}],
)
async def test_an_archive_that_was_tampered_with_is_refused(
    archive: Path, old_place: Path, change: dict[str, bytes | None]
) -> None:
    with pytest.raises(NotAWholeBackup):
        await restore(repacked(archive, change), replace=True)
    assert await unchanged(old_place)


@pytest.mark.parametrize("name", ["secret-key", "database/description.json"])
async def test_an_archive_without_what_every_backup_has_is_refused(
    archive: Path, old_place: Path, name: str
) -> None:
    with pytest.raises(NotAWholeBackup):
        await restore(repacked(archive, {name: None}, honest=True), replace=True)
    assert await unchanged(old_place)


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9])
async def test_a_cut_archive_is_refused(archive: Path, old_place: Path, share: float) -> None:
    cut(archive, share)
    with pytest.raises(NotAWholeBackup):
        await restore(archive, replace=True)
    assert await unchanged(old_place)


def cut(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])


async def test_a_file_of_another_kind_is_refused(old_place: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear council")
    with pytest.raises(NotAWholeBackup):
        await restore(tmp_path / "letter.txt", replace=True)
    assert await unchanged(old_place)


async def test_a_name_that_leads_out_of_the_archive_is_refused(
    archive: Path, old_place: Path
) -> None:
    evil = repacked(archive, {"../../escaped": b"evil"}, honest=True)
    with pytest.raises(NotAWholeBackup):
        await restore(evil, replace=True)
    assert not (old_place.parent / "escaped").exists()
    assert await unchanged(old_place)


async def test_a_damaged_database_inside_leaves_the_old_state(
    archive: Path, old_place: Path
) -> None:
    with tarfile.open(archive) as packed:
        [name] = [name for name in packed.getnames() if name.endswith(("sqlite", "/round.copy"))]
        whole = packed.extractfile(name).read()  # type: ignore[union-attr]
    damaged = whole[:4096] + b"\x81" * 2000 + whole[6096:]
    with pytest.raises(CopyDoesNotFit, match="damaged"):
        await restore(repacked(archive, {name: damaged}, honest=True), replace=True)
    assert await unchanged(old_place)


async def test_a_backup_of_a_later_version_is_refused(archive: Path, old_place: Path) -> None:
    with tarfile.open(archive) as packed:
        description = packed.extractfile("database/description.json").read()  # type: ignore[union-attr]
    later = msgspec.json.decode(description)
    later["reached"]["surveys"] = "2999-01-01T00:00:00:000000"
    change = {"database/description.json": msgspec.json.encode(later)}
    with pytest.raises(CopyDoesNotFit, match="later version"):
        await restore(repacked(archive, change, honest=True), replace=True)
    assert await unchanged(old_place)


async def test_a_backup_of_the_other_kind_of_database_is_refused(
    archive: Path, old_place: Path
) -> None:
    with tarfile.open(archive) as packed:
        description = packed.extractfile("database/description.json").read()  # type: ignore[union-attr]
    other = msgspec.json.decode(description)
    other["kind"] = "postgres" if other["kind"] == "sqlite" else "sqlite"
    change = {"database/description.json": msgspec.json.encode(other)}
    with pytest.raises(CopyDoesNotFit, match="HEARBACK_DATABASE_URL"):
        await restore(repacked(archive, change, honest=True), replace=True)
    assert await unchanged(old_place)


async def test_a_secret_in_the_environment_that_differs_is_refused(
    archive: Path, empty_url: str, tmp_path: Path
) -> None:
    environment = {
        "HEARBACK_DATABASE_URL": empty_url,
        "HEARBACK_DATA_DIR": str(tmp_path / "new"),
        "HEARBACK_SECRET_KEY": "quite another key that is long enough",
    }
    use_settings(load_settings(environment))
    with pytest.raises(AnotherSecretIsSet):
        await restore(archive, replace=False)
    use_settings(load_settings({**environment, "HEARBACK_SECRET_KEY": OLD_SECRET.decode()}))
    await restore(archive, replace=False)
    assert await slugs() == ["kent"]


async def test_a_folder_that_is_not_there_is_named(old_place: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFolder, match="nowhere"):
        await backup(tmp_path / "nowhere" / "backup.tar.gz")
