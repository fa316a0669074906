"""A LimeSurvey file as a questionnaire, with a note for everything that it could not bring."""

from surveys.foreign.notebook import Notebook, Place
from surveys.foreign.trees import Expression, UnreadableExpression
from surveys.imported import Imported
from surveys.limesurvey.dump import Dump, read_dump, refused
from surveys.limesurvey.expressions import read_expression
from surveys.limesurvey.leftovers import note_leftovers
from surveys.limesurvey.legacy import conditions_of
from surveys.limesurvey.pages import ALWAYS, Builder, welcome
from surveys.limesurvey.piping import Piping, titles
from surveys.limesurvey.showing import measured
from surveys.limesurvey.survey import THE_SURVEY, Survey, read_survey
from surveys.limesurvey.transfer import Transfer
from surveys.native_files import LARGEST_FILE, UnusableQuestionnaire, write_questionnaire
from surveys.questionnaire import Layout, Page, Questionnaire, Text
from surveys.soundness import MOST_QUESTIONS, unsound

TITLE = "surveyls_title"


def read_limesurvey(data: bytes) -> Imported:
    """The questionnaire in an `.lss` file of either generation. Raises UnusableQuestionnaire for
    any other file, and for a survey that is too large."""
    dump = read_dump(data)
    notebook = Notebook()
    survey = read_survey(dump, notebook)
    piping = Piping(titles(survey), survey.words.get(TITLE, {}), notebook)
    transfer = Transfer(survey.languages, notebook, piping.fill, _measured(survey))
    questionnaire = _questionnaire(transfer, survey, dump)
    piping.note_all()
    note_leftovers(transfer, survey, dump)
    _check(questionnaire)
    return Imported(questionnaire, notebook.notes())


def _measured(survey: Survey) -> frozenset[str]:
    groups = {group.relevance for group in survey.groups}
    every = groups | {question.relevance for question in survey.questions}
    return frozenset().union(*(measured(each) for each in map(_read, every) if each))


def _read(relevance: str) -> Expression | None:
    try:
        return read_expression(relevance)
    except UnreadableExpression:
        return None


def _questionnaire(transfer: Transfer, survey: Survey, dump: Dump) -> Questionnaire:
    pages = _pages(transfer, survey, dump)
    if not pages:
        raise refused("Nothing in it can be asked here: all its questions are hidden or worked out")
    layout = Layout.SINGLE if survey.settings.get("format") == "A" else Layout.PAGED
    return Questionnaire(_title(transfer, survey), survey.languages, pages, layout)


def _pages(transfer: Transfer, survey: Survey, dump: Dump) -> tuple[Page, ...]:
    questions = {question.qid: question for question in survey.questions}
    older = conditions_of(dump.rows("conditions"), questions)
    trivial = {qid for qid, question in questions.items() if question.relevance in ALWAYS}
    builder = Builder(transfer, {qid: each for qid, each in older.items() if qid in trivial})
    pages = builder.pages(survey.groups)
    greeting = welcome(transfer, _greeting(transfer, survey))
    if not pages or not greeting:
        return pages
    first = pages[0]
    return (Page(first.title, (*greeting, *first.questions)), *pages[1:])


def _greeting(transfer: Transfer, survey: Survey) -> tuple[Text, ...]:
    return (
        transfer.text(survey.words.get("surveyls_description", {}), Place("The description")),
        transfer.text(survey.words.get("surveyls_welcometext", {}), Place("The welcome text")),
    )


def _title(transfer: Transfer, survey: Survey) -> Text:
    title = transfer.line(survey.words.get(TITLE, {}), Place("The title"))
    if not title:
        transfer.note(THE_SURVEY, "It has no title. Give it one")
    return title or f"Survey {survey.settings.get('sid', '')[:20]}".strip()


def _check(questionnaire: Questionnaire) -> None:
    count = len(questionnaire.questions)
    if count > MOST_QUESTIONS:
        raise refused(
            f"It becomes {count:,} questions here and can have up to {MOST_QUESTIONS:,}. Split the "
            "survey and try again"
        )
    problems = unsound(questionnaire)
    if problems:
        raise UnusableQuestionnaire(problems)
    if len(write_questionnaire(questionnaire)) > LARGEST_FILE:
        raise refused("Its texts are too long for one questionnaire. Split the survey")
