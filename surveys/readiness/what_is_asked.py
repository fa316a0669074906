"""Whether everyone can get through the questions, in their language, before they tire."""

from collections.abc import Iterator

from app.languages import named_in_english
from surveys.about_fields import ABOUT_LABELS
from surveys.consultation import ABOUT_TEXTS, About
from surveys.questionnaire import Questionnaire, Statement, Text, say
from surveys.reach import Standing, own_language, standings
from surveys.readiness.concern import Check, Concern, Kind, listed
from surveys.readiness.minutes import minutes
from surveys.readiness.texts import Written, places, written
from surveys.routing import condition_words
from surveys.typed import shortened

MOST_MINUTES = 15
MOST_QUESTIONS = 40

_EDIT = "questionnaire/edit"
_ROUTE = "questionnaire/route"

LENGTH = Check(
    "too_long",
    Kind.WAY,
    "It may take too long to answer",
    "It can be answered in a quarter of an hour",
    "“Limit the number of questions to those that are necessary”: principle A of the Cabinet "
    "Office’s Consultation Principles (2018). The more minutes are announced, the fewer people "
    "begin and finish: Galesic and Bosnjak, Public Opinion Quarterly 73 (2009). The marks are our "
    "own: 15 minutes, where the Pew Research Center ends its surveys, and 40 questions. Minutes "
    "are estimated from the words and the types of question.",
    "Leave out what will not be used, or say on the first page how long it takes and why",
    _EDIT,
)
EMPTY_PAGES = Check(
    "empty_pages",
    Kind.WAY,
    "A page has no questions",
    "Every page has a question",
    "People are led past it, so whatever was meant to be there is not asked. This is our own rule.",
    "Add a question, or remove the page",
    _EDIT,
)
NEVER_ASKED = Check(
    "never_asked",
    Kind.WAY,
    "A question can never be reached",
    "Every question can be reached",
    "No answers that can be given meet its condition, so it will have no answers, and a report "
    "would show that as silence. Every way through was tried. This is our own rule.",
    "Mend its condition, or remove the question",
    _ROUTE,
)
ALWAYS_ASKED = Check(
    "always_asked",
    Kind.WAY,
    "A condition makes no difference",
    "Every condition makes a difference",
    "The question is asked whatever people answer, so its condition is probably not what was "
    "meant. Every way through was tried. This is our own rule.",
    "Mend the condition, or remove it",
    _ROUTE,
)
UNDECIDED = Check(
    "undecided_route",
    Kind.WAY,
    "Some routes are too tangled to check",
    "Every route could be checked",
    "There are too many combinations of answers to try them all, so we cannot tell whether these "
    "questions can be reached. This is our own rule.",
    "Use fewer conditions at once, or go through it yourself as a respondent would",
    _ROUTE,
)
TRANSLATIONS = Check(
    "missing_translations",
    Kind.WAY,
    "Translations are missing",
    "Everything is there in each language",
    "People who chose a language will meet another in the midst of it. In Wales, standards made "
    "under the Welsh Language (Wales) Measure 2011 bind many bodies to treat Welsh no less "
    "favourably than English.",
    "Translate what is missing, or take the language out",
    "questionnaire/edit/languages",
)
CHECKS = (LENGTH, EMPTY_PAGES, NEVER_ASKED, ALWAYS_ASKED, UNDECIDED, TRANSLATIONS)


def hard_to_get_through(questionnaire: Questionnaire, about: About) -> Iterator[Concern]:
    yield from _too_long(questionnaire)
    yield from _empty(questionnaire)
    yield from _misrouted(questionnaire)
    yield from _untranslated(questionnaire, about)


def _too_long(questionnaire: Questionnaire) -> Iterator[Concern]:
    count = sum(not isinstance(each, Statement) for each in questionnaire.questions)
    long = minutes(questionnaire, language=own_language(questionnaire))
    if count > MOST_QUESTIONS or long > MOST_MINUTES:
        yield LENGTH.concern(
            f"There are {count} questions, which take about {long} minutes if all are asked."
        )


def _empty(questionnaire: Questionnaire) -> Iterator[Concern]:
    language = own_language(questionnaire)
    found = [
        f"Page {number}, “{shortened(say(page.title, language))}”."
        for number, page in enumerate(questionnaire.pages, start=1)
        if not page.questions
    ]
    if found:
        yield EMPTY_PAGES.concern(*listed(found))


def _misrouted(questionnaire: Questionnaire) -> Iterator[Concern]:
    found = standings(questionnaire)
    for standing, check in _BY_STANDING.items():
        lines = _standing_so(questionnaire, {k for k, each in found.items() if each is standing})
        if lines:
            yield check.concern(*listed(lines))


_BY_STANDING = {
    Standing.NEVER: NEVER_ASKED,
    Standing.EVERY_TIME: ALWAYS_ASKED,
    Standing.UNDECIDED: UNDECIDED,
}


def _standing_so(questionnaire: Questionnaire, keys: set[str]) -> list[str]:
    asked, language = questionnaire.by_key(), own_language(questionnaire)
    return [
        f"{place}, “{shortened(say(question.text, language))}”: asked if "
        f"{condition_words(question.show_if, asked, language)}."
        for _, question, place in places(questionnaire)
        if question.key in keys and question.show_if is not None
    ]


def _untranslated(questionnaire: Questionnaire, about: About) -> Iterator[Concern]:
    others = questionnaire.languages[1:]
    texts = [*written(questionnaire), *_about_texts(about)]
    lines = []
    for language in others:
        missing = [each.place for each in texts if _lacks(each.text, language)]
        if missing:
            first = "; ".join(listed(dict.fromkeys(missing)))
            lines.append(f"{named_in_english(language)}, {len(missing)} of {len(texts)}: {first}.")
    if lines:
        yield TRANSLATIONS.concern(*lines)


def _about_texts(about: About) -> Iterator[Written]:
    for name in ABOUT_TEXTS:
        text: Text = getattr(about, name)
        if text:
            yield Written(f"What people read first, {ABOUT_LABELS[name].lower()}", text)


def _lacks(text: Text, language: str) -> bool:
    """A plain string is in the default language alone, unless it has no words at all."""
    if isinstance(text, str):
        return any(letter.isalpha() for letter in text)
    return not text.get(language, "").strip() and any(text.values())
