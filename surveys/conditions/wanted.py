"""What other questions' conditions want of a question, and what a change takes from them."""

from collections.abc import Iterator

from app.problems import Problem
from surveys.choices import choices, shared_by_rows
from surveys.drafting.building import tested_by
from surveys.questionnaire import Condition, Grid, Likert, Question, Questionnaire, Row, say
from surveys.routing import value_words
from surveys.soundness import allowed_tests, tests_of
from surveys.typed import shortened


def values_wanted(questionnaire: Questionnaire, key: str) -> frozenset[str]:
    """The values of its options and rows that conditions name."""
    wanted = {
        str(each)
        for _, test in _tests(questionnaire, key)
        for each in (_row(test), (test.test or ("", ""))[1])
    }
    return frozenset(wanted - {""})


def taken_away(
    questionnaire: Questionnaire, before: Question, after: Question
) -> tuple[Problem, ...]:
    """What other questions' conditions test in `before` and could not test any more in `after`,
    each with the question that tests it."""
    language = questionnaire.languages[0]
    found = []
    for question, test in _tests(questionnaire, before.key):
        if not _lacks(before, test) and (lack := _lacks(after, test)):
            title = shortened(say(question.text, language))
            words = f"‘{title}’ is asked only after certain answers here, and "
            found.append(
                Problem(_place(before, after, lack), words + _words(before, test, lack, language))
            )
    return tuple(dict.fromkeys(found))


def _tests(questionnaire: Questionnaire, key: str) -> Iterator[tuple[Question, Condition]]:
    for question in tested_by(questionnaire, (key,)):
        for test in tests_of(question.show_if):
            if (test.question or "").partition(".")[0] == key:
                yield question, test


def _row(test: Condition) -> str:
    return (test.question or "").partition(".")[2]


def _place(before: Question, after: Question, lack: str) -> str:
    """The field of the form where it can be mended."""
    if type(before) is not type(after):
        return "type"
    if lack == "row":
        return "rows.1.text"
    return "scale" if isinstance(after, Likert | Grid) else "options.1.text"


def _lacks(question: Question, test: Condition) -> str:
    """What the question does not have of what the test needs; empty when it has all."""
    name, wanted = test.test or ("answered", True)
    row = _row(test)
    if name not in allowed_tests(question, of_row=bool(row)):
        return "type"
    if row and row not in shared_by_rows(question):
        return "row"
    offered = [choice.value for choice in choices(question)]
    return "value" if name != "answered" and offered and wanted not in offered else ""


def _words(before: Question, test: Condition, lack: str, language: str) -> str:
    if lack == "type":
        return "cannot be with another type of question. Change when it is asked first"
    if lack == "row":
        rows: tuple[Row, ...] = getattr(before, "rows", ())
        row = next((say(each.text, language) for each in rows if each.value == _row(test)), "")
        return f"the row ‘{row}’ is one of them. Keep the row, or change when it is asked first"
    value = value_words(before, (test.test or ("", ""))[1], language)
    return f"‘{value}’ is one of them. Keep it, or change when that question is asked first"
