"""Answers held against their questions."""

from surveys.answers.asked import MOST_UNKNOWN, Found, is_given
from surveys.answers.finding import found
from surveys.answers.sent import too_many_files

__all__ = ["MOST_UNKNOWN", "Found", "found", "is_given", "too_many_files"]
