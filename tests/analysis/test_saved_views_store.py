"""Saved views: what was saved is what is found, and every change is in the audit."""

import pytest

from analysis import store
from analysis.narrowing import Narrowing
from app.audit import store as audit
from surveys import store as surveys
from surveys.native_files import write_questionnaire
from tests.analysis.conftest import BY, NOW, SLUG, Asked

VIEW = Narrowing((1,), ("paper", "email"), (("plan", "agree"), ("group", "yes")))


async def actions() -> list[str]:
    return [entry.action for entry in await audit.entries(limit=10) if "view" in entry.action]


async def save(parks: Asked, name: str, view: Narrowing = VIEW) -> int:
    await store.save_view(parks.consultation, name, view, by=BY, now=NOW)
    return next(each.id for each in await store.saved_views(parks.id) if each.name == name)


async def test_a_view_is_found_as_it_was_saved(parks: Asked) -> None:
    number = await save(parks, "On paper")
    await save(parks, "All", Narrowing())
    found = await store.saved_views(parks.id)
    assert [(each.name, each.narrowing) for each in found] == [
        ("All", Narrowing()),
        ("On paper", VIEW),
    ]
    await store.rename_view(parks.consultation, number, "on PAPER", by=BY)
    await store.remove_view(parks.consultation, number, by=BY)
    await store.remove_view(parks.consultation, number, by=BY)
    assert [each.name for each in await store.saved_views(parks.id)] == ["All"]
    assert await actions() == ["remove-view", "rename-view", "save-view", "save-view"]


async def test_a_view_finds_a_question_that_goes_by_another_key_since(parks: Asked) -> None:
    await save(parks, "In favour", Narrowing(where=(("plan", "agree"), ("_theme.1", "raised"))))
    document = write_questionnaire(parks.version.questionnaire).replace(b'"plan"', b'"strategy"')
    await surveys.add_version(parks.id, document, by=BY, now=NOW)
    await surveys.map_question(SLUG, 2, "strategy", "plan", by=BY, now=NOW)
    (found,) = await store.saved_views(parks.id)
    assert found.narrowing.where == (("strategy", "agree"), ("_theme.1", "raised"))


async def test_a_name_stands_for_one_view(parks: Asked) -> None:
    await save(parks, "On paper")
    other = await save(parks, "Other")
    with pytest.raises(store.ViewNameTaken):
        await save(parks, " on  PAPER")
    with pytest.raises(store.ViewNameTaken):
        await store.rename_view(parks.consultation, other, "ON paper", by=BY)
    with pytest.raises(store.NoSuchView):
        await store.rename_view(parks.consultation, 999, "Else", by=BY)
    assert len(await store.saved_views(parks.id)) == 2


async def test_the_longest_name_is_held(parks: Asked) -> None:
    name = "ΐ" * 100
    await save(parks, name)
    assert (await store.saved_views(parks.id))[0].name == name
