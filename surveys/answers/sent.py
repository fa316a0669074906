"""Answers that are files."""

import re
from typing import Any

from app.problems import Problem
from surveys.answers.asked import Asked, Found, is_texts
from surveys.questionnaire import Upload

_TOKEN = re.compile("[0-9a-f]{32}")


def found_files(asked: Asked[Upload], given: Any) -> Found:
    """The tokens of files that are kept already: what is in a file was looked at as it came."""
    if not is_texts(given) or not all(_TOKEN.fullmatch(token) for token in given):
        return asked.wrong("Choose a file to answer {q}")
    tokens = list(dict.fromkeys(given))
    if len(tokens) > asked.question.max_files:
        return Found(problems=(too_many_files(asked.question, asked.language),))
    return Found(tokens)


def too_many_files(question: Upload, language: str) -> Problem:
    return Asked(question, language).counted(
        "You can send {n} file in answer to {q}. Choose one",
        "You can send up to {n} files in answer to {q}. Remove one before you add another",
        question.max_files,
    )
