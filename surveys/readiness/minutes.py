"""How long a questionnaire takes: an estimate by a rule of our own, from published speeds."""

from collections.abc import Mapping

from surveys.questionnaire import (
    Dropdown,
    Grid,
    Location,
    LongText,
    Question,
    Questionnaire,
    Ranking,
    ShortText,
    Statement,
    Upload,
    say,
)
from surveys.readiness.texts import own_options

WORDS_A_MINUTE = 238
"""Silent reading of English by adults: Brysbaert, How many words do we read per minute?, Journal
of Memory and Language 109 (2019)."""
SECONDS = 10
"""For an ordinary question, as the Pew Research Center found of its own surveys (How we keep our
online surveys from running too long, 2022). The others are our own estimates."""

_SECONDS: Mapping[type[Question], int] = {
    Statement: 0,
    ShortText: 20,
    LongText: 60,
    Location: 30,
    Upload: 60,
}
_A_ROW = 5
_A_PLACE = 5


def minutes(questionnaire: Questionnaire, *, language: str) -> int:
    """Whole minutes to read and answer it if every question is asked; at least one."""
    seconds = sum(_answering(question) for question in questionnaire.questions)
    words = sum(_words(question, language) for question in questionnaire.questions)
    return max(round(words / WORDS_A_MINUTE + seconds / 60), 1)


def _answering(question: Question) -> int:
    if isinstance(question, Grid):
        return _A_ROW * len(question.rows)
    if isinstance(question, Ranking):
        return _A_PLACE * len(question.options)
    return _SECONDS.get(type(question), SECONDS)


def _words(question: Question, language: str) -> int:
    """What is read of a question; a long list is searched, not read."""
    texts = [question.text, question.hint]
    if not isinstance(question, Dropdown):
        texts += [option.text for option in own_options(question)]
    if isinstance(question, Grid):
        texts += [row.text for row in question.rows]
    return sum(len(say(text, language).split()) for text in texts)
