"""The outline of a questionnaire, in words."""

from surveys.outline import KIND_WORDS, outline
from surveys.questionnaire import (
    KINDS,
    Condition,
    LongText,
    Option,
    Page,
    Questionnaire,
    Single,
    Statement,
    Strand,
)

YES = Option("yes", {"en": "Yes", "cy": "Ydw"})
GROUP = Single(key="group", text={"en": "A group?", "cy": "Grŵp?"}, options=(YES,), required=True)
WHY = LongText(key="why", text="Why?", hint="In brief", show_if=Condition("group", is_="yes"))
ASKED = Questionnaire(
    {"en": "Parks", "cy": "Parciau"},
    ("en", "cy"),
    (
        Page({"en": "You", "cy": "Chi"}, (Statement(key="hello", text="Hello."), GROUP), key="a"),
        Page("More", (WHY,), key="b", strand="green"),
    ),
    strands=(Strand("green", "Green spaces"),),
)


def test_every_page_and_question_has_a_line_in_order() -> None:
    first, second = outline(ASKED)
    assert (first.key, first.number, first.title) == ("a", 1, "You")
    assert [line.key for line in first.questions] == ["hello", "group"]
    assert (second.title, second.strand) == ("More", "Green spaces")


def test_what_is_asked_is_counted_and_words_are_not() -> None:
    numbers = [line.number for page in outline(ASKED) for line in page.questions]
    assert numbers == [0, 1, 2]


def test_a_line_says_type_whether_required_and_when_asked() -> None:
    first, second = outline(ASKED)
    group, why = first.questions[1], second.questions[0]
    assert (group.kind, group.required, group.when) == ("Choose one", True, "")
    assert (why.kind, why.required) == ("Long answer", False)
    assert why.when == "you answered ‘Yes’ to ‘A group?’"


def test_missing_translations_are_counted_where_they_are_missing() -> None:
    first, second = outline(ASKED)
    assert (first.missing, second.missing) == (0, 1)
    assert [line.missing for page in (first, second) for line in page.questions] == [1, 0, 2]


def test_every_type_has_its_words() -> None:
    assert KIND_WORDS.keys() == KINDS.keys()
