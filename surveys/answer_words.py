"""An answer in words, as check-your-answers, receipts and staff pages tell it."""

from collections.abc import Collection, Mapping
from typing import Any

from app.speech import speech
from surveys.questionnaire import OTHER, Grid, Multiple, Question, Ranking, Upload, say
from surveys.routing import value_words
from surveys.upload_view import FileView

Answers = Mapping[str, Any]


def answer_words(
    question: Question,
    answers: Answers,
    language: str,
    *,
    files: Mapping[str, FileView] | None = None,
) -> tuple[str, ...]:
    """An answer in words: one for most questions, one for each of several choices, ranks, rows or
    files. Empty when there is none. Files that are not among `files` are counted."""
    answer = answers.get(question.key)
    if answer in (None, "", [], {}):
        return ()
    if isinstance(question, Grid):
        rows = [(say(row.text, language), answer.get(row.value)) for row in question.rows]
        return tuple(
            f"{row}: {value_words(question, v, language)}" for row, v in rows if v is not None
        )
    if isinstance(question, Ranking):
        return tuple(
            f"{n}. {value_words(question, v, language)}" for n, v in enumerate(answer, start=1)
        )
    if isinstance(question, Upload):
        return _file_words(answer, files or {}, language)
    values = answer if isinstance(question, Multiple) else [answer]
    return tuple(_with_other(question, value, answers, language) for value in values)


def _file_words(
    tokens: Collection[str], files: Mapping[str, FileView], language: str
) -> tuple[str, ...]:
    named = tuple(files[token].name for token in tokens if token in files)
    rest = len(tokens) - len(named)
    return (*named, speech(language).plural("{n} file", "{n} files", rest)) if rest else named


def _with_other(question: Question, value: Any, answers: Answers, language: str) -> str:
    said = value_words(question, value, language)
    own = answers.get(f"{question.key}.{OTHER}") if value == OTHER else None
    return f"{said}: {own}" if own else said
