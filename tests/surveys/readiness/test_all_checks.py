"""What the checks before opening find in whole questionnaires.

1. A consultation that says everything and asks well has nothing to override.
2. What is missing is found, with its reason and how to mend it.
3. False alarms are counted on the demonstration, whose questions were written before the checks.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from app.demonstration.files import SLUGS, read_document, read_plan
from surveys.bank.choosing import BANK
from surveys.consultation import ABOUT_TEXTS, About, Document
from surveys.documents import DocumentVersion, KeptDocument
from surveys.documents import Kind as DocumentKind
from surveys.native_files import read_questionnaire
from surveys.questionnaire import (
    Condition,
    LongText,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Single,
    Statement,
    say,
)
from surveys.readiness import CHECKS, Concern, concerns
from surveys.readiness.minutes import minutes
from surveys.wording.acronyms import unexplained
from surveys.wording.double_barrelled import double_barrelled
from surveys.wording.leading import leading

OPENS, CLOSES = date(2026, 9, 1), date(2026, 10, 31)
TEXTS: dict[str, Any] = dict.fromkeys(ABOUT_TEXTS, "We say it here.")
ABOUT = About(**TEXTS, documents=(Document("Plan", url="https://example.org/plan"),))
WHY = LongText(key="why", text="Why do you say that?")
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
GROUP = Single(key="group", text="Do you run a group?", options=YES_NO, required=True)


def asking(*questions: Question, languages: tuple[str, ...] = ("en",)) -> Questionnaire:
    return Questionnaire("Parks", languages, (Page("Parks", questions),))


def found(questionnaire: Questionnaire, about: About = ABOUT) -> dict[str, Concern]:
    every = concerns(questionnaire, about, opens=OPENS, closes=CLOSES)
    return {each.code: each for each in every}


def test_a_consultation_that_says_everything_has_nothing_to_override() -> None:
    assert found(asking(WHY)) == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("alternatives", "no_alternatives"),
        ("what_happens_next", "no_what_happens_next"),
        ("privacy", "no_privacy_notice"),
        ("lawful_basis", "no_lawful_basis"),
        ("retention", "no_retention"),
        ("summary", "no_summary"),
        ("why", "no_why"),
        ("can_change", "no_can_change"),
        ("cannot_change", "no_cannot_change"),
        ("contact", "no_contact"),
        ("other_formats", "no_other_formats"),
    ],
)
def test_a_text_that_is_missing_is_found_alone(text: str, code: str) -> None:
    assert list(found(asking(WHY), replace(ABOUT, **{text: " "}))) == [code]


def test_the_case_on_alternatives_is_named() -> None:
    concern = found(asking(WHY), replace(ABOUT, alternatives=""))["no_alternatives"]
    assert "R (Moseley) v Haringey London Borough Council [2014] UKSC 56" in concern.why
    assert concern.mend == "about#alternatives"


def test_documents_count_when_they_can_be_opened() -> None:
    bare = replace(ABOUT, documents=())
    assert found(asking(WHY), bare)["no_documents"].found == (
        "No document is linked from the page that people read first."
    )
    named = replace(ABOUT, documents=(Document("Plan"),))
    assert found(asking(WHY), named)["no_documents"].found == (
        "“Plan” is named, with no link and no file."
    )
    version = DocumentVersion(
        1, "en", "Draft", "", "https://example.org", "", "", 0, "", datetime(2026, 1, 1, tzinfo=UTC)
    )
    kept = KeptDocument(1, "Strategy", DocumentKind.DRAFT, "", (version,))
    assert concerns(asking(WHY), bare, opens=OPENS, closes=CLOSES, documents=[kept]) == ()
    gone = replace(kept, removed=True)
    assert len(concerns(asking(WHY), bare, opens=OPENS, closes=CLOSES, documents=[gone])) == 1


def test_wording_is_told_with_the_number_of_the_question() -> None:
    leads = replace(GROUP, key="leads", text="Don’t you agree that parks matter?")
    two = replace(WHY, key="two", text="How often do you come, and why?")
    short = replace(WHY, key="short", text="What of the LIO?")
    told = found(asking(WHY, Statement(key="s", text="Read on."), leads, two, short))
    assert told["leading"].found.startswith("Question 2, “Don’t you agree that parks matter?”")
    assert told["double_barrelled"].found.startswith(
        "Question 3, “How often do you come, and why?”"
    )
    assert told["acronyms"].found == "LIO: question 4."


def test_what_people_read_first_may_explain_a_short_form() -> None:
    asked = asking(replace(WHY, text="What should the LIO do?"))
    assert "acronyms" in found(asked)
    explained = replace(ABOUT, why="Each Local Infrastructure Organisation (LIO) costs money.")
    assert "acronyms" not in found(asked, explained)


def test_hard_words_are_told_with_their_age() -> None:
    hard = (
        "To what extent do you consider that organisational infrastructure configurations "
        "appropriately facilitate collaborative interdisciplinary commissioning relationships "
        "between statutory authorities and representative voluntary organisations?"
    )
    told = found(asking(replace(WHY, text=hard)))["reading_age"].found
    assert "has a reading age of" in told
    assert "“To what extent do you consider" in told


def test_words_in_other_languages_are_left_to_those_who_speak_them() -> None:
    welsh = asking(replace(WHY, text="Onid ydych yn cytuno, a pham, VCSE?"), languages=("cy",))
    assert found(welsh) == {}


def test_a_long_questionnaire_is_told_with_its_minutes() -> None:
    many = tuple(replace(WHY, key=f"q{n}") for n in range(16))
    assert found(asking(*many))["too_long"].found == (
        "There are 16 questions, which take about 16 minutes if all are asked."
    )
    short = tuple(Number(key=f"n{n}", text="How many?") for n in range(41))
    assert found(asking(*short))["too_long"].found.startswith("There are 41 questions")


def test_minutes_are_the_words_read_and_the_time_to_answer() -> None:
    assert minutes(asking(Statement(key="s", text="word " * 238 * 3)), language="en") == 3
    assert (
        minutes(asking(*(replace(WHY, key=f"q{n}", text="?") for n in range(5))), language="en")
        == 5
    )


def test_an_empty_page_is_named() -> None:
    asked = Questionnaire("Parks", ("en",), (Page("One", (WHY,)), Page("Two", ())))
    assert found(asked)["empty_pages"].found == "Page 2, “Two”."


def test_a_question_that_nobody_can_reach_is_told_with_its_condition() -> None:
    never = Condition(
        all=(Condition(question="group", is_="yes"), Condition(question="group", is_="no"))
    )
    told = found(asking(GROUP, replace(WHY, show_if=never)))
    assert told["never_asked"].found == (
        "Question 2, “Why do you say that?”: asked if you answered ‘Yes’ to ‘Do you run a group?’ "
        "and you answered ‘No’ to ‘Do you run a group?’."
    )


def test_a_condition_that_always_holds_is_told() -> None:
    always = Condition(question="group", answered=True)
    assert "always_asked" in found(asking(GROUP, replace(WHY, show_if=always)))
    optional = replace(GROUP, required=False)
    assert "always_asked" not in found(asking(optional, replace(WHY, show_if=always)))


def test_missing_translations_are_counted_in_each_language() -> None:
    half = replace(GROUP, text={"en": "Do you run a group?", "cy": "Ydych chi’n rhedeg grŵp?"})
    asked = replace(asking(half, languages=("en", "cy")), title={"en": "Parks", "cy": "Parciau"})
    told = found(asked, replace(ABOUT, **{name: {"en": "x", "cy": "y"} for name in ABOUT_TEXTS}))
    assert told["missing_translations"].found == (
        "Welsh (Cymraeg), 3 of 19: The title of page 1; Question 1, option 1; Question 1, option 2."
    )


@pytest.mark.parametrize(("weeks", "fine"), [(0, False), (1, True), (12, True), (13, False)])
def test_a_reply_later_than_twelve_weeks_or_on_no_day_needs_a_reason(
    weeks: int, fine: bool
) -> None:
    about = replace(ABOUT, reply_weeks=weeks, about_reply="")
    assert ("no_reply_promise" not in found(asking(WHY), about)) is fine
    with_reason = replace(about, about_reply="The board meets in May")
    assert "no_reply_promise" not in found(asking(WHY), with_reason)


def test_every_check_is_documented_with_its_reason() -> None:
    document = (Path(__file__).parents[3] / "docs/opening.md").read_text()
    for check in CHECKS:
        assert f"| `{check.code}` | {check.title} | {check.why} |" in document


def test_every_check_has_its_own_code_and_all_its_words() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert all((check.title, check.done, check.why, check.fix, check.mend)), check.code
        assert not check.fix.endswith("."), check.code


def test_the_demonstration_raises_no_false_alarm_about_words() -> None:
    """Of 42 questions one is flagged, and rightly: it asks three things of the Steering Group."""
    flagged = []
    for slug in SLUGS:
        plan = read_plan(slug)
        for planned in plan.rounds:
            asked = read_questionnaire(read_document(slug, planned))
            told = found(asked, plan.about)
            flagged += [
                told[code].found
                for code in ("leading", "double_barrelled", "acronyms", "reading_age")
                if code in told
            ]
    assert len(flagged) == 1
    assert "the Steering Group should be independent" in flagged[0]


def test_the_question_bank_raises_no_false_alarm_about_words() -> None:
    for entry in BANK:
        for question in entry.questions:
            text = say(question.text, "en")
            assert double_barrelled(text) == "", text
            assert leading(text, both_ends=False) == "", text
            assert unexplained([text]) == (), text
