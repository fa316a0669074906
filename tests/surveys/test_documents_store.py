"""Documents with versions: what is kept, where, and who can still reach it."""

from typing import Any

import pytest

from app.audit.store import entries
from app.clock import now
from app.settings import load_settings, settings, use_settings
from surveys import store
from surveys.consultation import About, Document
from surveys.documents import Kind, shelves
from surveys.file_content import Content
from surveys.store.document_files import keep_file, place_of
from tests.surveys.asking import SYSTEM, parks

PDF = Content("plan.pdf", "application/pdf", b"%PDF-1.7 the plan")
LINK = "https://exampleshire.example/plan"

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Any) -> None:
    use_settings(load_settings({"HEARBACK_DATA_DIR": str(tmp_path / "data")}))


def who(**more: Any) -> dict[str, Any]:
    return {"by": SYSTEM, "now": now(), **more}


async def plan(**more: Any) -> int:
    given = {"title": "The plan", "kind": Kind.DRAFT, "strand": "", **more}
    return await store.add_document("parks", **given, **who())


def version(name: str = "Draft 1", language: str = "en", **more: Any) -> store.NewVersion:
    return store.NewVersion(language, name, **({"url": LINK} | more))


async def test_the_newest_version_comes_first_and_earlier_ones_stay() -> None:
    made = await parks()
    number = await plan()
    for name, language, of in (
        ("Draft 1", "en", None),
        ("Draft 1", "cy", 1),
        ("Draft 2", "en", None),
    ):
        await store.add_document_version(
            "parks", number, version(name, language, number=of), **who()
        )
    (kept,) = await store.documents(made.id)
    assert [(v.number, v.language) for v in kept.versions] == [(2, "en"), (1, "en"), (1, "cy")]
    assert [(v.number, v.language) for v in kept.newest] == [(2, "en"), (1, "cy")]
    assert [(v.number, v.language) for v in kept.earlier] == [(1, "en")]
    assert [kept.behind(v) for v in kept.newest] == [False, True]


async def test_a_file_is_kept_below_its_digest_and_once() -> None:
    await parks()
    number = await plan()
    first = await store.add_document_version("parks", number, version(url="", file=PDF), **who())
    again = await store.add_document_version(
        "parks", number, version("Draft 2", url="", file=PDF), **who()
    )
    assert first.digest == again.digest
    folder = settings().data_dir / "uploads" / "documents"
    assert [f for f in folder.rglob("*") if f.is_file()] == [place_of(first.digest)]
    assert await store.document_file(first) == PDF.data


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "/" + "a" * 63, "A" * 64])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        place_of(name)


async def test_a_file_that_the_disk_lost_is_a_refusal() -> None:
    await parks()
    number = await plan()
    added = await store.add_document_version("parks", number, version(url="", file=PDF), **who())
    place_of(added.digest).unlink()
    with pytest.raises(store.NoSuchDocument):
        await store.document_file(added)
    assert keep_file(PDF.data) == added.digest


async def test_a_version_is_in_each_language_once() -> None:
    await parks()
    number = await plan()
    await store.add_document_version("parks", number, version(), **who())
    with pytest.raises(store.VersionInThatLanguage):
        await store.add_document_version("parks", number, version(number=1), **who())
    with pytest.raises(store.NoSuchDocument):
        await store.add_document_version("parks", number, version(number=5), **who())


async def test_a_removed_document_is_out_of_reach_until_it_is_put_back() -> None:
    made = await parks()
    number = await plan()
    await store.add_document_version("parks", number, version(), **who())
    await store.remove_document("parks", number, **who())
    with pytest.raises(store.NoSuchDocument):
        await store.document_kept(made.id, number)
    assert shelves(await store.documents(made.id)) == ()
    await store.put_document_back("parks", number, **who())
    assert [shelf.kind for shelf in shelves(await store.documents(made.id))] == [Kind.DRAFT]


async def test_only_documents_with_something_to_read_are_shown_by_kind() -> None:
    made = await parks()
    await plan(title="Nothing yet")
    for title, kind in (("Easy", Kind.EASY_READ), ("Draft", Kind.DRAFT), ("Also", Kind.EASY_READ)):
        number = await plan(title=title, kind=kind)
        await store.add_document_version("parks", number, version(), **who())
    found = shelves(await store.documents(made.id))
    assert [(shelf.kind, [d.title for d in shelf.documents]) for shelf in found] == [
        (Kind.DRAFT, ["Draft"]),
        (Kind.EASY_READ, ["Easy", "Also"]),
    ]


async def test_the_links_from_before_are_taken_over_by_the_first_document() -> None:
    links = (Document("Old plan", "Draft 3", LINK), Document("On paper"))
    made = await parks(about=About(why="Why", documents=links))
    number = await plan()
    kept = {each.title: each for each in await store.documents(made.id)}
    assert number == 3
    assert [(v.name, v.url) for v in kept["Old plan"].versions] == [("Draft 3", LINK)]
    assert kept["On paper"].versions == ()
    about = (await store.consultation("parks")).about
    assert (about.documents, about.why) == ((), "Why")


async def test_every_change_is_audited() -> None:
    await parks()
    number = await plan()
    await store.add_document_version("parks", number, version(), **who())
    changed: dict[str, Any] = {
        "title": {"en": "A plan", "cy": "Cynllun"},
        "kind": Kind.SUMMARY,
        "strand": "",
    }
    await store.change_document("parks", number, **changed, **who())
    await store.remove_document("parks", number, **who())
    actions = [each.action for each in reversed(await entries(limit=5))]
    assert actions == [
        "create-consultation",
        "add-document",
        "add-document-version",
        "change-document",
        "remove-document",
    ]
