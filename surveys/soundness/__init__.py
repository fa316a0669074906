"""What must hold in a questionnaire beyond its shape, whatever file it was read from."""

from surveys.soundness.conditions import allowed_tests, tests_of
from surveys.soundness.limits import (
    LANGUAGE,
    LONGEST_TEXT,
    LONGEST_VALUE,
    MOST_FILES,
    MOST_MEGABYTES,
    MOST_OPTIONS,
    MOST_POINTS,
    MOST_QUESTIONS,
    MOST_ROWS,
    MOST_TOGETHER,
    MOST_WORDS,
    UNFIT,
)
from surveys.soundness.whole import unsound

__all__ = [
    "LANGUAGE",
    "LONGEST_TEXT",
    "LONGEST_VALUE",
    "MOST_FILES",
    "MOST_MEGABYTES",
    "MOST_OPTIONS",
    "MOST_POINTS",
    "MOST_QUESTIONS",
    "MOST_ROWS",
    "MOST_TOGETHER",
    "MOST_WORDS",
    "UNFIT",
    "allowed_tests",
    "tests_of",
    "unsound",
]
