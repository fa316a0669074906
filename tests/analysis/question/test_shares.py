"""Shares of one question: of those who answered, or of everybody asked, each with its interval."""

import pytest

from analysis.asked import AskedInWords
from analysis.counting import Cells, Form
from analysis.likert import wilson
from analysis.question.shares import Shares, shares, side_shares
from analysis.question.words import of_base, sentences, with_base
from analysis.summaries.intervals import goodman


def asked(*words: str, type: str = "single", points: int = 0) -> AskedInWords:  # noqa: A002
    values = tuple(f"v{at}" for at in range(len(words)))
    form = Form("q", "q", type, values, values[:points], (), special_category=False)
    return AskedInWords(form, "The plan", dict(zip(values, words, strict=True)), {})


AGREE = asked("Strongly agree", "Agree", "Disagree", "Strongly disagree", type="likert", points=4)
# Medway's figures of its library strategy: four shares of everybody that show 88 % together.
MEDWAY = Cells(880, 120, 0, (265, 314, 241, 60))
# Its multiple choice, of 100 people.
SEVERAL = (66, 67, 39, 39, 24, 14, 13, 3, 4)
# Kent: 54 of 78 agreed.
KENT = Cells(78, 0, 0, (30, 24, 14, 10))


def printed(found: Shares) -> list[str]:
    return [line.printed for line in found.lines]


def test_of_everybody_asked_the_missing_share_is_named() -> None:
    found = shares(AGREE, MEDWAY, of_asked=True)
    assert [line.label for line in found.lines][-1] == "No answer"
    assert printed(found) == ["27%", "31%", "24%", "6%", "12%"]
    assert sum(line.share or 0 for line in found.lines) == pytest.approx(1)
    assert sum(line.share or 0 for line in found.lines[:4]) == pytest.approx(0.88)


def test_of_those_who_answered_the_shares_are_whole() -> None:
    found = shares(AGREE, MEDWAY)
    assert found.base == 880
    assert sum(line.share or 0 for line in found.lines) == pytest.approx(1)


def test_a_multiple_choice_says_what_its_shares_add_up_to() -> None:
    words = [f"Answer {at}" for at in range(9)]
    found = shares(asked(*words, type="multiple"), Cells(100, 0, 0, SEVERAL))
    assert found.add_up_to == 269


def test_a_net_category_is_a_whole_per_cent() -> None:
    agree, _ = side_shares(AGREE, KENT)
    assert (agree.n, agree.base, agree.printed) == (54, 78, "69%")
    assert with_base(agree) == "69% (54 of 78)"


def test_each_share_has_wilsons_interval() -> None:
    found = shares(AGREE, KENT)
    assert [line.interval for line in found.lines] == [wilson(n or 0, 78) for n in KENT.options]


def test_all_at_once_the_intervals_are_goodmans_and_wider() -> None:
    found = shares(AGREE, KENT, together=True)
    assert tuple(line.interval for line in found.lines) == goodman([30, 24, 14, 10])
    for line, alone in zip(found.lines, shares(AGREE, KENT).lines, strict=True):
        assert line.interval
        assert alone.interval
        assert line.interval[0] < alone.interval[0] < alone.interval[1] < line.interval[1]


def test_answers_that_do_not_exclude_each_other_have_no_simultaneous_intervals() -> None:
    several = asked("A", "B", type="multiple")
    cells = Cells(100, 0, 0, (66, 67))
    assert shares(several, cells, together=True) == shares(several, cells)


def test_somebody_is_never_printed_as_nobody() -> None:
    found = shares(asked("A", "B"), Cells(1000, 0, 0, (1, 999)))
    assert printed(found) == ["under 1%", "over 99%"]


def test_a_number_that_is_not_shown_has_neither_share_nor_interval() -> None:
    hidden = Cells(40, 3, 0, (None, 30, None, 6))
    found = shares(AGREE, hidden, together=True)
    assert (found.lines[0].share, found.lines[0].interval) == (None, None)
    assert found.add_up_to is None
    assert side_shares(AGREE, hidden) == ()
    assert "too small" in sentences(AGREE, hidden)


def test_no_opinion_is_counted_apart_and_on_no_side() -> None:
    likert = asked("Agree", "Disagree", "Don’t know", type="likert", points=2)
    cells = Cells(50, 0, 0, (30, 10, 10))
    assert [line.beside for line in shares(likert, cells).lines] == [False, False, True]
    assert [side.n for side in side_shares(likert, cells)] == [30, 10]
    assert "20% (10) “Don’t know”" in sentences(likert, cells)


def test_the_sentence_has_n_and_base() -> None:
    assert sentences(AGREE, KENT) == (
        "Of the 78 people who answered “The plan”, 69% (54) said “Strongly agree” or “Agree” and "
        "31% (24) “Disagree” or “Strongly disagree”. That is a net of +38 points."
    )


def test_of_few_people_the_sentence_has_counts_only() -> None:
    said = sentences(asked("Yes", "No"), Cells(12, 3, 0, (9, 3)))
    assert said == (
        "Of the 12 people who answered “The plan”, 9 chose “Yes” and 3 “No”. "
        "3 of the 15 people who were asked gave no answer."
    )
    assert "%" not in sentences(AGREE, Cells(29, 0, 0, (20, 5, 3, 1)))
    assert (of_base(9, 29), of_base(9, 30)) == ("9", "30% (9)")


def test_of_everybody_asked_the_sentence_names_the_silent() -> None:
    said = sentences(AGREE, MEDWAY, of_asked=True)
    assert said.startswith("Of the 1,000 people who were asked “The plan”, 58% (579) said")
    assert "12% (120) gave no answer" in said


def test_nobody_answering_is_said() -> None:
    assert sentences(AGREE, Cells(0, 4, 0, (0, 0, 0, 0))) == "Nobody answered “The plan”."
