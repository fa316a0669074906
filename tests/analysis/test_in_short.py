"""A question in short: every number with what opens it, and none that is hidden."""

from analysis.asked import asked_in_words
from analysis.in_short import Short, in_short
from analysis.tally import Plan, tally
from tests.analysis.examples import (
    as_marks,
    coded,
    grid,
    likert,
    multiple,
    questionnaire,
    single,
)

ASKED = questionnaire(
    single(special_category=True),
    likert(no_opinion=True),
    multiple(),
    grid(),
    {"key": "why", "type": "long_text", "text": "Why?"},
)


def shorts(*answers: dict[str, object], threshold: int | None = None) -> dict[str, Short]:
    marks = as_marks({1: ASKED}, coded(ASKED, *answers))
    figures = tally(marks, Plan((1,), threshold=threshold)).questions
    both = zip(asked_in_words([ASKED]), figures, strict=True)
    return {
        words.form.key: in_short(words, counted, lambda place, value: f"{place}={value}")
        for words, counted in both
    }


def test_each_number_has_its_address() -> None:
    found = shorts({"plan": "agree", "parts": {"paths": "important"}}, {"plan": "dont_know"})
    agree = found["plan"].lines[1]
    assert (agree.label, agree.figures[0].n, agree.figures[0].address) == (
        "Agree",
        1,
        "plan=agree",
    )
    assert found["parts"].lines[0].figures[1].address == "parts.paths=important"
    ends = {end.label: (end.figures[0].n, end.figures[0].address) for end in found["plan"].ends}
    assert ends == {
        "Answered": (2, "plan=None"),
        "No answer": (0, "plan=_missing"),
        "Not asked": (0, "plan=_not_routed"),
    }


def test_only_scales_are_drawn_and_the_drawing_tells_its_words() -> None:
    found = shorts({"plan": "agree"}, {"plan": "disagree"})
    chart = found["plan"].chart
    assert chart is not None
    told = "“Strongly agree” or “Agree”: 1 of 2."
    assert told in chart.wide
    assert told in chart.narrow
    assert "%" not in chart.wide.partition("<desc")[2].partition("</desc>")[0]
    assert found["places"].chart is None
    assert "more than 100%" in found["places"].note


def test_what_offers_nothing_to_choose_has_no_lines() -> None:
    why = shorts({"why": "Because"})["why"]
    assert (why.lines, why.in_words, why.note) == ((), True, "Answered in words")


def test_a_number_that_is_not_shown_is_none() -> None:
    hidden = shorts({"group": "yes"}, {"group": "no"}, threshold=5)["group"]
    assert [line.figures[0].n for line in hidden.lines] == [None, None]
