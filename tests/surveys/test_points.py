"""Points on a picture of a map: where the marker stands, and that the edges belong to the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.map_view import map_view
from surveys.points import is_on, place_on, point_text, read_point
from surveys.questionnaire import Map

TOWN = Map("/static/town.png", "The town", west=0.5, south=51.25, east=0.55, north=51.29)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_is_read_as_it_is_written(latitude: float, longitude: float) -> None:
    text = point_text(latitude, longitude)
    point = read_point(text)
    assert point is not None
    assert point == pytest.approx((latitude, longitude), abs=0.00001)
    assert point_text(*point) == text.replace("-0.00000", "0.00000")


@pytest.mark.parametrize(
    "text", ["", "51", "51, 0", "51.2", "ME14 1XQ", "51.2, 0.5, 3.1", "a51.2 0.5"]
)
def test_what_is_no_point_is_none(text: str) -> None:
    assert read_point(text) is None


def test_the_marker_stands_where_the_point_lies() -> None:
    assert place_on(TOWN, 51.29, 0.5) == (0, 0)
    assert place_on(TOWN, 51.25, 0.55) == (100, 100)
    assert place_on(TOWN, 51.28, 0.5125) == (25, 25)
    view = map_view(TOWN, "51.28000, 0.51250")
    assert (view.across, view.down) == (25, 25)


@pytest.mark.parametrize("typed", ["", "ME14 1XQ", "51.30, 0.52"])
def test_without_a_point_on_the_map_there_is_no_marker(typed: str) -> None:
    view = map_view(TOWN, typed)
    assert (view.across, view.down) == (None, None)


def test_the_edges_are_on_the_map() -> None:
    assert is_on(TOWN, 51.25, 0.5)
    assert is_on(TOWN, 51.29, 0.55)
    assert not is_on(TOWN, 51.29001, 0.55)
