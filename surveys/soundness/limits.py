"""How much of anything a questionnaire may have, and of which signs its words are made."""

import re

MOST_QUESTIONS = 2_000
MOST_OPTIONS = 2_000
MOST_POINTS = 20
MOST_ROWS = 200
MOST_STRANDS = 50
MOST_WORDS = 10_000
MOST_FILES = 10
MOST_MEGABYTES = 50
MOST_TOGETHER = 100
LONGEST_VALUE = 100
LONGEST_TEXT = 50_000
LONGEST_TITLE = 1_000
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and half characters, which no page can show."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
