"""The codebook as it is kept: added to, edited, merged, put in order; suggestions follow."""

import pytest

from analysis import store
from analysis.codebook import ThemeWords
from analysis.suggestion import Suggestion
from app.audit import store as audit
from tests.analysis.conftest import BY, NOW, SLUG, Asked


async def labels(parks: Asked) -> list[str]:
    return [theme.label for theme in await store.themes(parks.id)]


async def test_a_theme_joins_the_end_of_the_codebook(parks: Asked) -> None:
    await parks.theme("Fair funding", "fund")
    added = await parks.theme("Volunteering")
    assert await labels(parks) == ["Fair funding", "Volunteering"]
    assert (await store.theme(parks.id, added.id)).slug == "volunteering"


async def test_two_themes_cannot_have_the_same_name(parks: Asked) -> None:
    one, _ = await parks.theme("Fair funding"), await parks.theme("Volunteering")
    with pytest.raises(store.LabelTaken):
        await parks.theme("fair  FUNDING")
    with pytest.raises(store.LabelTaken):
        await store.edit_theme(SLUG, one.id, ThemeWords("volunteering"), by=BY, now=NOW)
    assert await labels(parks) == ["Fair funding", "Volunteering"]


async def test_an_edited_theme_keeps_its_address(parks: Asked) -> None:
    theme = await parks.theme("Funding")
    words = ThemeWords("Fair funding", "Contracts that pay", ("contract",), "4.9")
    await store.edit_theme(SLUG, theme.id, words, by=BY, now=NOW)
    kept = await store.theme(parks.id, theme.id)
    assert (kept.label, kept.description, kept.keywords, kept.reference, kept.slug) == (
        "Fair funding",
        "Contracts that pay",
        ("contract",),
        "4.9",
        "funding",
    )


async def test_themes_change_places(parks: Asked) -> None:
    first, _, third = [await parks.theme(label) for label in ("One", "Two", "Three")]
    await store.move_theme(SLUG, third.id, up=True, by=BY)
    assert await labels(parks) == ["One", "Three", "Two"]
    await store.move_theme(SLUG, first.id, up=True, by=BY)
    assert await labels(parks) == ["One", "Three", "Two"]


async def test_a_theme_of_another_consultation_is_none_of_this_one(parks: Asked) -> None:
    theme = await parks.theme("One")
    with pytest.raises(store.NoSuchTheme):
        await store.theme(parks.id + 1, theme.id)


async def test_merging_moves_codings_quotes_and_keywords_and_counts_nobody_twice(
    parks: Asked,
) -> None:
    await parks.answer(why="Grants are small", more="The lake")
    both, other = await parks.texts()
    gone, into = await parks.theme("Grants", "grant"), await parks.theme("Money", "money")
    await parks.code(both, gone, into)
    await parks.code(other, gone)
    for answer, theme, quote in (
        (both, gone, "small"),
        (both, into, "Grants"),
        (other, gone, "lake"),
    ):
        await store.clear_quote(SLUG, answer.id, theme.id, quote, by=BY, now=NOW)
    merged = await store.merge_themes(SLUG, gone.id, into.id, by=BY, now=NOW)
    assert merged.keywords == ("money", "grant")
    assert await labels(parks) == ["Money"]
    assert [one.answer.id for one in await store.answers_under(parks.id, into.id)] == [
        both.id,
        other.id,
    ]
    assert {one.quote for one in await store.cleared_quotes(parks.id)} == {"Grants", "lake"}
    assert (await store.theme_counts(parks.id))[into.id].people == 1


async def test_a_theme_cannot_be_merged_into_itself_or_one_that_is_gone(parks: Asked) -> None:
    gone, into = await parks.theme("Grants"), await parks.theme("Money")
    with pytest.raises(store.NoSuchTheme):
        await store.merge_themes(SLUG, into.id, into.id, by=BY, now=NOW)
    await store.merge_themes(SLUG, gone.id, into.id, by=BY, now=NOW)
    with pytest.raises(store.NoSuchTheme):
        await store.merge_themes(SLUG, into.id, gone.id, by=BY, now=NOW)


async def test_changing_keywords_changes_the_suggestions_of_unread_answers_only(
    parks: Asked,
) -> None:
    await parks.answer(why="Volunteers need grants", more="More volunteers")
    first, second = await parks.texts()
    theme = await parks.theme("People", "grant")
    assert await store.suggestion_counts(parks.id) == {theme.id: 1}
    await parks.code(second)
    words = ThemeWords("People", keywords=("volunteer",))
    edited = await store.edit_theme(SLUG, theme.id, words, by=BY, now=NOW)
    assert await store.suggestion_counts(parks.id) == {theme.id: 1}
    made = await store.suggestions_for(first, (edited,))
    assert made == (Suggestion(theme.id, ("Volunteers",)),)


async def test_an_answer_that_came_after_the_codebook_has_suggestions_too(parks: Asked) -> None:
    theme = await parks.theme("People", "volunteer")
    await parks.answer(why="Volunteering is fun")
    (answer,) = await parks.texts()
    made = await store.suggestions_for(answer, (theme,))
    assert made == (Suggestion(theme.id, ("Volunteering",)),)


async def test_a_suggestion_is_not_a_coding(parks: Asked) -> None:
    await parks.answer(why="Volunteering is fun")
    theme = await parks.theme("People", "volunteer")
    assert await store.answers_under(parks.id, theme.id) == ()
    assert (await store.theme_counts(parks.id))[theme.id].people == 0


async def test_changes_of_the_codebook_are_audited(parks: Asked) -> None:
    one, other = await parks.theme("One"), await parks.theme("Other")
    await store.edit_theme(SLUG, one.id, ThemeWords("First"), by=BY, now=NOW)
    await store.merge_themes(SLUG, one.id, other.id, by=BY, now=NOW)
    latest = await audit.entries(limit=4)
    assert [entry.action for entry in latest] == [
        "merge-themes",
        "edit-theme",
        "add-theme",
        "add-theme",
    ]
    assert {(entry.subject, entry.by) for entry in latest} == {(f"consultation:{SLUG}", BY)}
