"""What numbers and dates say, and the names and edges of their bands."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counting import form
from analysis.measures import (
    MOST_BANDS,
    Measured,
    band_name,
    even_edges,
    measured_by,
    month_starts,
    year_starts,
)
from analysis.summaries.numbers import Band
from tests.analysis.examples import as_marks, coded, questionnaire

AGE = questionnaire({"key": "age", "type": "number", "text": "Your age?"})
DAY = questionnaire({"key": "day", "type": "date", "text": "Since when?"})


def of_ages(ages: list[float | None]) -> Measured:
    answers = [{} if age is None else {"age": age} for age in ages]
    marks = as_marks({1: AGE}, coded(AGE, *answers))
    values = np.array([np.nan if age is None else age for age in ages], np.float64)
    return measured_by(form(AGE.by_key()["age"]), marks, (values,))


@given(st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6)), max_size=50), st.randoms())
def test_even_bands_are_everybody_and_few(ages: list[int | None], chance: object) -> None:
    found = of_ages(list(ages))
    assert found.answered == sum(age is not None for age in ages)
    assert found.answered + found.missing + found.not_routed == len(ages)
    assert sum(each.n for each in found.bands) == found.answered
    assert len(found.bands) <= MOST_BANDS + 2
    assert all(one.band.high == other.band.low for one, other in pairwise(found.bands))
    assert of_ages(sorted(ages, key=lambda age: (age is None, age or 0))) == found


def test_numbers_are_summed_up() -> None:
    found = of_ages([20, 30, None, 40, 90])
    assert found.numbers is not None
    assert (found.numbers.least, found.numbers.most) == (20, 90)
    assert found.numbers.quartiles == (27.5, 35, 52.5)
    assert (found.answered, found.missing, found.dates) == (4, 1, None)


def test_dates_are_summed_up_by_month() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 2)]
    answers = [{"day": day.isoformat()} for day in days]
    marks = as_marks({1: DAY}, coded(DAY, *answers))
    values = np.array([day.toordinal() for day in days], np.float64)
    found = measured_by(form(DAY.by_key()["day"]), marks, (values,))
    assert found.numbers is None
    assert found.dates is not None
    assert (found.dates.first, found.dates.last) == (days[0], days[-1])
    assert [(each.name, each.n) for each in found.bands] == [
        ("January 2026", 1),
        ("February 2026", 1),
        ("March 2026", 0),
        ("April 2026", 1),
    ]


@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=1, max_size=20))
def test_days_far_apart_are_in_few_bands_too(days: list[date]) -> None:
    given_days = np.array([day.toordinal() for day in days], np.float64)
    edges = even_edges(given_days, is_date=True)
    assert 2 <= len(edges) <= MOST_BANDS + 2
    assert edges[0] <= given_days.min()
    assert given_days.max() < edges[-1]
    assert list(edges) == sorted(set(edges))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_months_and_years_begin_where_the_calendar_says(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    months, years = list(month_starts(first, last)), list(year_starts(first, last))
    every = [first.replace(day=1) + timedelta(days=at) for at in range(more + 70)]
    ends = next(day for day in every if day.day == 1 and day > last)
    assert months == [day for day in every if day.day == 1 and day <= ends]
    assert years[0] == date(first.year, 1, 1)
    assert years[-1] == date(last.year + 1, 1, 1)


@pytest.mark.parametrize(
    ("low", "high", "whole", "name"),
    [
        (None, 18, True, "Under 18"),
        (18, 65, True, "18 to 64"),
        (65, None, True, "65 and over"),
        (7, 8, True, "7"),
        (1.5, 2, False, "1.5 to under 2"),
        (1000, 2000, True, "1,000 to 1,999"),
        (None, None, True, "Any number"),
    ],
)
def test_bands_of_numbers_are_named_as_people_say_them(
    low: float | None, high: float | None, whole: bool, name: str
) -> None:
    assert band_name(Band(low, high), is_date=False, whole=whole) == name


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [
        (date(2026, 3, 1), date(2026, 4, 1), "March 2026"),
        (date(2025, 12, 1), date(2026, 1, 1), "December 2025"),
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2020, 1, 1), date(2025, 1, 1), "2020 to 2024"),
        (date(2026, 3, 2), date(2026, 3, 9), "2 March 2026 to 8 March 2026"),
        (date(2026, 3, 2), date(2026, 3, 3), "2 March 2026"),
        (None, date(2026, 3, 2), "Before 2 March 2026"),
        (date(2026, 3, 2), None, "From 2 March 2026"),
        (None, None, "Any date"),
    ],
)
def test_bands_of_dates_are_named_as_people_say_them(
    low: date | None, high: date | None, name: str
) -> None:
    ends = (None if each is None else each.toordinal() for each in (low, high))
    assert band_name(Band(*ends), is_date=True, whole=True) == name
