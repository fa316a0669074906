"""The report as a value: its figures, its wording, and how it reads on a later day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from publications.commitments import Status
from publications.drafting import draft
from publications.reading import read_on
from publications.wording import how_many
from tests.publications.samples import IMPRINT, MATERIAL, TODAY, commitment, theme

DUE = TODAY + timedelta(days=100)
REPORT = draft(replace(MATERIAL, commitments=(commitment(DUE, theme_id=1),)), IMPRINT)


def test_figures_are_numbered_from_one_without_a_gap() -> None:
    assert [figure.number for figure in REPORT.figures] == list(range(1, len(REPORT.figures) + 1))
    assert len({figure.place for figure in REPORT.figures}) == len(REPORT.figures)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("answered.received", 23),
        ("answered.analysed", 22),
        ("answered.excluded.withdrawn", 1),
        ("answered.by_channel.paper.analysed", 3),
        ("answered.by_round.1.received", 23),
        ("themes.lighting.people", 8),
        ("themes.lighting.read", 22),
        ("questions.support.answered", 20),
        ("questions.support.options.yes", 15),
    ],
)
def test_each_number_is_a_figure_with_a_recipe(place: str, value: int) -> None:
    figure = next(each for each in REPORT.figures if each.place == place)
    assert figure.value == value
    assert figure.counted
    assert figure.rounds == (1,)


def test_a_number_left_out_for_protection_is_a_figure_without_a_value() -> None:
    (item,) = MATERIAL.questions[0].items
    hidden = replace(item, options=tuple(replace(one, n=None) for one in item.options))
    question = replace(MATERIAL.questions[0], items=(hidden,))
    report = draft(replace(MATERIAL, questions=(question,)), IMPRINT)
    values = {each.place: each.value for each in report.figures}
    assert values["questions.support.options.yes"] is None


def test_a_theme_without_an_outcome_is_not_in_a_draft() -> None:
    report = draft(replace(MATERIAL, themes=(*MATERIAL.themes, theme(2, "Benches"))), IMPRINT)
    assert [each.slug for each in report.themes] == ["lighting"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DUE - timedelta(days=60), Status.DUE),
        (DUE, Status.DUE_SOON),
        (DUE + timedelta(days=1), Status.OVERDUE),
    ],
)
def test_a_sealed_promise_stands_by_the_day_of_reading(day: date, expected: Status) -> None:
    view = read_on(REPORT, today=day)
    assert [each.status for each in view.commitments] == [expected]
    assert view.themes[0].commitments == view.commitments
    assert view.report == REPORT


def test_promises_are_summed_by_where_they_stand() -> None:
    promises = (
        commitment(TODAY - timedelta(days=1)),
        commitment(TODAY + timedelta(days=1)),
        commitment(TODAY - timedelta(days=1), kept_on=TODAY),
    )
    report = draft(replace(MATERIAL, commitments=promises), IMPRINT)
    sums = read_on(report, today=TODAY).standings
    assert (sums.kept, sums.overdue) == (1, 1)


@pytest.mark.parametrize(
    ("people", "read", "words"),
    [
        (0, 100, "none"),
        (1, 100, "a few"),
        (5, 100, "a few"),
        (6, 100, "a small minority"),
        (16, 100, "a minority"),
        (31, 100, "a large minority"),
        (50, 100, "half"),
        (51, 100, "most"),
        (76, 100, "a large majority"),
        (91, 100, "almost all"),
        (100, 100, "all"),
        (9, 19, ""),
        (0, 0, "none"),
    ],
)
def test_a_count_has_one_wording(people: int, read: int, words: str) -> None:
    assert how_many(people, read) == words


@given(st.integers(20, 10_000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_most_is_said_of_a_majority_only(counts: tuple[int, int]) -> None:
    people, read = counts
    is_majority_word = how_many(people, read) in {"most", "a large majority", "almost all", "all"}
    assert is_majority_word == (people * 2 > read)
