"""The program's words in three languages: complete, with the same parts, each by its own rules."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from markupsafe import Markup

from app.settings import use_settings
from app.speech import (
    END,
    ISOLATE,
    LANGUAGES,
    Day,
    Speech,
    catalogue,
    direction,
    forms_of,
    speech,
)
from tests.app.sentences import parts, sentences
from tests.conftest import settings_on

TRANSLATED = [language for language in LANGUAGES if language != "en"]
COUNTS_ONE_OR_NONE = {"zero", "one", "two"}
"""Forms in which a language may say the number by the noun alone."""


@pytest.fixture(autouse=True)
def in_london(tmp_path: Path) -> None:
    use_settings(settings_on("sqlite:///nowhere", tmp_path))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_nothing_else_is(language: str) -> None:
    known = catalogue(language)
    said = sentences()
    assert len(said) > 300
    missing = [each for each in said if each[0] not in {*known.sentences, *known.counted}]
    assert missing == []
    used = {each[0] for each in said}
    assert [each for each in (*known.sentences, *known.counted) if each not in used] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_words_and_the_parts_of_its_sentence(language: str) -> None:
    known = catalogue(language)
    wrong = [
        english
        for english, said in known.sentences.items()
        if not said.strip() or parts(said) != parts(english)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_counted_sentence_has_every_form_with_its_parts(language: str) -> None:
    known = catalogue(language)
    many_of = {each[0]: each[1] for each in sentences() if len(each) == 2}
    for english, forms in known.counted.items():
        wanted = parts(english) | parts(many_of[english])
        assert tuple(forms) == forms_of(language) == tuple(dict.fromkeys(forms))
        for form, said in forms.items():
            lacking = wanted - parts(said)
            may_lack = {"n"} if form in COUNTS_ONE_OR_NONE else set()
            assert parts(said) <= wanted, (english, form)
            assert lacking <= may_lack | ({"n"} - parts(english)), (english, form)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_plain_sentence_and_a_counted_one_never_share_their_english(language: str) -> None:
    known = catalogue(language)
    assert not known.sentences.keys() & known.counted.keys()


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 1, "1 day left"),
        ("en", 2, "2 days left"),
        ("cy", 1, "1 diwrnod ar ôl"),
        ("cy", 2, "2 ddiwrnod ar ôl"),
        ("ar", 1, "بقي يوم واحد"),
        ("ar", 2, "بقي يومان"),
        ("ar", 3, "بقي 3 أيام"),
        ("ar", 11, "بقي 11 يومًا"),
        ("ar", 100, "بقي 100 يوم"),
    ],
)
def test_each_language_counts_by_its_own_rules(language: str, count: int, words: str) -> None:
    assert speech(language).plural("{n} day left", "{n} days left", count) == words


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "21 November 2026", "21 November 2026 at 3:59pm"),
        ("cy", "21 Tachwedd 2026", "21 Tachwedd 2026 am 15:59"),
        ("ar", "21 نوفمبر 2026", "21 نوفمبر 2026 الساعة 3:59 م"),
    ],
)
def test_dates_and_moments_are_written_as_the_language_writes_them(
    language: str, day: str, moment: str
) -> None:
    spoken, at = speech(language), datetime(2026, 11, 21, 15, 59, tzinfo=UTC)
    assert spoken.date(at) == spoken.date(date(2026, 11, 21)) == day
    assert spoken.moment(at) == moment
    assert spoken.say("It closed on {day}.", day=Day(at)).count(day) == 1


def test_numbers_and_lists_are_those_of_the_language() -> None:
    assert [speech(each).number(12345.5) for each in LANGUAGES] == ["12,345.5"] * 3
    assert [speech(each).percent(0.695).strip("\u200e\u200f") for each in LANGUAGES] == ["70%"] * 3
    assert speech("cy").percent(0.001) == "o dan 1%"
    assert speech("ar").percent(57 / 200) == speech("ar").percent(0.29)
    assert speech("en").listed(["a", "b", "c"]) == "a, b and c"
    assert speech("cy").listed(["a", "b", "c"], either=True) == "a, b neu c"


def test_a_language_that_the_program_does_not_speak_is_answered_in_english() -> None:
    assert speech("pl") is speech("en")
    assert speech("cy-GB") is speech("cy")
    assert speech("pl").say("Continue") == "Continue"
    assert Speech("cy", "ltr", catalogue("en")).say("Not there") == "Not there"


@pytest.mark.parametrize(
    ("code", "way"), [("en", "ltr"), ("cy", "ltr"), ("ar", "rtl"), ("ur", "rtl"), ("zz-no", "ltr")]
)
def test_every_language_has_its_direction(code: str, way: str) -> None:
    assert direction(code) == way


def test_words_that_run_the_other_way_are_kept_apart() -> None:
    arabic, english = speech("ar"), speech("en")
    assert arabic.say("Answer {q}", q="Why?") == f"أجب عن {ISOLATE}Why?{END}"
    assert arabic.say("Answer {q}", q="لماذا؟") == "أجب عن لماذا؟"
    assert english.say("Answer {q}", q="Why?") == "Answer Why?"
    assert english.say("Answer {q}", q="لماذا؟") == f"Answer {ISOLATE}لماذا؟{END}"
    assert arabic.say("Answer {q}", q=arabic.quoted("Why?")).count(ISOLATE) == 1


def test_markup_in_a_sentence_stays_markup_and_everything_else_is_escaped() -> None:
    said = speech("en").say("About {document}", document=Markup("<b>1 & 2</b>"))
    assert said == "About <b>1 & 2</b>"
    mixed = speech("en").say("{owner}, reporting to {forum}", owner="<i>", forum=Markup("<b>F</b>"))
    assert mixed == "&lt;i&gt;, reporting to <b>F</b>"


def test_words_without_parts_may_hold_braces() -> None:
    assert speech("ar").say('Send {"answers": {}}') == 'Send {"answers": {}}'
