"""Drafts edited by several officers, on both databases.

1. A change is stored whole with its history and its audit entry, or not at all.
2. Undo and redo go back and forth exactly; others' changes stay.
3. Of two officers at once, neither loses anything unseen.
4. What is frozen is not edited.
"""

import asyncio
from datetime import UTC, datetime
from random import Random

import pytest
from msgspec.structs import replace

from app.audit.store import entries
from surveys import store
from surveys.consultation import State
from surveys.drafting.applying import CannotApply
from surveys.drafting.building import copied_page, page_removal, removal
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeQuestion,
    MoveQuestion,
    Operation,
    RemoveQuestion,
    Several,
)
from surveys.native_files import LARGEST_FILE, UnusableQuestionnaire, write_questionnaire
from surveys.questionnaire import (
    Condition,
    Layout,
    LongText,
    Option,
    Page,
    Question,
    Questionnaire,
    ShortText,
    Single,
    Strand,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ANN, BEN = "ann@hearback.example", "ben@hearback.example"
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
GROUP = Single(key="group", text="Do you run a group?", options=YES_NO)
NAME = ShortText(
    key="name", text="What is it called?", show_if=Condition(question="group", is_="yes")
)
WHY = LongText(key="why", text="Why?")
PARKS = Questionnaire(
    "Parks", ("en",), (Page("You", (GROUP, NAME), key="you"), Page("Parks", (WHY,), key="parks"))
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def slug(database: str) -> str:
    document = write_questionnaire(PARKS)
    made = await store.create_consultation(document, slug="parks", by=ANN, now=NOW)
    return made.slug


async def stored(slug: str) -> Questionnaire:
    return (await store.draft(slug)).questionnaire


async def question(slug: str, key: str) -> Question:
    return (await stored(slug)).by_key()[key]


def reworded(question: Question, text: str) -> ChangeQuestion:
    return ChangeQuestion(question.key, replace(question, text=text))


async def test_a_consultation_starts_with_one_empty_page() -> None:
    made = await store.start_consultation(
        "Parks for all", languages=("cy", "en"), slug=None, by=ANN, now=NOW
    )
    assert (made.slug, made.title, made.state) == ("parks-for-all", "Parks for all", State.DRAFT)
    (page,) = (await stored(made.slug)).pages
    assert (page.questions, page.key) == ((), "page_1")
    question = AddQuestion("page_1", 0, WHY)
    assert (await store.change(made.slug, question, by=ANN, now=NOW)).revision == 1


@pytest.mark.parametrize(("title", "languages"), [("", ("en",)), ("Parks", ()), ("Parks", ("e",))])
async def test_a_consultation_without_a_title_or_language_is_not_started(
    title: str, languages: tuple[str, ...]
) -> None:
    with pytest.raises(UnusableQuestionnaire):
        await store.start_consultation(title, languages=languages, slug=None, by=ANN, now=NOW)
    assert await store.consultations() == ()


async def test_a_change_is_stored_with_its_history_and_audit_entry(slug: str) -> None:
    changed = await store.change(slug, reworded(WHY, "Why so?"), by=ANN, now=NOW)
    assert changed == await store.draft(slug)
    assert changed.revision == 1
    assert (await question(slug, "why")).text == "Why so?"
    (made,) = await store.changes(changed.version.id)
    assert made == store.Change(1, "Changed ‘Why?’ (wording)", ANN, NOW, undone=False)
    (last,) = await entries(limit=1)
    assert (last.action, last.subject, last.by) == (
        "change-questionnaire",
        "consultation:parks",
        ANN,
    )


async def test_a_refused_change_leaves_nothing_behind(slug: str) -> None:
    before = await store.draft(slug)
    bad = Several((reworded(WHY, "Why so?"), RemoveQuestion("group")))
    with pytest.raises(CannotApply):
        await store.change(slug, bad, by=ANN, now=NOW)
    assert await store.draft(slug) == before
    assert await store.changes(before.version.id) == ()
    assert (await entries(limit=1))[0].action == "create-consultation"


async def test_a_change_that_ends_half_way_leaves_nothing_behind(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await store.draft(slug)

    async def killed(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr("surveys.store.editing.record", killed)
    with pytest.raises(asyncio.CancelledError):
        await store.change(slug, reworded(WHY, "Why so?"), by=ANN, now=NOW)
    assert await store.draft(slug) == before
    assert await store.changes(before.version.id) == ()


async def test_a_draft_too_large_to_export_is_refused(slug: str) -> None:
    hint = "x" * LARGEST_FILE
    with pytest.raises(CannotApply):
        await store.change(slug, ChangeQuestion("why", replace(WHY, hint=hint)), by=ANN, now=NOW)
    assert await store.changes((await store.draft(slug)).version.id) == ()


async def test_pages_of_a_file_without_keys_can_be_edited() -> None:
    bare = replace(PARKS, pages=tuple(replace(page, key="") for page in PARKS.pages))
    document = write_questionnaire(bare)
    await store.create_consultation(document, slug="bare", by=ANN, now=NOW)
    assert [page.key for page in (await stored("bare")).pages] == ["page_1", "page_2"]
    await store.change("bare", MoveQuestion("why", "page_1", 0), by=ANN, now=NOW)
    assert [page.key for page in (await stored("bare")).pages] == ["page_1", "page_2"]
    assert [len(page.questions) for page in (await stored("bare")).pages] == [3, 0]


async def test_undo_and_redo_go_back_and_forth_exactly(slug: str) -> None:
    made: list[Operation] = [
        reworded(WHY, "Why so?"),
        removal(PARKS, "group"),
        copied_page(PARKS, "parks"),
        MoveQuestion("name", "parks", 0),
    ]
    states = [await stored(slug)]
    for operation in made:
        states.append((await store.change(slug, operation, by=ANN, now=NOW)).questionnaire)
    for before in reversed(states[:-1]):
        assert (await store.undo(slug, by=ANN, now=NOW)).questionnaire == before
    with pytest.raises(store.NothingToUndo):
        await store.undo(slug, by=ANN, now=NOW)
    for after in states[1:]:
        assert (await store.redo(slug, by=ANN, now=NOW)).questionnaire == after
    with pytest.raises(store.NothingToRedo):
        await store.redo(slug, by=ANN, now=NOW)
    assert (await store.draft(slug)).revision == 12
    assert await stored(slug) == states[-1]


@pytest.mark.parametrize("seed", range(3))
async def test_any_walk_of_changes_undone_and_made_again_ends_where_a_model_ends(
    slug: str, seed: int
) -> None:
    chance = Random(seed)
    states, at = [await stored(slug)], 0
    for step in range(25):
        act = chance.choice(["change", "undo", "redo"])
        if act == "change":
            operation = reworded(WHY, f"Why {step}?")
            states = [
                *states[: at + 1],
                (await store.change(slug, operation, by=ANN, now=NOW)).questionnaire,
            ]
            at += 1
        elif act == "undo" and at > 0:
            await store.undo(slug, by=ANN, now=NOW)
            at -= 1
        elif act == "redo" and at < len(states) - 1:
            await store.redo(slug, by=ANN, now=NOW)
            at += 1
        assert await stored(slug) == states[at]
    for _ in range(at):
        await store.undo(slug, by=ANN, now=NOW)
    assert await stored(slug) == states[0]


async def test_a_new_change_ends_what_could_be_made_again(slug: str) -> None:
    for text in ("One?", "Two?"):
        await store.change(slug, reworded(WHY, text), by=ANN, now=NOW)
    await store.undo(slug, by=ANN, now=NOW)
    await store.change(slug, reworded(WHY, "Three?"), by=ANN, now=NOW)
    with pytest.raises(store.NothingToRedo):
        await store.redo(slug, by=ANN, now=NOW)
    await store.undo(slug, by=ANN, now=NOW)
    assert (await question(slug, "why")).text == "One?"
    await store.redo(slug, by=ANN, now=NOW)
    assert (await question(slug, "why")).text == "Three?"
    listed = await store.changes((await store.draft(slug)).version.id)
    assert [each.undone for each in listed] == [False, True, False]


async def test_undo_takes_back_my_change_and_leaves_anothers(slug: str) -> None:
    await store.change(slug, reworded(WHY, "Why so?"), by=ANN, now=NOW)
    hint = replace(await question(slug, "why"), hint="In your words")
    await store.change(slug, ChangeQuestion("why", hint), by=BEN, now=NOW)
    await store.undo(slug, by=ANN, now=NOW)
    assert await question(slug, "why") == replace(WHY, hint="In your words")
    await store.redo(slug, by=ANN, now=NOW)
    assert await question(slug, "why") == replace(WHY, text="Why so?", hint="In your words")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (reworded(WHY, "Why so?"), reworded(WHY, "Why not?")),
        (reworded(WHY, "Why so?"), RemoveQuestion("why")),
        (
            AddQuestion("you", 0, ShortText(key="new", text="New?")),
            ChangeQuestion("new", ShortText(key="new", text="Newer?")),
        ),
        (AddPage(Page("New", (), key="new"), 0), AddQuestion("new", 0, replace(WHY, key="b"))),
        (RemoveQuestion("why"), page_removal(PARKS, "parks")),
        (RemoveQuestion("why"), AddQuestion("you", 0, WHY)),
    ],
)
async def test_undo_is_refused_where_it_would_lose_what_another_did_since(
    slug: str, mine: Operation, theirs: Operation
) -> None:
    await store.change(slug, mine, by=ANN, now=NOW)
    await store.change(slug, theirs, by=BEN, now=NOW)
    before = await store.draft(slug)
    with pytest.raises(CannotApply) as refused:
        await store.undo(slug, by=ANN, now=NOW)
    assert refused.value.words
    assert await store.draft(slug) == before
    await store.undo(slug, by=BEN, now=NOW)
    await store.undo(slug, by=ANN, now=NOW)
    assert await stored(slug) == PARKS


async def test_two_officers_change_different_fields_of_one_question_at_once(slug: str) -> None:
    await asyncio.gather(
        store.change_question(
            slug, "why", opened=WHY, mine=replace(WHY, text="Why so?"), by=ANN, now=NOW
        ),
        store.change_question(
            slug, "why", opened=WHY, mine=replace(WHY, required=True), by=BEN, now=NOW
        ),
    )
    assert await question(slug, "why") == replace(WHY, text="Why so?", required=True)
    assert (await store.draft(slug)).revision == 2


async def test_of_two_wordings_at_once_the_second_is_told_of_the_first(slug: str) -> None:
    results = await asyncio.gather(
        *(
            store.change_question(
                slug, "why", opened=WHY, mine=replace(WHY, text=text), by=by, now=NOW
            )
            for by, text in ((ANN, "Why so?"), (BEN, "Why not?"))
        ),
        return_exceptions=True,
    )
    (refused,) = [each for each in results if isinstance(each, store.ChangedMeanwhile)]
    now = await question(slug, "why")
    assert refused.now == now
    (conflict,) = refused.conflicts
    assert (conflict.field, conflict.opened, conflict.now) == ("text", "Why?", now.text)
    assert {conflict.mine, conflict.now} == {"Why so?", "Why not?"}
    assert (await store.draft(slug)).revision == 1


async def test_many_changes_at_once_are_all_kept(slug: str) -> None:
    added = [ShortText(key=f"n{number}", text=f"Number {number}?") for number in range(12)]
    await asyncio.gather(
        *(
            store.change(slug, AddQuestion("you", 0, each), by=by, now=NOW)
            for each, by in zip(added, (ANN, BEN) * 6, strict=True)
        )
    )
    assert {each.key for each in added} < (await stored(slug)).by_key().keys()
    found = await store.draft(slug)
    assert found.revision == 12
    numbers = [each.number for each in await store.changes(found.version.id)]
    assert numbers == list(range(12, 0, -1))
    assert len(await store.changes(found.version.id, limit=5)) == 5


async def test_two_officers_for_a_while_lose_nothing_unseen(slug: str) -> None:
    """Each reads, thinks and saves again and again. A refusal shows them the other's words, and
    they save once more on top of those. At the end the last words of each field are there."""
    last: dict[tuple[str, str], tuple[int, str]] = {}

    async def saved(key: str, opened: Question, field: str, *, words: str, by: str) -> int:
        mine = replace(opened, **{field: words})
        try:
            made = await store.change_question(slug, key, opened=opened, mine=mine, by=by, now=NOW)
        except store.ChangedMeanwhile as refused:
            now = refused.now
        else:
            return made.revision
        assert isinstance(now, ShortText | LongText)
        return await saved(key, now, field, words=words, by=by)

    async def edits(by: str, chance: Random) -> None:
        for step in range(8):
            key, field = chance.choice(["why", "name"]), chance.choice(["text", "hint"])
            opened = await question(slug, key)
            await asyncio.sleep(chance.random() / 100)
            words = f"{by} {step}"
            revision = await saved(key, opened, field, words=words, by=by)
            last[key, field] = max(last.get((key, field), (0, "")), (revision, words))

    await asyncio.gather(edits(ANN, Random(1)), edits(BEN, Random(2)))
    asked = (await stored(slug)).by_key()
    assert {place: getattr(asked[place[0]], place[1]) for place in last} == {
        place: words for place, (_, words) in last.items()
    }
    assert (await store.draft(slug)).revision == 16


async def test_saving_what_nobody_changed_changes_nothing(slug: str) -> None:
    await store.change_question(slug, "why", opened=WHY, mine=WHY, by=ANN, now=NOW)
    page = PARKS.pages[0]
    await store.change_page(slug, "you", opened=page, mine=page, by=ANN, now=NOW)
    await store.change_cover(slug, opened=PARKS, mine=PARKS, by=ANN, now=NOW)
    assert (await store.draft(slug)).revision == 0


async def test_a_question_removed_meanwhile_is_told(slug: str) -> None:
    await store.change(slug, RemoveQuestion("why"), by=BEN, now=NOW)
    with pytest.raises(CannotApply, match="not there any more"):
        await store.change_question(
            slug, "why", opened=WHY, mine=replace(WHY, text="x"), by=ANN, now=NOW
        )


async def test_the_head_of_a_page_merges(slug: str) -> None:
    page = PARKS.pages[0]
    strand = Strand("paths", "Paths")
    await store.change_cover(
        slug, opened=PARKS, mine=replace(PARKS, strands=(strand,)), by=BEN, now=NOW
    )
    await store.change_page(
        slug, "you", opened=page, mine=replace(page, strand="paths"), by=BEN, now=NOW
    )
    await store.change_page(
        slug, "you", opened=page, mine=replace(page, title="About you"), by=ANN, now=NOW
    )
    assert (await stored(slug)).pages[0] == replace(page, title="About you", strand="paths")
    with pytest.raises(store.ChangedMeanwhile):
        await store.change_page(
            slug, "you", opened=page, mine=replace(page, title="Yourself"), by=BEN, now=NOW
        )


async def test_the_cover_merges_and_names_the_consultation_until_it_opens(slug: str) -> None:
    await store.change_cover(
        slug, opened=PARKS, mine=replace(PARKS, layout=Layout.SINGLE), by=BEN, now=NOW
    )
    await store.change_cover(
        slug, opened=PARKS, mine=replace(PARKS, title="Woods"), by=ANN, now=NOW
    )
    changed = await store.draft(slug)
    assert (changed.questionnaire.title, changed.questionnaire.layout) == ("Woods", Layout.SINGLE)
    assert changed.consultation.title == "Woods"
    assert (await store.consultation(slug)).title == "Woods"
    await store.undo(slug, by=ANN, now=NOW)
    assert (await store.consultation(slug)).title == "Parks"


async def test_a_language_that_goes_takes_its_words_along_and_brings_them_back(slug: str) -> None:
    two = replace(PARKS, languages=("en", "cy"))
    await store.change_cover(slug, opened=PARKS, mine=two, by=ANN, now=NOW)
    welsh = replace(WHY, text={"en": "Why?", "cy": "Pam?"})
    await store.change(slug, ChangeQuestion("why", welsh), by=ANN, now=NOW)
    before = await stored(slug)
    await store.change_cover(
        slug, opened=two, mine=replace(two, languages=("en",)), by=ANN, now=NOW
    )
    assert (await question(slug, "why")).text == {"en": "Why?"}
    await store.undo(slug, by=ANN, now=NOW)
    assert await stored(slug) == before


async def test_nothing_is_removed_that_another_worked_on_since_it_was_seen(slug: str) -> None:
    seen = (await store.draft(slug)).revision
    await store.change(slug, reworded(WHY, "Why so?"), by=BEN, now=NOW)
    for removing in (RemoveQuestion("why"), page_removal(PARKS, "parks")):
        with pytest.raises(CannotApply, match="Changed ‘Why\\?’"):
            await store.change(slug, removing, by=ANN, now=NOW, seen=seen)
    await store.change(slug, removal(PARKS, "name"), by=ANN, now=NOW, seen=seen)
    after = (await store.draft(slug)).revision
    await store.change(slug, RemoveQuestion("why"), by=ANN, now=NOW, seen=after)
    assert "why" not in (await stored(slug)).by_key()


async def test_an_operation_can_be_made_of_what_is_there(slug: str) -> None:
    await store.change(slug, reworded(NAME, "Its name?"), by=BEN, now=NOW)
    await store.change(slug, lambda now: removal(now, "group"), by=ANN, now=NOW)
    assert await question(slug, "name") == replace(NAME, text="Its name?", show_if=None)


async def test_what_is_frozen_is_not_edited(slug: str) -> None:
    await store.change(slug, reworded(WHY, "Why so?"), by=ANN, now=NOW)
    await store.open_round(slug, by=ANN, now=NOW)
    before = await store.versions((await store.consultation(slug)).id)
    with pytest.raises(store.NothingToEdit):
        await store.change(slug, reworded(WHY, "Why not?"), by=ANN, now=NOW)
    with pytest.raises(store.NothingToEdit):
        await store.undo(slug, by=ANN, now=NOW)
    assert await store.versions((await store.consultation(slug)).id) == before


async def test_a_new_version_has_a_history_of_its_own(slug: str) -> None:
    await store.change(slug, reworded(WHY, "Why so?"), by=ANN, now=NOW)
    await store.open_round(slug, by=ANN, now=NOW)
    found = await store.consultation(slug)
    document = await store.document(slug)
    await store.add_version(found.id, document, by=ANN, now=NOW)
    assert (await store.draft(slug)).version.number == 2
    with pytest.raises(store.NothingToUndo):
        await store.undo(slug, by=ANN, now=NOW)
    await store.change(slug, reworded(WHY, "Why not?"), by=ANN, now=NOW)
    assert (await question(slug, "why")).text == "Why not?"


async def test_nobody_undoes_what_they_did_not_do(slug: str) -> None:
    await store.change(slug, reworded(WHY, "Why so?"), by=ANN, now=NOW)
    with pytest.raises(store.NothingToUndo):
        await store.undo(slug, by=BEN, now=NOW)
