"""What the editor's buttons make: sound questions, copies that stand alone, whole removals."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.drafting import building
from surveys.drafting.applying import apply, page_place, question_place
from surveys.drafting.building import (
    as_kind,
    blank_question,
    copied_page,
    copied_question,
    first_draft,
    keyed,
    new_key,
    new_values,
    page_removal,
    removal,
)
from surveys.drafting.conditions import keys_tested
from surveys.questionnaire import (
    KINDS,
    Condition,
    Dropdown,
    Likert,
    LongText,
    Multiple,
    Number,
    Option,
    Page,
    Questionnaire,
    Ranking,
    ShortText,
    Single,
    type_name,
)
from surveys.soundness import unsound
from tests.surveys.drafts import drafts, texts
from tests.surveys.questionnaires import questionnaires

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
SIZES = (Option("small", "Small"), Option("large", "Large"), Option("huge", "Huge"))
IF_YES = Condition(question="group", is_="yes")
IF_SMALL = Condition(question="size", is_="small")


@given(questionnaires())
def test_every_page_gets_a_key_once(questionnaire: Questionnaire) -> None:
    made = keyed(questionnaire)
    keys = [page.key for page in made.pages]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert keyed(made) is made
    assert keyed(questionnaire) == made


def test_a_page_keeps_the_key_it_has() -> None:
    pages = (Page("A", ()), Page("B", (), key="page_1"))
    assert [page.key for page in keyed(Questionnaire("x", ("en",), pages)).pages] == [
        "page_1_2",
        "page_1",
    ]


@pytest.mark.parametrize("languages", [("en",), ("cy", "en"), ("ar", "cy"), ("pl", "en"), ("pl",)])
def test_a_first_draft_can_be_edited_in_any_language(languages: tuple[str, ...]) -> None:
    assert unsound(first_draft({languages[0]: "Parks"}, languages), draft=True) == []


def test_a_first_draft_has_no_translation_that_nobody_wrote() -> None:
    (page,) = first_draft({"en": "Parks"}, ("en", "cy", "ar")).pages
    assert page.title == {"en": "Your views"}


@pytest.mark.parametrize("kind", KINDS)
@given(text=texts())
def test_a_blank_question_of_every_type_is_sound(kind: str, text: str) -> None:
    made = blank_question(kind, "new", text)
    assert type_name(made) == kind
    whole = Questionnaire("x", ("en", "cy", "ar"), (Page("y", (made,)),))
    assert unsound(whole) == []


@given(drafts(), st.data())
def test_a_question_can_become_any_other_type(draft: Questionnaire, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(draft.questions))
    assume(not building.tested_by(draft, (question.key,)))
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    made = as_kind(question, kind)
    at, place = question_place(draft, question.key)
    page = draft.pages[at]
    questions = (*page.questions[:place], made, *page.questions[place + 1 :])
    pages = (*draft.pages[:at], replace(page, questions=questions), *draft.pages[at + 1 :])
    assert unsound(replace(draft, pages=pages), draft=True) == []
    assert (made.key, made.text, made.hint) == (question.key, question.text, question.hint)
    assert (made.show_if, type_name(made)) == (question.show_if, kind)


def test_a_type_keeps_what_both_have_and_limits_that_still_hold() -> None:
    chosen = Multiple(key="a", text="A", options=SIZES, other=True, max_choices=4, required=True)
    assert as_kind(chosen, "single") == Single(
        key="a", text="A", options=SIZES, other=True, required=True
    )
    assert as_kind(chosen, "ranking") == Ranking(key="a", text="A", options=SIZES, required=True)
    assert as_kind(chosen, "likert") == Likert(key="a", text="A", scale=SIZES, required=True)
    assert as_kind(Likert(key="a", text="A", scale=SIZES), "dropdown") == Dropdown(
        key="a", text="A", options=SIZES
    )
    assert as_kind(ShortText(key="a", text="A"), "long_text") == LongText(key="a", text="A")
    assert as_kind(LongText(key="a", text="A", max_length=9), "text") == ShortText(
        key="a", text="A", max_length=9
    )
    assert as_kind(chosen, "multiple") is chosen


@given(drafts(), st.data())
def test_a_copied_question_stands_after_the_original(
    draft: Questionnaire, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(draft.questions))
    made = copied_question(draft, question.key)
    copied = apply(draft, made).questionnaire
    at, place = question_place(draft, question.key)
    assert copied.pages[at].questions[place + 1] == made.question
    assert replace(made.question, key=question.key) == question
    assert made.question.key not in draft.by_key()


@given(drafts(), st.data())
def test_a_copied_page_stands_alone(draft: Questionnaire, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(draft.pages))
    made = copied_page(draft, page.key)
    copied = apply(draft, made).questionnaire
    assert copied.pages[page_place(draft, page.key) + 1] == made.page
    names = {old.key: new.key for old, new in zip(page.questions, made.page.questions, strict=True)}
    assert names.keys().isdisjoint(names.values())
    for old, new in zip(page.questions, made.page.questions, strict=True):
        follows = {names.get(key, key) for key in keys_tested(old.show_if)}
        assert keys_tested(new.show_if) == follows


@given(drafts(), st.data())
def test_any_question_can_be_removed_with_the_tests_of_it(
    draft: Questionnaire, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(draft.by_key())))
    applied = apply(draft, removal(draft, key))
    assert applied.questionnaire.by_key().keys() == draft.by_key().keys() - {key}
    assert building.tested_by(applied.questionnaire, (key,)) == ()
    assert apply(applied.questionnaire, applied.inverse).questionnaire == draft


@given(drafts(), st.data())
def test_any_page_but_the_last_can_be_removed_with_the_tests_of_its_questions(
    draft: Questionnaire, data: st.DataObject
) -> None:
    assume(len(draft.pages) > 1)
    page = data.draw(st.sampled_from(draft.pages))
    applied = apply(draft, page_removal(draft, page.key))
    assert page not in applied.questionnaire.pages
    assert apply(applied.questionnaire, applied.inverse).questionnaire == draft


GROUP = Single(key="group", text="Group?", options=YES_NO)
SIZE = Single(key="size", text="Size?", options=SIZES)


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (IF_YES, None),
        (Condition(not_=IF_YES), None),
        (Condition(all=(IF_YES, IF_SMALL)), IF_SMALL),
        (Condition(any=(IF_SMALL, Condition(not_=IF_YES))), IF_SMALL),
        (Condition(not_=Condition(all=(IF_YES, IF_SMALL))), Condition(not_=IF_SMALL)),
        (
            Condition(any=(IF_SMALL, IF_YES, Condition(not_=IF_SMALL))),
            Condition(any=(IF_SMALL, Condition(not_=IF_SMALL))),
        ),
        (Condition(all=(Condition(any=(IF_YES,)), Condition(not_=IF_YES))), None),
    ],
)
def test_what_is_left_of_a_condition_stays(condition: Condition, left: Condition | None) -> None:
    asked = Number(key="last", text="Last?", show_if=condition)
    draft = Questionnaire("x", ("en",), (Page("y", (GROUP, SIZE, asked), key="y"),))
    found = apply(draft, removal(draft, "group")).questionnaire.by_key()
    assert found["last"].show_if == left


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Do you run a group in Kent?", "do_you_run_a_group"),
        ("What else?", "what_else_2"),
        ("18 or over", "q_18_or_over"),
        ("أين؟", "question"),
        ("", "question"),
    ],
)
def test_a_key_is_made_of_the_first_words(words: str, key: str) -> None:
    assert new_key(words, {"what_else"}) == key


def test_values_are_made_of_words_and_never_taken_twice() -> None:
    made = new_values(["Under 18", "18 to 24", "Other", "Don’t know", "؟", "؟", "Yes!"], ["yes"])
    assert made == (
        "under_18",
        "18_to_24",
        "other_2",
        "dont_know_2",
        "option",
        "option_2",
        "yes_2",
    )


@given(st.lists(st.text(max_size=60), max_size=8, unique=True))
def test_values_are_always_sound(listed: list[str]) -> None:
    values = new_values(listed)
    options = tuple(Option(value, "Words") for value in values)
    made = Single(key="a", text="A", options=options or YES_NO)
    assert unsound(Questionnaire("x", ("en",), (Page("y", (made,)),))) == []
