"""A LimeSurvey file as a whole.

1. Languages, titles, groups, welcome and layout arrive; what does not is noted.
2. Every change of a name is noted, and notes say where and gather what is repeated.
3. People's names, addresses and accounts in the file are not read.
"""

import pytest
from msgspec.structs import replace

from surveys.imported import Note
from surveys.limesurvey import read_limesurvey
from surveys.questionnaire import Grid, Layout, Multiple, Statement, say
from tests.surveys.limesurvey.building import (
    LIST,
    TICKS,
    Asked,
    Group,
    imported,
    lss,
    notes,
)

WELSH = {"en": "How often?", "cy": "Pa mor aml?"}


@pytest.mark.parametrize("old", [False, True])
def test_every_text_arrives_in_every_language_the_base_language_first(old: bool) -> None:
    asked = Asked(
        "F",
        "views",
        WELSH,
        help={"en": "Think", "cy": "Meddyliwch"},
        rows={"r1": {"en": "Paths", "cy": "Llwybrau"}},
        answers={"1": {"en": "Good", "cy": "Da"}, "2": {"en": "Bad", "cy": "Gwael"}},
    )
    group = Group((asked,), title={"en": "You", "cy": "Chi"})
    words = {"title": {"en": "Parks", "cy": "Parciau"}, "welcometext": {"en": "Hi", "cy": "Helo"}}
    found = imported(group, languages=("en", "cy"), old=old, words=words).questionnaire
    assert found.languages == ("en", "cy")
    assert found.title == {"en": "Parks", "cy": "Parciau"}
    assert found.pages[0].title == {"en": "You", "cy": "Chi"}
    welcome, grid = found.questions
    assert welcome.text == {"en": "Hi", "cy": "Helo"}
    assert isinstance(grid, Grid)
    assert (grid.text, grid.hint) == (WELSH, {"en": "Think", "cy": "Meddyliwch"})
    assert grid.rows[0].text == {"en": "Paths", "cy": "Llwybrau"}
    assert [say(point.text, "cy") for point in grid.scale] == ["Da", "Gwael"]  # type: ignore[union-attr]


def test_words_that_limesurvey_shows_itself_arrive_in_each_language() -> None:
    found = imported(Asked("Y", "yes"), languages=("de-informal", "cy")).questionnaire
    [single] = found.questions
    assert single.options[0].text == {"de-informal": "Ja", "cy": "Ydw"}  # type: ignore[union-attr]


def test_a_text_that_the_base_language_lacks_is_noted() -> None:
    found = imported(replace(LIST, text={"cy": "Pa mor aml?"}), languages=("en", "cy"))
    assert found.questionnaire.questions[0].text == {"en": "Pa mor aml?", "cy": "Pa mor aml?"}
    assert "Has no words in ‘en’, so those in ‘cy’ stand there" in notes(found)


def test_texts_of_languages_that_the_survey_does_not_have_are_left() -> None:
    found = imported(replace(LIST, text={"en": "How often?", "xx": "?"}))
    assert found.questionnaire.questions[0].text == "How often?"


def test_groups_are_pages_in_order_with_their_descriptions() -> None:
    found = imported(
        Group((LIST,), title="First <b>page</b>", text="<p>About you</p>"),
        Group((TICKS,), title=""),
    ).questionnaire
    assert [page.title for page in found.pages] == ["First page", "Page 2"]
    assert found.pages[0].questions[0] == Statement(key="group_1", text="About you")


def test_order_is_by_the_numbers_in_the_file_not_by_its_rows() -> None:
    data = lss(LIST, TICKS)
    turned = data.replace(b"<question_order>1<", b"<question_order>9<", 1)
    found = read_limesurvey(turned).questionnaire
    assert [question.key for question in found.questions] == ["ticks", "first"]


@pytest.mark.parametrize(
    ("style", "layout"), [("A", Layout.SINGLE), ("G", Layout.PAGED), ("I", Layout.PAGED)]
)
def test_all_in_one_is_a_single_page(style: str, layout: Layout) -> None:
    assert imported(LIST, settings={"format": style}).questionnaire.layout is layout


def test_description_and_welcome_greet_people_once() -> None:
    words = {"description": "About parks", "welcometext": "<p>About parks</p>"}
    found = imported(LIST, words=words).questionnaire
    assert found.questions[0] == Statement(key="welcome", text="About parks")


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ({"endtext": "Thank you!"}, Note("The closing text", "‘Thank you!’")),
        ({"policy_notice": "We keep it"}, Note("The data policy notice", "‘We keep it’")),
        ({"url": "https://example.org"}, Note("The closing link", "‘https://example.org’")),
    ],
)
def test_texts_without_a_place_are_quoted_in_notes(words: dict[str, str], note: Note) -> None:
    found = imported(LIST, words=words)
    assert any(each.where == note.where and note.what in each.what for each in found.notes)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"format": "S"}, "Each group of questions is a page now"),
        ({"usetokens": "Y"}, "Anyone can answer here"),
        ({"expires": "2020-01-01 00:00:00"}, "It had a closing date"),
    ],
)
def test_settings_of_the_survey_are_noted(settings: dict[str, str], words: str) -> None:
    assert words in notes(imported(LIST, settings=settings))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("quota", "Quotas on answers are left out: everyone may answer (2)"),
        ("assessments", "Scores and their messages are left out (2)"),
        ("survey_url_parameters", "Answers filled in from the address are left out (2)"),
    ],
)
def test_tables_without_a_counterpart_are_noted(table: str, words: str) -> None:
    rows = [{"id": "1"}, {"id": "2"}]
    assert words in notes(imported(LIST, tables={table: rows}))


def test_defaults_strays_and_shuffled_groups_are_noted() -> None:
    tables = {
        "defaultvalues": [{"qid": "102", "defaultvalue": "A1"}],
        "questions": [{"qid": "999", "gid": "0", "type": "S", "title": "stray"}],
    }
    found = imported(Group((LIST,), randomization="r"), tables=tables)
    assert "‘first’ “How often?”: It began with an answer filled in" in notes(found)
    assert "Question ‘stray’: Belongs to no group" in notes(found)
    assert "1 group of questions came in random order" in notes(found)


def test_every_change_of_a_name_is_noted() -> None:
    found = imported(Asked("S", "Q1"), Asked("S", "q1"), Asked("S", "1b"), Asked("S", "fine"))
    keys = [question.key for question in found.questionnaire.questions]
    assert keys == ["q1", "q1_2", "q_1b", "fine"]
    changes = [note.what for note in found.notes if "became the key" in note.what]
    assert changes == [
        "Its name ‘Q1’ became the key ‘q1’",
        "Its name ‘q1’ became the key ‘q1_2’",
        "Its name ‘1b’ became the key ‘q_1b’",
    ]


def test_the_keys_of_parts_are_noted() -> None:
    found = imported(Asked("Q", "both", rows={"a": "One", "b": "Two"}))
    assert "Its parts have the keys ‘both_a’, ‘both_b’, ‘both_intro’" in notes(found)


def test_what_is_repeated_is_one_note_that_counts_and_names_the_questions() -> None:
    asked = [Asked("D", f"d{number}", settings={"date_format": "HH:MM"}) for number in range(5)]
    found = imported(*asked)
    [note] = [each for each in found.notes if "asked for a time" in each.what]
    assert note.where == "5 questions: ‘d0’, ‘d1’, ‘d2’, ‘d3’, ‘d4’"


def test_names_addresses_and_accounts_are_not_read() -> None:
    private = {
        "admin": "Jo Bloggs",
        "adminemail": "jo@example.org",
        "bounceaccountpass": "secret1",
        "faxto": "0123",
    }
    words = {"email_invite": "Dear {FIRSTNAME}, write to jo@example.org"}
    found = imported(LIST, settings={"format": "G", **private}, words=words)
    everything = f"{found}"
    assert not [value for value in private.values() if value in everything]
    assert "mail accounts stayed behind" in notes(found)


def test_a_survey_without_title_or_language_is_still_read() -> None:
    data = lss(LIST, words={"title": ""}).replace(b"<language>en</language>", b"", 1)
    found = read_limesurvey(data.replace(b"<language>en</language>", b""))
    assert found.questionnaire.languages == ("en",)
    assert found.questionnaire.title == "Survey 4711"
    assert "It has no title" in notes(found)
    assert "taken to be English" in notes(found)


def test_multiple_choices_of_every_language_keep_other() -> None:
    found = imported(replace(TICKS, other="Y"), languages=("en", "cy")).questionnaire.questions[0]
    assert isinstance(found, Multiple)
    assert found.other
