"""Every operation keeps a sound draft sound or is refused, and can be taken back exactly.

1. What comes out is sound, and its inverse gives exactly what was before.
2. What is gone, or would break the questionnaire, is refused in words, and nothing is changed.
3. A key that changes is followed by every condition that tests it.
4. Operations are the same after a time as JSON.
"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.drafting.applying import CannotApply, apply, cover_of
from surveys.drafting.building import removal
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeCover,
    ChangePage,
    ChangeQuestion,
    MovePage,
    MoveQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
    read_operation,
    write_operation,
)
from surveys.drafting.words import operation_words
from surveys.native_files import reread_questionnaire, write_questionnaire
from surveys.questionnaire import (
    Condition,
    Grid,
    Layout,
    Number,
    Option,
    Page,
    Questionnaire,
    Row,
    ShortText,
    Single,
)
from surveys.soundness import unsound
from tests.surveys.drafts import drafts, operations

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
IF_GROUP = Condition(question="group", is_="yes")
GROUP = Single(key="group", text="Do you run a group?", options=YES_NO)
SIZE = Number(key="size", text="How large is it?", show_if=IF_GROUP)
RATED = Grid(key="rated", text="Rate", rows=(Row("paths", "Paths"),), scale="agreement")
WHY = ShortText(
    key="why",
    text="Why?",
    show_if=Condition(
        all=(
            Condition(not_=IF_GROUP),
            Condition(any=(Condition(question="rated.paths", is_="agree"), IF_GROUP)),
        )
    ),
)
PARKS = Questionnaire(
    "Parks",
    ("en",),
    (Page("You", (GROUP, SIZE), key="you"), Page("Parks", (RATED, WHY), key="parks")),
)


# More than usual: many a made-up operation is refused, and each kind has its own way back.
@settings(max_examples=250)
@given(st.data())
def test_what_comes_out_is_sound_and_can_be_taken_back(data: st.DataObject) -> None:
    before = data.draw(drafts())
    operation = data.draw(operations(before))
    try:
        applied = apply(before, operation)
    except CannotApply as found:
        told = [each.words for each in found.problems]
        applied = None
    if applied is None:
        assert told
        assert all(told)
        return
    assert unsound(applied.questionnaire, draft=True) == []
    assert apply(applied.questionnaire, applied.inverse).questionnaire == before
    assert operation_words(operation, before)


@given(st.data())
def test_an_operation_is_the_same_after_a_time_as_json(data: st.DataObject) -> None:
    operation = data.draw(operations(data.draw(drafts())))
    assert read_operation(write_operation(operation)) == operation


@given(drafts())
def test_a_draft_is_stored_and_read_as_the_same(draft: Questionnaire) -> None:
    assert unsound(draft, draft=True) == []
    assert reread_questionnaire(write_questionnaire(draft)) == draft


def keys(questionnaire: Questionnaire) -> list[list[str]]:
    return [[question.key for question in page.questions] for page in questionnaire.pages]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (MovePage("parks", 1), [["group", "size"], ["rated", "why"]]),
        (MoveQuestion("size", "parks", 1), [["group"], ["rated", "size", "why"]]),
        (MoveQuestion("size", "parks", 99), [["group"], ["rated", "why", "size"]]),
        (MoveQuestion("rated", "you", -5), [["rated", "group", "size"], ["why"]]),
        (RemoveQuestion("why"), [["group", "size"], ["rated"]]),
        (AddPage(Page("New", (), key="new"), 1), [["group", "size"], [], ["rated", "why"]]),
        (
            AddQuestion("you", 0, ShortText(key="who", text="Who?")),
            [["who", "group", "size"], ["rated", "why"]],
        ),
        (
            Several((RemoveQuestion("why"), RemoveQuestion("rated"), RemovePage("parks"))),
            [["group", "size"]],
        ),
    ],
)
def test_everything_lands_in_its_place(operation: Operation, expected: list[list[str]]) -> None:
    applied = apply(PARKS, operation)
    assert keys(applied.questionnaire) == expected
    assert apply(applied.questionnaire, applied.inverse).questionnaire == PARKS


def refused(questionnaire: Questionnaire, operation: Operation) -> list[tuple[str, str]]:
    with pytest.raises(CannotApply) as found:
        apply(questionnaire, operation)
    return [(each.place, each.words) for each in found.value.problems]


@pytest.mark.parametrize(
    ("operation", "place", "words"),
    [
        (RemoveQuestion("nope"), "The question", "The question is not there any more"),
        (MovePage("nope", 0), "The page", "The page is not there any more"),
        (MoveQuestion("why", "nope", 0), "The page", "The page is not there any more"),
        (
            RemoveQuestion("group"),
            "Page 1, question ‘How large is it?’",
            "Its condition tests ‘group’, and there is no such question",
        ),
        (
            MoveQuestion("group", "you", 1),
            "Page 1, question ‘How large is it?’",
            "Its condition tests ‘Do you run a group?’, which is not asked before it",
        ),
        (
            ChangeQuestion("group", replace(GROUP, options=YES_NO[1:])),
            "Page 1, question ‘How large is it?’",
            "Its condition wants ‘yes’, which ‘Do you run a group?’ does not offer",
        ),
        (
            ChangeQuestion("size", replace(SIZE, key="group")),
            "The question ‘group’",
            "Another question has the same key. Choose another",
        ),
        (
            AddPage(Page("More", (WHY,), key="more"), 0),
            "The question ‘why’",
            "Another question has the same key. Choose another",
        ),
        (
            Several(
                (RemoveQuestion("group"), ChangeQuestion("rated", replace(RATED, key="group")))
            ),
            "The question ‘group’",
            "Conditions still test a question that had this key. Choose another",
        ),
        (
            AddPage(Page("Again", (), key="you"), 0),
            "The page ‘you’",
            "Another page has the same key",
        ),
        (ChangePage("you", "You", "x"), "Page 1", "It belongs to the strand ‘x’, which there is"),
        (
            ChangeCover("Parks", Layout.PAGED, (), ()),
            "The document",
            "‘languages’ is empty. Name at least one",
        ),
    ],
)
def test_what_would_break_it_is_refused_in_words(
    operation: Operation, place: str, words: str
) -> None:
    (where, said), *_ = refused(PARKS, operation)
    assert where == place
    assert said.startswith(words)


def test_the_last_page_stays() -> None:
    alone = replace(PARKS, pages=PARKS.pages[:1])
    assert refused(alone, RemovePage("you")) == [
        ("The document", "‘pages’ is empty. Add a page with a question")
    ]


def test_a_page_without_a_key_is_not_added() -> None:
    assert refused(PARKS, AddPage(Page("New", ()), 0)) == [
        ("The page", "It has no key to tell it from others. Give it one")
    ]


def test_conditions_follow_a_changed_key_wherever_they_test_it() -> None:
    renamed = replace(GROUP, key="runs")
    rated = replace(RATED, key="ratings")
    both = Several((ChangeQuestion("group", renamed), ChangeQuestion("rated", rated)))
    applied = apply(PARKS, both)
    asked = applied.questionnaire.by_key()
    runs = Condition(question="runs", is_="yes")
    assert asked["size"].show_if == runs
    assert asked["why"].show_if == Condition(
        all=(
            Condition(not_=runs),
            Condition(any=(Condition(question="ratings.paths", is_="agree"), runs)),
        )
    )
    assert apply(applied.questionnaire, applied.inverse).questionnaire == PARKS


def test_two_keys_can_be_swapped_in_one_go() -> None:
    swap = Several(
        (
            ChangeQuestion("group", replace(GROUP, key="spare")),
            ChangeQuestion("size", replace(SIZE, key="group", show_if=None)),
            ChangeQuestion("spare", replace(GROUP, key="size")),
        )
    )
    applied = apply(removed(PARKS, "why"), swap)
    assert keys(applied.questionnaire) == [["size", "group"], ["rated"]]
    assert apply(applied.questionnaire, applied.inverse).questionnaire == removed(PARKS, "why")


def removed(questionnaire: Questionnaire, key: str) -> Questionnaire:
    return apply(questionnaire, removal(questionnaire, key)).questionnaire


def test_a_draft_from_before_a_rule_can_still_be_changed_and_mended() -> None:
    old = replace(PARKS, strands=(), pages=(replace(PARKS.pages[0], strand="lost"), PARKS.pages[1]))
    assert unsound(old, draft=True)
    changed = apply(old, ChangeQuestion("why", replace(WHY, text="Why so?"))).questionnaire
    assert unsound(changed, draft=True)
    assert unsound(apply(old, ChangePage("you", "You", "")).questionnaire, draft=True) == []
    assert refused(old, ChangePage("parks", "Parks", "lost"))


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (MoveQuestion("size", "parks", 1), "Moved ‘How large is it?’ to page 2"),
        (MoveQuestion("group", "you", 1), "Moved ‘Do you run a group?’ within its page"),
        (MovePage("you", 9), "Moved the page ‘You’ to place 2"),
        (RemovePage("you"), "Removed the page ‘You’ and its 2 questions"),
        (AddPage(Page("New", (), key="new"), 1), "Added the page ‘New’"),
        (AddPage(PARKS.pages[0], 1), "Added the page ‘You’ with 2 questions"),
        (ChangePage("you", "About you", ""), "Changed the title of the page ‘You’"),
        (ChangePage("you", "You", "x"), "Changed the strand of the page ‘You’"),
        (AddQuestion("you", 0, GROUP), "Added ‘Do you run a group?’"),
        (ChangeQuestion("why", replace(WHY, text="x")), "Changed ‘Why?’ (wording)"),
        (
            ChangeQuestion("why", replace(WHY, hint="x", required=True, max_length=9)),
            "Changed ‘Why?’ (hint, whether required and settings)",
        ),
        (
            ChangeQuestion("why", Number(key="why", text="Why?")),
            "Changed the type of ‘Why?’",
        ),
        (
            ChangeCover("Woods", Layout.SINGLE, ("en",), ()),
            "Changed the title and layout",
        ),
        (
            removal(PARKS, "group"),
            "Removed ‘Do you run a group?’, and changed 2 other places",
        ),
        (
            Several((ChangeQuestion("why", WHY), ChangeQuestion("size", SIZE))),
            "Changed 2 questions",
        ),
        (Several(()), "Changed nothing"),
        (cover_of(PARKS), "Changed the cover"),
    ],
)
def test_the_history_says_what_was_done(operation: Any, words: str) -> None:
    assert operation_words(operation, PARKS) == words
