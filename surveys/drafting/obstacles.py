"""What keeps a change of a draft from being made, in officers' words."""

from collections import Counter

from msgspec.structs import replace

from app.problems import Problem
from surveys.questionnaire import Questionnaire, say
from surveys.soundness import unsound
from surveys.typed import shortened

LONGEST_TITLE = 60


def obstacles(before: Questionnaire, after: Questionnaire) -> list[Problem]:
    """What would be wrong after a change and was not before: a draft from before a rule was made
    stays open to change, and so to mending."""
    problems = unsound(after, draft=True)
    if not problems:
        return []
    old = Counter(each.words for each in unsound(before, draft=True))
    added = [each for each in problems if not _counted_down(old, each.words)]
    return [_spoken(each, after, before.languages[0]) for each in added]


def _counted_down(old: Counter[str], words: str) -> bool:
    old[words] -= 1
    return old[words] >= 0


def _spoken(problem: Problem, questionnaire: Questionnaire, language: str) -> Problem:
    """Questions by what they ask, where files speak of keys and of ‘show_if’."""
    problem = replace(problem, place=_with_titles(problem.place, questionnaire, language))
    setting, _, words = problem.words.partition("‘show_if’ ")
    if setting or not words:
        return problem
    return replace(problem, words=f"Its condition {_with_titles(words, questionnaire, language)}")


def _with_titles(words: str, questionnaire: Questionnaire, language: str) -> str:
    for key, question in questionnaire.by_key().items():
        title = shortened(say(question.text, language), LONGEST_TITLE)
        words = words.replace(f"‘{key}’", f"‘{title}’")
    return words
